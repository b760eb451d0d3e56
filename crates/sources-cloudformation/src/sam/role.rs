//! The role that SAM makes for a function or a state machine that names none.

use model::{Node, Value};

use super::plain::{At, Properties, entries, is_call, tags, text_of};
use super::{Expansion, Serverless};

/// The logical id of the role.
pub(super) fn name(from: &Serverless) -> String {
    format!("{}Role", from.logical)
}

/// Adds the role, trusted by a service, with these managed policies beside the declared ones.
pub(super) fn add(expansion: &mut Expansion<'_>, from: &Serverless, service: &str, managed: &[String]) {
    let at = from.at;
    let logical = name(from);
    let mut properties = Properties::default();
    let trust = from.properties.get("AssumeRolePolicyDocument").cloned();
    properties.put("AssumeRolePolicyDocument", trust.unwrap_or_else(|| trust_of(at, service)));
    let mut arns: Vec<Node> = managed.iter().map(|name| managed_policy(at, name)).collect();
    let mut inline = Vec::new();
    policies(from, &logical, &mut arns, &mut inline);
    properties.put("ManagedPolicyArns", at.list(arns));
    if !inline.is_empty() {
        properties.put("Policies", at.list(inline));
    }
    properties.put_some("PermissionsBoundary", from.properties.get("PermissionsBoundary").cloned());
    properties.put_some("Path", from.properties.get("RolePath").cloned());
    properties.put_some("Tags", tags(from.properties.get("Tags")));
    expansion.add(from, logical, at, "AWS::IAM::Role", properties);
}

/// The document that lets a service take on a role.
pub(super) fn trust_of(at: At, service: &str) -> Node {
    at.map([
        ("Version", at.text("2012-10-17")),
        (
            "Statement",
            at.list([at.map([
                ("Effect", at.text("Allow")),
                ("Action", at.list([at.text("sts:AssumeRole")])),
                ("Principal", at.map([("Service", at.list([at.text(service)]))])),
            ])]),
        ),
    ])
}

/// A role with one inline policy that allows one action.
pub(super) fn single_action(at: At, service: &str, action: &str, resource: Node) -> Properties {
    let mut properties = Properties::default();
    let statement = at.map([("Effect", at.text("Allow")), ("Action", at.text(action)), ("Resource", resource)]);
    let document = at.map([("Version", at.text("2012-10-17")), ("Statement", at.list([statement]))]);
    let policy = at.map([("PolicyName", at.text("Target")), ("PolicyDocument", document)]);
    properties.put("AssumeRolePolicyDocument", trust_of(at, service));
    properties.put("Policies", at.list([policy]));
    properties
}

fn policies(from: &Serverless, role: &str, arns: &mut Vec<Node>, inline: &mut Vec<Node>) {
    let Some(declared) = from.properties.get("Policies") else { return };
    let items: Vec<&Node> = match &declared.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![declared],
    };
    for (number, item) in items.into_iter().enumerate() {
        let at = At(item.origin);
        if let Some(name) = text_of(Some(item)) {
            arns.push(managed_policy(at, name));
        } else if is_call(item) {
            arns.push(item.clone());
        } else if let Some(policy) = entries(Some(item)) {
            let document = if policy.contains_key("Statement") {
                item.clone()
            } else {
                // One of SAM's policy templates: what it allows is not written here.
                let name = policy.first().map_or("", |(name, _)| name);
                at.later(format!("SAM policy template {name}"))
            };
            inline
                .push(at.map([("PolicyName", at.text(format!("{role}Policy{number}"))), ("PolicyDocument", document)]));
        }
    }
}

/// The ARN of a policy that AWS manages.
fn managed_policy(at: At, name: &str) -> Node {
    if name.contains(':') {
        return at.text(name);
    }
    // AWS keeps the policies for execution roles in a folder of their own.
    let folder = match !name.contains('/') && name.starts_with("AWSLambda") && name.ends_with("Role") {
        true => "service-role/",
        false => "",
    };
    at.sub(&format!("arn:${{AWS::Partition}}:iam::aws:policy/{folder}{name}"))
}
