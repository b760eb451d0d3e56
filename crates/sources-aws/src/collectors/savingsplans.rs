//! Savings Plans: how much of what they can cover they covered last month, and how much of them was used.
//!
//! Cost Explorer charges 0.01 USD for each of these requests, whoever makes it. There are two in a scan of an
//! account; leaving this collector out saves them.

use aws_wire::{Call, Class, Pages};
use jiff::ToSpan;
use model::{Node, Value};
use serde_json::json;

use super::ce::CE;
use crate::shape::part;
use crate::{Collector, Draft, Halt, Reach, Run};

/// What Cost Explorer says where there is nothing to report: no plan, or no spend that one could cover.
const NOTHING: &[&str] = &["DataUnavailableException"];

static COVERAGE: Call = Call {
    service: &CE,
    operation: "GetSavingsPlansCoverage",
    path: "",
    action: "ce:GetSavingsPlansCoverage",
    pages: Pages::One,
    yields: &["Pilaster::SavingsPlansCoverage"],
    unset: NOTHING,
};

static UTILIZATION: Call = Call {
    service: &CE,
    operation: "GetSavingsPlansUtilization",
    path: "",
    action: "ce:GetSavingsPlansUtilization",
    pages: Pages::One,
    yields: &["Pilaster::SavingsPlansUtilization"],
    unset: NOTHING,
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "savingsplans",
    reach: Reach::Once,
    calls: &[&COVERAGE, &UTILIZATION],
    collect: |run| Box::pin(plans(run)),
};

/// The last whole month by months is one row of one page: the least that can be asked for.
async fn plans(run: &Run) -> Result<(), Halt> {
    let end = run.today().first_of_month();
    let start = end.saturating_sub(1.month());
    let asked = json!({
        "TimePeriod": { "Start": start.to_string(), "End": end.to_string() },
        "Granularity": "MONTHLY",
    });
    let (coverage, utilization) = tokio::join!(run.get(&COVERAGE, asked.clone()), run.get(&UTILIZATION, asked.clone()));
    // What is reported has its measure; without it, nobody knows what was reported.
    let measure = |reported: Option<Node>, name: &str, call: &'static Call| {
        let reported = reported?;
        let measured = part(&reported, name);
        if measured.is_none() {
            run.incomplete(call, Class::Malformed);
        }
        measured
    };
    let covered = measure(coverage.at("SavingsPlansCoverages").and_then(first), "Coverage", &COVERAGE);
    let used = measure(utilization.at("Total"), "Utilization", &UTILIZATION);
    for (kind, measured) in [("Pilaster::SavingsPlansCoverage", covered), ("Pilaster::SavingsPlansUtilization", used)] {
        let Some(measured) = measured else { continue };
        let draft = Draft::new(kind, run.account(), measured.origin);
        let period = Node::from_json(start.to_string().into(), measured.origin);
        run.add(draft.set("Month", Some(period)).set("Observed", Some(measured)));
    }
    Ok(())
}

/// Of a list its first item; what was refused stays what it is.
fn first(node: Node) -> Option<Node> {
    match node.value {
        Value::List(items) => items.into_iter().next(),
        _ => Some(node),
    }
}
