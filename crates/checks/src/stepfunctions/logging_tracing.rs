//! `stepfunctions_logging_tracing`

use macros::check;
use model::Verdict;

use crate::views::stepfunctions::StateMachine;

/// State machines of Step Functions log and trace their executions
///
/// The history of an execution is kept for ninety days, one execution at a time, and for express workflows not at all. A
/// log can be searched over all of them: which input failed, since when, for whom. A trace shows where the time went,
/// through the services that were called.
///
/// ## Fix
/// Set `LoggingConfiguration` with a log group and `Level: ERROR` or `ALL`, and `TracingConfiguration.Enabled` to true; let the
/// role write to both. `IncludeExecutionData` puts inputs and outputs into the log: leave it off where they are personal.
/// ```yaml,fail
/// Type: AWS::StepFunctions::StateMachine
/// Properties: { DefinitionString: '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}' }
/// ```
/// ```yaml,pass
/// Type: AWS::StepFunctions::StateMachine
/// Properties:
///   DefinitionString: '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
///   LoggingConfiguration:
///     Level: ERROR
///     Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:orders:*" } }]
///   TracingConfiguration: { Enabled: true }
/// ```
#[check(OPS04_BP02, OPS04_BP05, SEC04_BP01, severity = Medium, needs = [Money], fsbp = ["StepFunctions.1"])]
fn stepfunctions_logging_tracing(machine: &StateMachine) -> Verdict {
    machine.log_level.must_be_one_of(&["ERROR", "FATAL", "ALL"]) & machine.tracing.must_be(true)
}
