//! AWS Systems Manager OpsCenter: operational items that wait for somebody.

use aws_wire::{Call, Pages};
use serde_json::json;

use super::ssm::SSM;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static ITEMS: Call = Call {
    service: &SSM,
    operation: "DescribeOpsItems",
    path: "",
    action: "ssm:DescribeOpsItems",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["Pilaster::OpsItem"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ssm_opsitems",
    reach: Reach::EveryRegion,
    calls: &[&ITEMS],
    collect: |run| Box::pin(items(run)),
};

/// What is resolved is kept for years, and what is in progress has somebody who sees to it: neither is asked
/// for.
async fn items(run: &Run) -> Result<(), Halt> {
    let open = json!([{ "Key": "Status", "Values": ["Open"], "Operator": "Equal" }]);
    let asked = json!({ "OpsItemFilters": open, "MaxResults": 50 });
    for found in run.list(&ITEMS, asked, "OpsItemSummaries").await? {
        let Some(id) = text(&found, "OpsItemId") else { continue };
        run.add(Draft::new("Pilaster::OpsItem", id, found.origin).name(id).take(
            &found,
            &[
                ("Category", "Category"),
                ("OpsItemType", "OpsItemType"),
                ("Priority", "Priority"),
                ("Severity", "Severity"),
                ("Source", "Source"),
                ("Title", "Title"),
                ("CreatedTime", "Observed.CreatedTime"),
                ("LastModifiedTime", "Observed.LastModifiedTime"),
                ("Status", "Observed.Status"),
            ],
        ));
    }
    Ok(())
}
