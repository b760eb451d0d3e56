//! `computeoptimizer_enrolled`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("Pilaster::ComputeOptimizer")]
struct Enrolment<'a> {
    at: At<'a>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
}

/// Compute Optimizer looks at the account
///
/// Compute Optimizer reads the metrics of instances, volumes, functions, services and databases and says which are too
/// large, too small or idle, at no charge. It does so only for accounts that opted in, and needs some days of metrics
/// before it says anything.
///
/// ## Fix
/// Opt in, best for the whole organization at once from its management account.
/// ```account,fail
/// { "Type": "Pilaster::ComputeOptimizer", "Properties": { "Observed": { "Status": "Inactive" } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::ComputeOptimizer", "Properties": { "Observed": { "Status": "Active" } } }
/// ```
#[check(COST06_BP03, PERF02_BP04, SUS05_BP01, severity = Low, code = Never)]
fn computeoptimizer_enrolled(enrolment: &Enrolment) -> Verdict {
    // On its way in is in.
    enrolment.status.must_be_one_of(&["Active", "Pending"])
}
