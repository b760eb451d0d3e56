//! `wellarchitected_workload_reviewed`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, any};

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
    #[view(path = "Observed.RiskCounts.HIGH", default = 0)]
    high: Fact<'a, i64>,
    #[view(path = "Observed.RiskCounts.MEDIUM", default = 0)]
    medium: Fact<'a, i64>,
    #[view(path = "Observed.RiskCounts.NONE", default = 0)]
    none: Fact<'a, i64>,
    #[view(path = "Observed.RiskCounts.NOT_APPLICABLE", default = 0)]
    not_applicable: Fact<'a, i64>,
}

impl Workload<'_> {
    /// A question of it was answered: only then has it a risk, or none.
    fn must_be_answered(&self) -> Verdict {
        any([&self.high, &self.medium, &self.none, &self.not_applicable].map(|count| count.must_be_at_least(1)))
    }
}

/// A workload of the account was reviewed within the year
///
/// Half of the best practices are about people: who answers a page, who may accept a risk, what was learned from the last
/// outage. No scan sees those. A review with the people who run the workload does, and what it finds goes out of date.
/// A workload that was defined, and of which no question was answered, was not reviewed.
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
///   { "Type": "Pilaster::Workload", "Properties": { "Observed": {
///     "UpdatedAt": 1780272000, "RiskCounts": { "HIGH": 3, "NONE": 40, "UNANSWERED": 14 }
///   } } }
/// ]
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::Workload", "Properties": { "Observed": {
///     "UpdatedAt": 1717200000, "RiskCounts": { "HIGH": 3, "NONE": 40, "UNANSWERED": 14 }
///   } } }
/// ]
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::Workload", "Properties": { "Observed": {
///     "UpdatedAt": 1780272000, "RiskCounts": { "UNANSWERED": 57 }
///   } } }
/// ]
/// ```
#[check(OPS07_BP02, COST10_BP01, COST10_BP02, severity = Low, effort = Large, code = Never, thresholds(max_days = 365))]
fn wellarchitected_workload_reviewed(account: &Account, around: &Inventory, settings: &Settings) -> Verdict {
    around.in_account::<Workload>(&account.at).any("a workload reviewed lately", |workload| {
        must_be_within(&workload.updated, settings.number("max_days"), settings) & workload.must_be_answered()
    })
}
