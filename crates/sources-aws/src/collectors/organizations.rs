//! AWS Organizations: the organization, its units, accounts and policies.
//!
//! Only the management account and those it has delegated this to may list them.

use aws_wire::{Call, Class, Pages};
use model::{Node, Value};
use serde_json::json;

use crate::account::ORGANIZATIONS;
use crate::shape::{is_unknown, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

/// An account that belongs to no organization is told so.
static ORGANIZATION: Call = Call {
    service: &ORGANIZATIONS,
    operation: "DescribeOrganization",
    path: "",
    action: "organizations:DescribeOrganization",
    pages: Pages::One,
    yields: &[
        "AWS::Organizations::Organization",
        "AWS::Organizations::OrganizationalUnit",
        "AWS::Organizations::Account",
        "AWS::Organizations::Policy",
    ],
    unset: &["AWSOrganizationsNotInUseException"],
};

static ROOTS: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListRoots",
    path: "",
    action: "organizations:ListRoots",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Organizations::OrganizationalUnit", "AWS::Organizations::Account", "AWS::Organizations::Policy"],
    unset: &[],
};

static UNITS: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListOrganizationalUnitsForParent",
    path: "",
    action: "organizations:ListOrganizationalUnitsForParent",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Organizations::OrganizationalUnit", "AWS::Organizations::Account"],
    unset: &[],
};

static ACCOUNTS: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListAccountsForParent",
    path: "",
    action: "organizations:ListAccountsForParent",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Organizations::Account"],
    unset: &[],
};

static POLICIES: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListPolicies",
    path: "",
    action: "organizations:ListPolicies",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Organizations::Policy"],
    unset: &[],
};

static POLICY: Call = Call {
    service: &ORGANIZATIONS,
    operation: "DescribePolicy",
    path: "",
    action: "organizations:DescribePolicy",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TARGETS: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListTargetsForPolicy",
    path: "",
    action: "organizations:ListTargetsForPolicy",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "organizations",
    reach: Reach::Once,
    calls: &[&ORGANIZATION, &ROOTS, &UNITS, &ACCOUNTS, &POLICIES, &POLICY, &TARGETS],
    collect: |run| Box::pin(organization(run)),
};

async fn organization(run: &Run) -> Result<(), Halt> {
    let Some(organization) = run.get(&ORGANIZATION, json!({})).await.at("Organization") else { return Ok(()) };
    // Of what was refused there is a gap.
    if is_unknown(&organization) {
        return Ok(());
    }
    let Some(id) = text(&organization, "Id") else { return Err(run.incomplete(&ORGANIZATION, Class::Malformed)) };
    let mut draft = Draft::new("AWS::Organizations::Organization", id, organization.origin).name(id);
    if let Some(arn) = text(&organization, "Arn") {
        draft = draft.arn(arn);
    }
    let management = text(&organization, "MasterAccountId").unwrap_or_default();
    run.add(
        draft.take(&organization, &[("FeatureSet", "FeatureSet"), ("MasterAccountId", "Observed.ManagementAccountId")]),
    );
    let roots = run.list(&ROOTS, json!({}), "Roots").await?;
    // Policies of a type that is not enabled have no effect, and some partitions do not know all types.
    let mut kinds: Vec<&str> = Vec::new();
    for root in &roots {
        let Some(Node { value: Value::List(enabled), .. }) = root.get("PolicyTypes") else { continue };
        let enabled = enabled.iter().filter(|kind| text(kind, "Status") == Some("ENABLED"));
        kinds.extend(enabled.filter_map(|kind| text(kind, "Type")));
    }
    for kind in kinds {
        let policies = run.list(&POLICIES, json!({ "Filter": kind }), "Policies").await?;
        run.each(policies, policy).await;
    }
    let mut parents: Vec<String> = roots.iter().filter_map(|root| text(root, "Id")).map(str::to_owned).collect();
    while let Some(parent) = parents.pop() {
        let (units, accounts) = tokio::join!(
            run.list(&UNITS, json!({ "ParentId": parent }), "OrganizationalUnits"),
            run.list(&ACCOUNTS, json!({ "ParentId": parent }), "Accounts"),
        );
        for unit in units? {
            parents.extend(text(&unit, "Id").map(str::to_owned));
            member(run, "AWS::Organizations::OrganizationalUnit", &unit, "ParentId", &parent);
        }
        // The management account is the organization itself; nobody creates it as one of its accounts.
        for account in accounts?.iter().filter(|account| text(account, "Id") != Some(management)) {
            member(run, "AWS::Organizations::Account", account, "ParentIds", &parent);
        }
    }
    Ok(())
}

fn member(run: &Run, kind: &str, node: &Node, property: &str, parent: &str) {
    let Some(id) = text(node, "Id") else { return };
    let parent = Node::new(Value::Text(parent.into()), node.origin);
    let parent = match property {
        "ParentIds" => Node::new(Value::List(vec![parent]), node.origin),
        _ => parent,
    };
    let mut draft = Draft::new(kind, id, node.origin).name(id).set(property, Some(parent));
    if let Some(arn) = text(node, "Arn") {
        draft = draft.arn(arn);
    }
    if kind == "AWS::Organizations::OrganizationalUnit" {
        run.add(draft.take(node, &[("Name", "Name")]));
        return;
    }
    run.add(draft.take(
        node,
        &[
            ("Name", "AccountName"),
            ("Email", "Email"),
            ("JoinedMethod", "Observed.JoinedMethod"),
            ("JoinedTimestamp", "Observed.JoinedTimestamp"),
            ("Status", "Observed.Status"),
        ],
    ));
}

async fn policy(run: &Run, summary: Node) -> Vec<Draft> {
    let Some(id) = text(&summary, "Id") else { return Vec::new() };
    // Those of AWS are there in every organization.
    if matches!(summary.get("AwsManaged"), Some(Node { value: Value::Bool(true), .. })) {
        return Vec::new();
    }
    let (details, targets) = tokio::join!(
        run.get(&POLICY, json!({ "PolicyId": id })),
        run.get_list(&TARGETS, json!({ "PolicyId": id }), "Targets"),
    );
    let targets = targets.map(|mut targets| {
        if let Value::List(items) = &mut targets.value {
            *items = items.iter().filter_map(|target| part(target, "TargetId")).collect();
        }
        targets
    });
    let mut draft = Draft::new("AWS::Organizations::Policy", id, summary.origin).name(id);
    if let Some(arn) = text(&summary, "Arn") {
        draft = draft.arn(arn);
    }
    let draft = draft.take(&summary, &[("Name", "Name"), ("Description", "Description"), ("Type", "Type")]);
    vec![draft.set("Content", details.json_at("Policy.Content")).set("TargetIds", targets)]
}
