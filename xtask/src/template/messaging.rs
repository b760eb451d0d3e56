//! Queues, topics and alarms.

use serde_json::json;

use super::identity::policy;
use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "DeadLetters",
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": sound }),
    );
    let sound = draft.sound();
    draft.add(
        "Queue",
        "AWS::SQS::Queue",
        json!({
            "KmsMasterKeyId": when(sound, || draft.to("Key")),
            "SqsManagedSseEnabled": when(!sound, || false.into()),
            "VisibilityTimeout": if sound { 360 } else { 10 },
            "RedrivePolicy": when(sound, || json!({
                "deadLetterTargetArn": draft.attribute("DeadLetters", "Arn"),
                "maxReceiveCount": 5,
            })),
            "Tags": draft.tags(sound),
        }),
    );
    draft.add(
        "Topic",
        "AWS::SNS::Topic",
        json!({ "KmsMasterKeyId": when(sound, || draft.to("Key")), "Tags": draft.tags(sound) }),
    );
    draft.add(
        "AlertSubscription",
        "AWS::SNS::Subscription",
        json!({ "TopicArn": draft.to("Topic"), "Protocol": "email", "Endpoint": reference("AlertAddress") }),
    );
    let sound = draft.sound();
    draft.add(
        "QueuePolicy",
        "AWS::SQS::QueuePolicy",
        json!({
            "Queues": [draft.to("Queue")],
            "PolicyDocument": policy(json!([{
                "Effect": "Allow",
                "Principal": if sound { json!({ "Service": "sns.amazonaws.com" }) } else { json!("*") },
                "Action": "sqs:SendMessage",
                "Resource": draft.attribute("Queue", "Arn"),
                "Condition": when(sound, || json!({ "ArnEquals": { "aws:SourceArn": draft.to("Topic") } })),
            }])),
        }),
    );
    let sound = draft.sound();
    draft.add(
        "QueueAlarm",
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/SQS",
            "MetricName": "ApproximateAgeOfOldestMessage",
            "Dimensions": [{ "Name": "QueueName", "Value": draft.attribute("Queue", "QueueName") }],
            "Statistic": "Maximum",
            "Period": 300,
            "EvaluationPeriods": 3,
            "Threshold": 600,
            "ComparisonOperator": "GreaterThanThreshold",
            "AlarmActions": when(sound, || json!([draft.to("Topic")])),
        }),
    );
}
