//! AWS Billing: the keys of tags by which costs are told apart. Only the account that pays can list them.

use aws_wire::{Call, Pages};
use serde_json::json;

use super::ce::CE;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static TAGS: Call = Call {
    service: &CE,
    operation: "ListCostAllocationTags",
    path: "",
    action: "ce:ListCostAllocationTags",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["Pilaster::CostAllocationTag"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector =
    Collector { name: "cost_allocation_tags", reach: Reach::Once, calls: &[&TAGS], collect: |run| Box::pin(tags(run)) };

/// Those that are not active are every key that was ever used: they are not asked for.
async fn tags(run: &Run) -> Result<(), Halt> {
    let asked = json!({ "Status": "Active", "MaxResults": 1000 });
    for found in run.list(&TAGS, asked, "CostAllocationTags").await? {
        let Some(key) = text(&found, "TagKey") else { continue };
        run.add(Draft::new("Pilaster::CostAllocationTag", key, found.origin).name(key).take(
            &found,
            &[
                ("TagKey", "TagKey"),
                ("Type", "Type"),
                ("Status", "Observed.Status"),
                ("LastUsedDate", "Observed.LastUsedDate"),
            ],
        ));
    }
    Ok(())
}
