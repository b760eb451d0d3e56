//! `savingsplans_utilization`

use findings::Settings;
use macros::check;
use model::{At, Fact, Verdict, View, when};

#[derive(Debug, View)]
#[view("Pilaster::SavingsPlansUtilization")]
struct Utilization<'a> {
    at: At<'a>,
    #[view(path = "Observed.UtilizationPercentage")]
    percentage: Fact<'a, f64>,
    #[view(path = "Observed.TotalCommitment")]
    commitment: Fact<'a, f64>,
}

/// Savings Plans are used to the full
///
/// A commitment is paid for every hour, whether anything runs that it covers or not: what it is not used for is
/// money for nothing, up to three years long. Judged is the last whole month.
///
/// ## Fix
/// See to it that plans are shared in the organization, and move what still runs on demand to what they cover. A plan
/// that was bought within the last days can be returned. Let the next ones be smaller. The target is the threshold
/// `min_percent`.
/// ```account,fail
/// {
///   "Type": "Pilaster::SavingsPlansUtilization",
///   "Properties": { "Observed": { "UtilizationPercentage": "71.3", "TotalCommitment": "5000" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::SavingsPlansUtilization",
///   "Properties": { "Observed": { "UtilizationPercentage": "99.1", "TotalCommitment": "5000" } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "Pilaster::SavingsPlansUtilization",
///   "Properties": { "Observed": { "UtilizationPercentage": "0", "TotalCommitment": "0" } }
/// }
/// ```
#[check(
    COST07_BP04, COST07_BP05,
    severity = Medium, effort = Medium, code = Never, thresholds(min_percent = 95)
)]
fn savingsplans_utilization(utilization: &Utilization, settings: &Settings) -> Verdict {
    when(utilization.commitment.must("a commitment", |usd| *usd > 0.0), || {
        utilization.percentage.must_be_at_least(settings.number("min_percent") as f64)
    })
}
