//! Amazon Data Lifecycle Manager: policies that make snapshots.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

static DLM: Service =
    Service { endpoint: "dlm", signing: "dlm", variable: "DLM", protocol: Protocol::RestJson, scope: Scope::Regional };

/// All of them at once. It says nothing of what a policy covers.
static POLICIES: Call = Call {
    service: &DLM,
    operation: "GetLifecyclePolicies",
    path: "GET /policies",
    action: "dlm:GetLifecyclePolicies",
    pages: Pages::One,
    yields: &["AWS::DLM::LifecyclePolicy"],
    unset: &[],
};

static POLICY: Call = Call {
    service: &DLM,
    operation: "GetLifecyclePolicy",
    path: "GET /policies/{policyId}",
    action: "dlm:GetLifecyclePolicy",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "dlm",
    reach: Reach::EveryRegion,
    calls: &[&POLICIES, &POLICY],
    collect: |run| Box::pin(policies(run)),
};

async fn policies(run: &Run) -> Result<(), Halt> {
    let found = run.list(&POLICIES, json!({}), "Policies").await?;
    run.each(found, policy).await;
    Ok(())
}

/// Of a default policy, the details say what it takes: `VOLUME` or `INSTANCE`.
async fn policy(run: &Run, found: Node) -> Vec<Draft> {
    let Some(Node { value: Value::Text(id), .. }) = found.get("PolicyId") else { return Vec::new() };
    let answer = run.get(&POLICY, json!({ "policyId": &**id })).await;
    let mut draft = Draft::new("AWS::DLM::LifecyclePolicy", &**id, found.origin).name(&**id);
    if let Some(Node { value: Value::Text(arn), .. }) = answer.at("Policy.PolicyArn") {
        draft = draft.arn(arn);
    }
    for (property, path) in [
        ("Description", "Policy.Description"),
        ("ExecutionRoleArn", "Policy.ExecutionRoleArn"),
        ("PolicyDetails", "Policy.PolicyDetails"),
        ("State", "Policy.State"),
    ] {
        draft = draft.set(property, answer.at(path));
    }
    let is_default = match answer.at("Policy.DefaultPolicy") {
        Some(Node { value: Value::Bool(false), .. }) | None => None,
        Some(Node { value: Value::Bool(true), .. }) => answer.at("Policy.PolicyDetails.ResourceType"),
        other => other,
    };
    vec![draft.set("DefaultPolicy", is_default)]
}
