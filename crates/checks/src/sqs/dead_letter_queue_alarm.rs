//! `sqs_dead_letter_queue_alarm`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::cloudwatch::Alarm;
use crate::views::sqs::Queue;

/// Queues for dead letters raise an alarm when something arrives
///
/// Every message in such a queue is work that was promised and not done. It stays there, at most 14
/// days, until somebody looks; without an alarm nobody does before a customer calls.
///
/// ## Fix
/// Add an alarm on `ApproximateNumberOfMessagesVisible` of the queue, above zero for one period, with an
/// action that reaches whoever is on call.
/// ```yaml,fail
/// Resources:
///   Orders:
///     Type: AWS::SQS::Queue
///     Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5 } }
///   Failed: { Type: AWS::SQS::Queue }
/// ```
/// ```yaml,pass
/// Resources:
///   Orders:
///     Type: AWS::SQS::Queue
///     Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5 } }
///   Failed: { Type: AWS::SQS::Queue }
///   FailedAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties:
///       Namespace: AWS/SQS
///       MetricName: ApproximateNumberOfMessagesVisible
///       Dimensions: [{ Name: QueueName, Value: !GetAtt Failed.QueueName }]
///       Statistic: Maximum
///       Period: 60
///       EvaluationPeriods: 1
///       Threshold: 0
///       ComparisonOperator: GreaterThanThreshold
/// ```
/// ```yaml,not_applicable
/// Type: AWS::SQS::Queue
/// ```
#[check(OPS08_BP04, REL06_BP03, severity = Medium, code = Partly)]
fn sqs_dead_letter_queue_alarm(queue: &Queue, around: &Inventory) -> Verdict {
    when(queue.is_dead_letter_queue(around), || {
        let metrics = ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"];
        Alarm::must_watch(around, &queue.at, &metrics, "an alarm on the number of messages")
    })
}
