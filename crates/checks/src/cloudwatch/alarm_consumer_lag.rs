//! `cloudwatch_alarm_consumer_lag`

use macros::check;
use model::{At, Inventory, Linked, Verdict, View};

use crate::views::cloudwatch::Alarm;
use crate::views::lambda::{EventSourceMapping, Function};

/// What functions consume.
#[derive(Debug, View)]
#[view("AWS::SQS::Queue", "AWS::Kinesis::Stream", "AWS::DynamoDB::Table")]
struct Source<'a> {
    at: At<'a>,
}

/// Consumers of queues and streams have an alarm on how far they are behind
///
/// A consumer that is too slow fails no request: work piles up in silence. Messages are then handled hours late, and what
/// is older than the retention of the queue or stream is lost. The age of the oldest message or record shows it at once.
///
/// ## Fix
/// For a queue add an alarm on `ApproximateAgeOfOldestMessage`, for a stream on `IteratorAge` of the function or
/// `GetRecords.IteratorAgeMilliseconds` of the stream, with a threshold well below the retention.
/// ```yaml,fail
/// Resources:
///   Orders: { Type: AWS::SQS::Queue }
///   Worker: { Type: AWS::Lambda::Function }
///   Feed:
///     Type: AWS::Lambda::EventSourceMapping
///     Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Worker }
/// ```
/// ```yaml,pass
/// Resources:
///   Orders: { Type: AWS::SQS::Queue }
///   Worker: { Type: AWS::Lambda::Function }
///   Feed:
///     Type: AWS::Lambda::EventSourceMapping
///     Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Worker }
///   Behind:
///     Type: AWS::CloudWatch::Alarm
///     Properties:
///       Namespace: AWS/SQS
///       MetricName: ApproximateAgeOfOldestMessage
///       Dimensions: [{ Name: QueueName, Value: !GetAtt Orders.QueueName }]
///       Threshold: 600
///       AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:on-call"]
/// ```
#[check(OPS08_BP04, PERF05_BP02, REL06_BP03, severity = Medium, code = Partly)]
fn cloudwatch_alarm_consumer_lag(mapping: &EventSourceMapping, around: &Inventory) -> Verdict {
    let expected = "an alarm on the age of the oldest message or record";
    let is_queue = matches!(
        around.linked::<Source>(&mapping.event_source_arn),
        Linked::Found(source) if source.at.resource().kind == "AWS::SQS::Queue"
    );
    let source = around.linked::<Source>(&mapping.event_source_arn).and_then(|source| {
        let metrics = ["ApproximateAgeOfOldestMessage", "GetRecords.IteratorAgeMilliseconds"];
        Alarm::must_watch(around, &source.at, &metrics, expected)
    });
    match around.linked::<Function>(&mapping.function_name) {
        // Of a queue, the function has no such metric.
        Linked::Found(_) if is_queue => source,
        Linked::Found(function) => source | function.must_have_alarm(around, &["IteratorAge", "OffsetLag"], expected),
        _ => source,
    }
}
