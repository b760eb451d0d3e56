//! AWS Systems Manager: the machines it manages, and the patches that they lack.

use std::collections::HashMap;

use aws_wire::{Call, Pages};
use model::Node;
use serde_json::json;

use super::ssm::SSM;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

const PAGES: Pages = Pages::Token { answer: "NextToken", parameter: "NextToken" };

static NODES: Call = Call {
    service: &SSM,
    operation: "DescribeInstanceInformation",
    path: "",
    action: "ssm:DescribeInstanceInformation",
    pages: PAGES,
    yields: &["Pilaster::ManagedNode"],
    unset: &[],
};

static PATCHES: Call = Call {
    service: &SSM,
    operation: "DescribeInstancePatchStates",
    path: "",
    action: "ssm:DescribeInstancePatchStates",
    pages: PAGES,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ssm_nodes",
    reach: Reach::EveryRegion,
    calls: &[&NODES, &PATCHES],
    collect: |run| Box::pin(nodes(run)),
};

/// The states of fifty machines are given at once.
async fn nodes(run: &Run) -> Result<(), Halt> {
    let found = run.list(&NODES, json!({ "MaxResults": 50 }), "InstanceInformationList").await?;
    run.each(found.chunks(50).map(<[Node]>::to_vec).collect(), fifty).await;
    Ok(())
}

/// Of a machine that was never looked at for patches there is no state.
async fn fifty(run: &Run, found: Vec<Node>) -> Vec<Draft> {
    let ids: Vec<&str> = found.iter().filter_map(|node| text(node, "InstanceId")).collect();
    let asked = json!({ "InstanceIds": ids, "MaxResults": 50 });
    let patches = run.get_list(&PATCHES, asked, "InstancePatchStates").await;
    let states = match &patches {
        Some(Node { value: model::Value::List(states), .. }) => states.as_slice(),
        _ => &[],
    };
    let states: HashMap<&str, &Node> =
        states.iter().filter_map(|state| Some((text(state, "InstanceId")?, state))).collect();
    // Where they were refused, the refusal stands in for the state of each.
    let refused = patches.as_ref().filter(|node| matches!(node.value, model::Value::Unknown(_)));
    found.iter().filter_map(|found| node(found, &states, refused)).collect()
}

fn node(found: &Node, states: &HashMap<&str, &Node>, refused: Option<&Node>) -> Option<Draft> {
    let id = text(found, "InstanceId")?;
    let draft = Draft::new("Pilaster::ManagedNode", id, found.origin).name(id).take(
        found,
        &[
            ("InstanceId", "InstanceId"),
            ("PingStatus", "Observed.PingStatus"),
            ("LastPingDateTime", "Observed.LastPingDateTime"),
            ("AgentVersion", "Observed.AgentVersion"),
            ("PlatformType", "Observed.PlatformType"),
            ("PlatformName", "Observed.PlatformName"),
            ("ResourceType", "Observed.ResourceType"),
        ],
    );
    let draft = draft.set("Observed.Patches", refused.cloned());
    let Some(state) = states.get(id) else { return Some(draft) };
    Some(draft.take(
        state,
        &[
            ("BaselineId", "Observed.Patches.BaselineId"),
            ("Operation", "Observed.Patches.Operation"),
            ("OperationEndTime", "Observed.Patches.OperationEndTime"),
            ("CriticalNonCompliantCount", "Observed.Patches.CriticalNonCompliantCount"),
            ("SecurityNonCompliantCount", "Observed.Patches.SecurityNonCompliantCount"),
            ("OtherNonCompliantCount", "Observed.Patches.OtherNonCompliantCount"),
            ("MissingCount", "Observed.Patches.MissingCount"),
            ("FailedCount", "Observed.Patches.FailedCount"),
            ("InstalledPendingRebootCount", "Observed.Patches.InstalledPendingRebootCount"),
        ],
    ))
}
