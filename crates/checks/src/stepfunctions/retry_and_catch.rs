//! `stepfunctions_retry_and_catch`

use macros::check;
use model::{At, FromAt, Verdict, when};

use crate::views::stepfunctions::{StateMachine, States};

/// Tasks of state machines retry within bounds, catch errors and time out
///
/// A task calls something, and what is called is at times busy or away. Without a retry the first hiccup ends the whole
/// execution halfway; without a catch nothing is cleaned up; without a timeout a task whose answer got lost waits up to
/// a year. A catch of the branch or loop around a task counts, and so does a timeout of the machine; an express
/// workflow has one of five minutes.
///
/// ## Fix
/// Give each `Task` state a `Retry` with `MaxAttempts` and a `BackoffRate` above 1, a `Catch` that goes to a state which
/// handles the error, and `TimeoutSeconds`. Retry only what may be done twice.
/// ```yaml,fail
/// Type: AWS::StepFunctions::StateMachine
/// Properties:
///   Definition:
///     StartAt: Charge
///     States: { Charge: { Type: Task, Resource: "arn:aws:lambda:eu-west-1:111122223333:function:charge", End: true } }
/// ```
/// ```yaml,pass
/// Type: AWS::StepFunctions::StateMachine
/// Properties:
///   Definition:
///     StartAt: Charge
///     States:
///       Charge:
///         Type: Task
///         Resource: "arn:aws:lambda:eu-west-1:111122223333:function:charge"
///         TimeoutSeconds: 60
///         Retry: [{ ErrorEquals: [States.TaskFailed], MaxAttempts: 4, BackoffRate: 2 }]
///         Catch: [{ ErrorEquals: [States.ALL], Next: Refund }]
///         End: true
///       Refund: { Type: Fail }
/// ```
#[check(REL05_BP03, REL05_BP05, REL13_BP05, severity = Medium, effort = Medium, needs = [Testing])]
fn stepfunctions_retry_and_catch(machine: &StateMachine) -> Verdict {
    let ends_soon = machine.ends_soon();
    let judge = |at: At<'_>| at.as_json(|definition| States::from_at(definition).must_bear_all_failures(&ends_soon));
    // A definition in a bucket is there, but was not read.
    let stored =
        when(machine.definition_location.must_be_set(), || machine.definition_location.must_be_unset().weakened());
    judge(machine.definition.clone()) & judge(machine.definition_string.clone()) & stored
}
