//! `cloudformation_stack_drift`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("AWS::CloudFormation::Stack")]
struct Stack<'a> {
    at: At<'a>,
    #[view(path = "Observed.StackStatus")]
    status: Fact<'a, Text<'a>>,
    #[view(path = "Observed.StackDriftStatus")]
    drift: Fact<'a, Text<'a>>,
    #[view(path = "Observed.LastDriftCheckTimestamp")]
    checked: Fact<'a, Text<'a>>,
}

/// Stacks are what their templates say
///
/// What somebody changed by hand is in no template: the next update undoes it, or fails, and a recovery from the
/// template brings back something else than what ran. Drift detection compares the two, but only when it is asked to;
/// a stack that was never compared, or not lately, may have drifted.
///
/// ## Fix
/// Detect drift, and either change the template to what was meant or update the stack to put it back. Let it be
/// detected regularly: the managed rule `cloudformation-stack-drift-detection-check` of AWS Config does. How many days a
/// result counts is the threshold `max_days`.
/// ```account,fail
/// {
///   "Type": "AWS::CloudFormation::Stack",
///   "Properties": { "Observed": {
///     "StackStatus": "UPDATE_COMPLETE", "StackDriftStatus": "DRIFTED", "LastDriftCheckTimestamp": "2026-10-30T06:00:00Z"
///   } }
/// }
/// ```
/// ```account,fail
/// {
///   "Type": "AWS::CloudFormation::Stack",
///   "Properties": { "Observed": { "StackStatus": "CREATE_COMPLETE", "StackDriftStatus": "NOT_CHECKED" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::CloudFormation::Stack",
///   "Properties": { "Observed": {
///     "StackStatus": "UPDATE_COMPLETE", "StackDriftStatus": "IN_SYNC", "LastDriftCheckTimestamp": "2026-10-30T06:00:00Z"
///   } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::CloudFormation::Stack", "Properties": { "Observed": { "StackStatus": "REVIEW_IN_PROGRESS" } } }
/// ```
#[check(REL13_BP04, OPS05_BP03, REL08_BP05, severity = Medium, effort = Medium, code = Never, thresholds(max_days = 30))]
fn cloudformation_stack_drift(stack: &Stack, settings: &Settings) -> Verdict {
    // Stacks that are being made or taken down cannot be compared.
    let is_there = stack.status.must_not_be_one_of(&[
        "REVIEW_IN_PROGRESS",
        "CREATE_IN_PROGRESS",
        "CREATE_FAILED",
        "ROLLBACK_IN_PROGRESS",
        "ROLLBACK_COMPLETE",
        "ROLLBACK_FAILED",
        "DELETE_IN_PROGRESS",
        "DELETE_FAILED",
    ]);
    when(is_there, || {
        let compared = stack.drift.must_be("IN_SYNC");
        // When it was not compared, when it was is no question.
        let lately = when(compared.clone(), || must_be_within(&stack.checked, settings.number("max_days"), settings));
        compared & lately
    })
}
