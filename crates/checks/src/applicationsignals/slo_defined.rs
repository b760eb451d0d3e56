//! `applicationsignals_slo_defined`

use macros::check;
use model::{At, Fact, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::ApplicationSignals::ServiceLevelObjective")]
struct Objective<'a> {
    at: At<'a>,
    #[view(path = "Goal.AttainmentGoal")]
    attainment_goal: Fact<'a, f64>,
}

/// Service level objectives state the goal they stand for
///
/// An objective without a goal is taken for 99 percent over seven days, which allows more than an hour and a half of
/// failure a week. That number is nobody's decision: it follows neither from what customers expect nor from what the
/// service can do, and nobody will act on it.
///
/// ## Fix
/// Set `Goal.AttainmentGoal`, and `Goal.Interval`, to what was agreed on with those who use the service.
/// ```yaml,fail
/// Type: AWS::ApplicationSignals::ServiceLevelObjective
/// Properties: { Name: checkout }
/// ```
/// ```yaml,pass
/// Type: AWS::ApplicationSignals::ServiceLevelObjective
/// Properties: { Name: checkout, Goal: { AttainmentGoal: 99.9 } }
/// ```
#[check(OPS04_BP01, PERF05_BP01, REL11_BP07, severity = Low, code = Partly)]
fn applicationsignals_slo_defined(objective: &Objective) -> Verdict {
    objective.attainment_goal.must_be_set()
}
