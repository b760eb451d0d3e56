//! `savingsplans_coverage`

use findings::Settings;
use macros::check;
use model::{At, Fact, Verdict, View, when};

#[derive(Debug, View)]
#[view("Pilaster::SavingsPlansCoverage")]
struct Coverage<'a> {
    at: At<'a>,
    #[view(path = "Observed.CoveragePercentage")]
    percentage: Fact<'a, f64>,
    #[view(path = "Observed.OnDemandCost")]
    on_demand: Fact<'a, f64>,
}

/// Savings Plans cover most of the compute spend
///
/// What runs all the time costs a quarter to two thirds less under a commitment of one or three years. Judged is the
/// last whole month of all usage that Savings Plans apply to, those of the organization included, where what was
/// paid on demand is worth a commitment. How steady the usage was, a month's sum does not tell: where it comes in
/// bursts, a lower target is right.
///
/// ## Fix
/// Look at the recommendations for Savings Plans in the billing console, of 60 days, after resizing and turning off
/// what is not needed. Commit to less than the lowest hour, in several steps. The target is the threshold
/// `min_percent`; below `min_usd` a month on demand nothing is judged.
/// ```account,fail
/// {
///   "Type": "Pilaster::SavingsPlansCoverage",
///   "Properties": { "Observed": { "CoveragePercentage": "22.5", "OnDemandCost": "8120.10" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::SavingsPlansCoverage",
///   "Properties": { "Observed": { "CoveragePercentage": "84.2", "OnDemandCost": "1650.00" } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "Pilaster::SavingsPlansCoverage",
///   "Properties": { "Observed": { "CoveragePercentage": "0", "OnDemandCost": "31.70" } }
/// }
/// ```
#[check(
    COST07_BP01, COST07_BP04, COST07_BP05,
    severity = Medium, effort = Medium, needs = [Money], code = Never, thresholds(min_percent = 70, min_usd = 200)
)]
fn savingsplans_coverage(coverage: &Coverage, settings: &Settings) -> Verdict {
    when(coverage.on_demand.must_be_at_least(settings.number("min_usd") as f64), || {
        coverage.percentage.must_be_at_least(settings.number("min_percent") as f64)
    })
}
