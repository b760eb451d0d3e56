//! AWS Compute Optimizer: whether the account is enrolled.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static COMPUTE_OPTIMIZER: Service = Service {
    endpoint: "compute-optimizer",
    signing: "compute-optimizer",
    variable: "COMPUTE_OPTIMIZER",
    protocol: Protocol::Json { target: "ComputeOptimizerService", version: "1.0" },
    scope: Scope::Regional,
};

static STATUS: Call = Call {
    service: &COMPUTE_OPTIMIZER,
    operation: "GetEnrollmentStatus",
    path: "",
    action: "compute-optimizer:GetEnrollmentStatus",
    pages: Pages::One,
    yields: &["Pilaster::ComputeOptimizer"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "computeoptimizer",
    reach: Reach::Once,
    calls: &[&STATUS],
    collect: |run| Box::pin(enrolment(run)),
};

/// One of these, whether the account is enrolled or not.
async fn enrolment(run: &Run) -> Result<(), Halt> {
    for found in run.list(&STATUS, json!({}), "status").await? {
        let draft = Draft::new("Pilaster::ComputeOptimizer", run.account(), found.origin);
        run.add(draft.set("Observed.Status", Some(found)));
    }
    Ok(())
}
