//! Amazon EMR: whether clusters of a region may be open to the internet.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

static EMR: Service = Service {
    endpoint: "elasticmapreduce",
    signing: "elasticmapreduce",
    variable: "EMR",
    protocol: Protocol::Json { target: "ElasticMapReduce", version: "1.1" },
    scope: Scope::Regional,
};

static PUBLIC_ACCESS: Call = Call {
    service: &EMR,
    operation: "GetBlockPublicAccessConfiguration",
    path: "",
    action: "elasticmapreduce:GetBlockPublicAccessConfiguration",
    pages: Pages::One,
    yields: &["Pilaster::EmrBlockPublicAccess"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "emr",
    reach: Reach::EveryRegion,
    calls: &[&PUBLIC_ACCESS],
    collect: |run| Box::pin(public_access_block(run)),
};

/// There is one setting in every region, whether somebody made it or not.
async fn public_access_block(run: &Run) -> Result<(), Halt> {
    let block = run.get(&PUBLIC_ACCESS, json!({})).await;
    let mut draft = Draft::new("Pilaster::EmrBlockPublicAccess", run.region(), run.origin(&PUBLIC_ACCESS));
    // Every answer says whether the block is on; one that does not says nothing.
    draft = draft.unread("BlockPublicSecurityGroupRules");
    for property in ["BlockPublicSecurityGroupRules", "PermittedPublicSecurityGroupRuleRanges"] {
        draft = draft.set(property, block.at(&format!("BlockPublicAccessConfiguration.{property}")));
    }
    run.add(draft);
    Ok(())
}
