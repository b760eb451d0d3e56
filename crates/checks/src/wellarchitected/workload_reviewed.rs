//! `wellarchitected_workload_reviewed`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("Pilaster::Account")]
struct Account<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("Pilaster::Workload")]
struct Workload<'a> {
    at: At<'a>,
    #[view(path = "Observed.UpdatedAt")]
    updated: Fact<'a, Text<'a>>,
}

/// A workload of the account was reviewed within the year
///
/// Half of the best practices are about people: who answers a page, who may accept a risk, what was learned from the last
/// outage. No scan sees those. A review with the people who run the workload does, and what it finds goes out of date.
///
/// ## Fix
/// Define the workload in the AWS Well-Architected Tool, answer its questions together, save a milestone, and set a date
/// for the next one. Reviews that are kept elsewhere are a reason to waive this check. How many days a review counts is
/// the threshold `max_days`.
/// ```account,fail
/// {
///   "Listed": ["Pilaster::Workload"],
///   "Resources": [{ "Type": "Pilaster::Account" }]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::Workload", "Properties": { "Observed": { "UpdatedAt": 1780272000 } } }
/// ]
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::Workload", "Properties": { "Observed": { "UpdatedAt": 1717200000 } } }
/// ]
/// ```
#[check(OPS07_BP02, COST10_BP01, COST10_BP02, severity = Low, effort = Large, code = Never, thresholds(max_days = 365))]
fn wellarchitected_workload_reviewed(account: &Account, around: &Inventory, settings: &Settings) -> Verdict {
    around.in_account::<Workload>(&account.at).any("a workload reviewed lately", |workload| {
        must_be_within(&workload.updated, settings.number("max_days"), settings)
    })
}
