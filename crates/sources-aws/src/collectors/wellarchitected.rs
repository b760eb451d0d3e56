//! AWS Well-Architected Tool: the workloads that are reviewed in it.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static WELL_ARCHITECTED: Service = Service {
    endpoint: "wellarchitected",
    signing: "wellarchitected",
    variable: "WELLARCHITECTED",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static WORKLOADS: Call = Call {
    service: &WELL_ARCHITECTED,
    operation: "ListWorkloads",
    path: "POST /workloadsSummaries",
    action: "wellarchitected:ListWorkloads",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["Pilaster::Workload"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "wellarchitected",
    reach: Reach::EveryRegion,
    calls: &[&WORKLOADS],
    collect: |run| Box::pin(workloads(run)),
};

async fn workloads(run: &Run) -> Result<(), Halt> {
    for found in run.list(&WORKLOADS, json!({ "MaxResults": 50 }), "WorkloadSummaries").await? {
        let Some(id) = text(&found, "WorkloadId") else { continue };
        let mut draft = Draft::new("Pilaster::Workload", id, found.origin).name(id);
        if let Some(arn) = text(&found, "WorkloadArn") {
            draft = draft.arn(arn);
        }
        run.add(draft.take(
            &found,
            &[
                ("WorkloadName", "WorkloadName"),
                ("Owner", "Owner"),
                ("Lenses", "Lenses"),
                ("UpdatedAt", "Observed.UpdatedAt"),
                ("RiskCounts", "Observed.RiskCounts"),
                ("ImprovementStatus", "Observed.ImprovementStatus"),
            ],
        ));
    }
    Ok(())
}
