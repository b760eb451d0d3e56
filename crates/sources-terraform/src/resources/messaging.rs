//! Queues and topics.

use model::Node;

use crate::mapping::{Mapping, Take, With};
use crate::shape::{as_text, json, listed};

const QUEUE: &[&str] = &["AWS::SQS::Queue"];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_sqs_queue",
        "AWS::SQS::Queue",
        &[
            Take("name", "QueueName"),
            Take("fifo_queue", "FifoQueue"),
            Take("visibility_timeout_seconds", "VisibilityTimeout"),
            Take("message_retention_seconds", "MessageRetentionPeriod"),
            Take("max_message_size", "MaximumMessageSize"),
            Take("delay_seconds", "DelaySeconds"),
            Take("receive_wait_time_seconds", "ReceiveMessageWaitTimeSeconds"),
            Take("content_based_deduplication", "ContentBasedDeduplication"),
            Take("kms_master_key_id", "KmsMasterKeyId"),
            Take("kms_data_key_reuse_period_seconds", "KmsDataKeyReusePeriodSeconds"),
            Take("sqs_managed_sse_enabled", "SqsManagedSseEnabled"),
            With("redrive_policy", "RedrivePolicy", json),
            With("redrive_allow_policy", "RedriveAllowPolicy", json),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part("aws_sqs_queue_redrive_policy", QUEUE, "queue_url", &[With("redrive_policy", "RedrivePolicy", json)]),
    Mapping::part(
        "aws_sqs_queue_redrive_allow_policy",
        QUEUE,
        "queue_url",
        &[With("redrive_allow_policy", "RedriveAllowPolicy", json)],
    ),
    Mapping::each("aws_sqs_queue", "policy", "AWS::SQS::QueuePolicy", "Queues[]", &[With("", "PolicyDocument", json)])
        .split(unless_made_by_aws),
    Mapping::own(
        "aws_sqs_queue_policy",
        "AWS::SQS::QueuePolicy",
        &[With("queue_url", "Queues", listed), With("policy", "PolicyDocument", json)],
    ),
    Mapping::own(
        "aws_sns_topic",
        "AWS::SNS::Topic",
        &[
            Take("name", "TopicName"),
            Take("display_name", "DisplayName"),
            Take("fifo_topic", "FifoTopic"),
            Take("content_based_deduplication", "ContentBasedDeduplication"),
            Take("kms_master_key_id", "KmsMasterKeyId"),
            Take("tracing_config", "TracingConfig"),
            Take("signature_version", "SignatureVersion"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::each("aws_sns_topic", "policy", "AWS::SNS::TopicPolicy", "Topics[]", &[With("", "PolicyDocument", json)])
        .split(unless_made_by_aws),
    Mapping::own(
        "aws_sns_topic_policy",
        "AWS::SNS::TopicPolicy",
        &[With("arn", "Topics", listed), With("policy", "PolicyDocument", json)],
    ),
    Mapping::part(
        "aws_sns_topic_data_protection_policy",
        &["AWS::SNS::Topic"],
        "arn",
        &[With("policy", "DataProtectionPolicy", json)],
    ),
    Mapping::own(
        "aws_sns_topic_subscription",
        "AWS::SNS::Subscription",
        &[
            Take("topic_arn", "TopicArn"),
            Take("protocol", "Protocol"),
            Take("endpoint", "Endpoint"),
            Take("raw_message_delivery", "RawMessageDelivery"),
            Take("subscription_role_arn", "SubscriptionRoleArn"),
            Take("filter_policy_scope", "FilterPolicyScope"),
            With("filter_policy", "FilterPolicy", json),
            With("delivery_policy", "DeliveryPolicy", json),
            With("redrive_policy", "RedrivePolicy", json),
        ],
    ),
];

/// A state also has the policy that AWS gives to a topic that nobody gave one.
fn unless_made_by_aws(policy: &Node) -> Vec<Node> {
    let document = json(policy.clone());
    let id = document.as_ref().and_then(|document| document.get("Id")).and_then(as_text);
    if id == Some("__default_policy_ID") { Vec::new() } else { vec![policy.clone()] }
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn the_policy_that_aws_gives_is_none() {
        let given = node(json!("{\"Id\": \"__default_policy_ID\", \"Statement\": []}"));
        assert_eq!(unless_made_by_aws(&given), []);
        let own = node(json!({ "Statement": [] }));
        assert_eq!(unless_made_by_aws(&own), [own]);
    }
}
