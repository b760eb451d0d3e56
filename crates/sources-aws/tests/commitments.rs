//! What is paid for ahead, and by which tags costs are told apart.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use model::Inventory;
use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{scanned, statuses};

fn missing(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

fn plans(asked: &Asked, percent: &str) -> Reply {
    let asked_for = asked.json();
    if asked_for.get("TimePeriod").is_some() {
        // The day of the scan is 2026-11-01.
        assert_eq!(asked_for["TimePeriod"], json!({ "Start": "2026-10-01", "End": "2026-11-01" }));
        assert_eq!(asked_for["Granularity"], "MONTHLY");
    }
    Reply::json(match asked.operation() {
        "GetSavingsPlansCoverage" => json!({ "SavingsPlansCoverages": [{ "Attributes": {}, "Coverage": {
            "SpendCoveredBySavingsPlans": "800", "OnDemandCost": "900.5", "TotalCost": "1700.5",
            "CoveragePercentage": percent,
        } }] }),
        _ => json!({ "SavingsPlansUtilizationsByTime": [], "Total": { "Utilization": {
            "TotalCommitment": "1000", "UsedCommitment": "990", "UtilizationPercentage": percent,
        } } }),
    })
}

#[tokio::test]
async fn plans_cover_spend_and_are_used() {
    let inventory = scanned("savingsplans", |asked| plans(asked, "99.5")).await;
    assert_eq!(statuses(&inventory, "savingsplans_coverage"), ["1 pass"]);
    assert_eq!(statuses(&inventory, "savingsplans_utilization"), ["1 pass"]);
    let inventory = scanned("savingsplans", |asked| plans(asked, "40")).await;
    assert_eq!(statuses(&inventory, "savingsplans_coverage"), ["1 fail"]);
    assert_eq!(statuses(&inventory, "savingsplans_utilization"), ["1 fail"]);

    let nothing = scanned("savingsplans", |_| Reply::error("DataUnavailableException")).await;
    assert!(nothing.gaps.is_empty(), "{:?}", nothing.gaps);
    assert!(statuses(&nothing, "savingsplans_coverage").is_empty());
    let empty = scanned("savingsplans", |_| Reply::json(json!({ "SavingsPlansCoverages": [] }))).await;
    assert!(empty.gaps.is_empty() && statuses(&empty, "savingsplans_coverage").is_empty());

    let denied = scanned("savingsplans", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(statuses(&denied, "savingsplans_coverage"), ["1 unknown"]);
    assert_eq!(statuses(&denied, "savingsplans_utilization"), ["1 unknown"]);
    assert_eq!(missing(&denied), ["ce:GetSavingsPlansCoverage", "ce:GetSavingsPlansUtilization"]);
}

/// Each one is charged.
#[tokio::test]
async fn two_requests_are_made_and_no_more() {
    let count: &'static AtomicUsize = Box::leak(Box::new(AtomicUsize::new(0)));
    scanned("savingsplans", move |asked| {
        // The one that is made before the scan has no period.
        count.fetch_add(usize::from(asked.json().get("TimePeriod").is_some()), Ordering::SeqCst);
        plans(asked, "99")
    })
    .await;
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn keys_are_active_or_they_are_not() {
    let check = "costmanagement_allocation_tags_activated";
    let tags = |kind: &'static str| {
        move |_: &Asked| {
            Reply::json(json!({ "CostAllocationTags": [{ "TagKey": "Team", "Type": kind, "Status": "Active" }] }))
        }
    };
    assert_eq!(statuses(&scanned("cost_allocation_tags", tags("UserDefined")).await, check), ["1 pass"]);
    assert_eq!(statuses(&scanned("cost_allocation_tags", tags("AWSGenerated")).await, check), ["1 fail"]);
    let none = scanned("cost_allocation_tags", |_| Reply::json(json!({ "CostAllocationTags": [] }))).await;
    assert_eq!(statuses(&none, check), ["1 fail"]);
    let denied = scanned("cost_allocation_tags", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(statuses(&denied, check), ["1 unknown"]);
    assert_eq!(missing(&denied), ["ce:ListCostAllocationTags"]);
}
