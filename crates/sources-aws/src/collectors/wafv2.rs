//! AWS WAF: web ACLs, rule groups, and what they guard.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{into_items, is_unknown, literal, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static WAF: Service = Service {
    endpoint: "wafv2",
    signing: "wafv2",
    variable: "WAFV2",
    protocol: Protocol::Json { target: "AWSWAF_20190729", version: "1.1" },
    scope: Scope::Regional,
};

const MARKER: Pages = Pages::Token { answer: "NextMarker", parameter: "NextMarker" };

static ACLS: Call = Call {
    service: &WAF,
    operation: "ListWebACLs",
    path: "",
    action: "wafv2:ListWebACLs",
    pages: MARKER,
    yields: &["AWS::WAFv2::WebACL", "AWS::WAFv2::WebACLAssociation"],
    unset: &[],
};

static ACL: Call = Call {
    service: &WAF,
    operation: "GetWebACL",
    path: "",
    action: "wafv2:GetWebACL",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static GROUPS: Call = Call {
    service: &WAF,
    operation: "ListRuleGroups",
    path: "",
    action: "wafv2:ListRuleGroups",
    pages: MARKER,
    yields: &["AWS::WAFv2::RuleGroup"],
    unset: &[],
};

static GROUP: Call = Call {
    service: &WAF,
    operation: "GetRuleGroup",
    path: "",
    action: "wafv2:GetRuleGroup",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static RESOURCES: Call = Call {
    service: &WAF,
    operation: "ListResourcesForWebACL",
    path: "",
    action: "wafv2:ListResourcesForWebACL",
    pages: Pages::One,
    yields: &["AWS::WAFv2::WebACLAssociation"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "wafv2",
    reach: Reach::EveryRegion,
    calls: &[&ACLS, &ACL, &GROUPS, &GROUP, &RESOURCES],
    collect: |run| Box::pin(waf(run)),
};

/// What guards distributions is kept in one region.
async fn waf(run: &Run) -> Result<(), Halt> {
    let scopes: &[&str] = if run.region() == "us-east-1" { &["REGIONAL", "CLOUDFRONT"] } else { &["REGIONAL"] };
    let mut result = Ok(());
    for scope in scopes {
        let listed = json!({ "Scope": scope, "Limit": 100 });
        let (acls, groups) =
            tokio::join!(run.list(&ACLS, listed.clone(), "WebACLs"), run.list(&GROUPS, listed, "RuleGroups"));
        result = result.and(acls.as_ref().map(|_| ()).map_err(|halt| *halt));
        result = result.and(groups.as_ref().map(|_| ()).map_err(|halt| *halt));
        let scoped = |found: Vec<Node>| found.into_iter().map(|node| (*scope, node)).collect();
        run.each(scoped(acls.unwrap_or_default()), acl).await;
        run.each(scoped(groups.unwrap_or_default()), group).await;
    }
    result
}

async fn acl(run: &Run, (scope, summary): (&'static str, Node)) -> Vec<Draft> {
    let Some(draft) = begun("AWS::WAFv2::WebACL", scope, &summary) else { return Vec::new() };
    let mut drafts = vec![described(draft, run.get(&ACL, named(scope, &summary)).await.at("WebACL"))];
    if scope != "REGIONAL" {
        return drafts;
    }
    for kind in ["APPLICATION_LOAD_BALANCER", "API_GATEWAY"] {
        let asked = json!({ "WebACLArn": text(&summary, "ARN"), "ResourceType": kind });
        for guarded in into_items(run.get_list(&RESOURCES, asked, "ResourceArns").await) {
            let Value::Text(arn) = &guarded.value else { continue };
            let draft = Draft::new("AWS::WAFv2::WebACLAssociation", &**arn, guarded.origin);
            let draft = draft.set("WebACLArn", part(&summary, "ARN"));
            drafts.push(draft.set("ResourceArn", Some(guarded)));
        }
    }
    drafts
}

async fn group(run: &Run, (scope, summary): (&'static str, Node)) -> Vec<Draft> {
    let Some(draft) = begun("AWS::WAFv2::RuleGroup", scope, &summary) else { return Vec::new() };
    vec![described(draft, run.get(&GROUP, named(scope, &summary)).await.at("RuleGroup"))]
}

fn named(scope: &str, summary: &Node) -> serde_json::Value {
    json!({ "Scope": scope, "Name": text(summary, "Name"), "Id": text(summary, "Id") })
}

fn begun(kind: &str, scope: &str, summary: &Node) -> Option<Draft> {
    let (name, arn) = (text(summary, "Name")?, text(summary, "ARN")?);
    let draft = Draft::new(kind, name, summary.origin).name(name).arn(arn);
    let draft = draft.set("Scope", Some(literal(scope, summary)));
    Some(draft.take(summary, &[("Name", "Name"), ("Description", "Description")]))
}

fn described(draft: Draft, found: Option<Node>) -> Draft {
    let Some(found) = found else { return draft };
    let names = ["DefaultAction", "Rules", "VisibilityConfig", "Capacity"];
    names.iter().fold(draft, |draft, name| draft.set(name, part(&found, name).map(arns)))
}

/// The API writes `ARN` where CloudFormation writes `Arn`.
fn arns(node: Node) -> Node {
    if is_unknown(&node) {
        return node;
    }
    let origin = node.origin;
    let value = match node.value {
        Value::Map(entries) => {
            let name = |key: String| if key == "ARN" { "Arn".to_owned() } else { key };
            Value::Map(entries.into_iter().map(|(key, node)| (name(key), arns(node))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(arns).collect()),
        value => value,
    };
    Node::new(value, origin)
}
