//! `fis_experiments_defined`

use macros::check;
use model::{At, Entries, Fact, Inventory, List, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::FIS::ExperimentTemplate", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::FIS::ExperimentTemplate")]
struct ExperimentTemplate<'a> {
    at: At<'a>,
    actions: Entries<'a, At<'a>>,
    stop_conditions: List<'a, StopCondition<'a>>,
}

#[derive(Debug, View)]
struct StopCondition<'a> {
    at: At<'a>,
    source: Fact<'a, Text<'a>>,
    value: Fact<'a, Text<'a>>,
}

/// Fault injection experiments do something and stop when an alarm goes off
///
/// An experiment shows in daylight what an outage would show at night. One without a stop condition goes on when
/// it turns out worse than expected, and people who have seen that once do not run experiments any more. An account needs
/// one that does stop.
///
/// ## Fix
/// Give the template at least one of `Actions`, and `StopConditions` with the source `aws:cloudwatch:alarm` and
/// the ARN of an alarm on what customers notice. Then run it regularly: only an account can tell whether it was.
/// ```yaml,fail
/// Type: AWS::FIS::ExperimentTemplate
/// Properties:
///   Description: stop an instance
///   RoleArn: arn:aws:iam::123456789012:role/fis
///   Targets: {}
///   Actions: { Wait: { ActionId: aws:fis:wait, Parameters: { duration: PT5M } } }
///   StopConditions: [{ Source: none }]
/// ```
/// ```yaml,pass
/// Type: AWS::FIS::ExperimentTemplate
/// Properties:
///   Description: stop an instance
///   RoleArn: arn:aws:iam::123456789012:role/fis
///   Targets: {}
///   Actions: { Wait: { ActionId: aws:fis:wait, Parameters: { duration: PT5M } } }
///   StopConditions:
///     - Source: aws:cloudwatch:alarm
///       Value: arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders
/// ```
/// ```account,fail
/// { "Listed": ["AWS::FIS::ExperimentTemplate"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(REL12_BP04, REL08_BP03, REL12_BP05, severity = Low, effort = Medium, needs = [Testing], code = Partly)]
fn fis_experiments_defined(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<ExperimentTemplate>(&place.at, "an experiment that an alarm stops", |template| {
        let acts = template.actions.any("an action", |_, action| action.must_be_set());
        acts & template.stop_conditions.any("an alarm that stops it", |condition| {
            condition.source.must_be("aws:cloudwatch:alarm") & condition.value.must_be_set()
        })
    })
}
