//! `lambda_error_alarm`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::lambda::Function;

/// Lambda functions have an alarm on errors or throttles
///
/// A function that fails makes no noise: the caller gets an error, or the event is tried again and dropped. An
/// alarm on its errors or throttles is what tells people before customers do. An alarm over all functions
/// counts; an alarm that stands in other code is not seen.
/// Code does not tell production from the rest, so every function is judged.
///
/// ## Fix
/// Add an `AWS::CloudWatch::Alarm` on `Errors` of the namespace `AWS/Lambda` with the function as dimension, and an
/// action that reaches someone. Add one on `Throttles` where load varies.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
/// ```yaml,pass
/// Resources:
///   Orders: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.14 } }
///   OrdersFail:
///     Type: AWS::CloudWatch::Alarm
///     Properties:
///       Namespace: AWS/Lambda
///       MetricName: Errors
///       Dimensions: [{ Name: FunctionName, Value: !Ref Orders }]
///       Statistic: Sum
///       Period: 300
///       EvaluationPeriods: 1
///       Threshold: 0
///       ComparisonOperator: GreaterThanThreshold
///       AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:on-call"]
/// ```
#[check(OPS08_BP04, REL06_BP03, severity = Medium, code = Partly)]
fn lambda_error_alarm(function: &Function, around: &Inventory) -> Verdict {
    function.must_have_alarm(around, &["Errors", "Throttles"], "an alarm on Errors or Throttles")
}
