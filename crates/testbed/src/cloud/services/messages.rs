//! Amazon SQS and Amazon SNS.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name, number_of};

pub(super) fn queues(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let total = population.count(Kind::Queue, region);
    let number = number_of(question.text("QueueUrl")).filter(|number| *number < total);
    Some(match (question.operation.as_str(), number) {
        ("ListQueues", _) => {
            let url = |number| json!(format!("https://sqs.{region}.amazonaws.com/{ACCOUNT}/{}", name(number)));
            let (urls, next) = account.items(total, "MaxResults", 1000, url);
            with(json!({ "QueueUrls": urls }), "NextToken", next)
        }
        ("GetQueueAttributes", Some(number)) => Answer::Tree(json!({ "Attributes": queue(account, number) })),
        ("ListQueueTags", Some(_)) => Answer::Tree(json!({ "Tags": { "Environment": "production" } })),
        ("GetQueueAttributes" | "ListQueueTags", None) => Answer::Error(400, "QueueDoesNotExist"),
        _ => return None,
    })
}

fn queue(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Queue, account.region(), number);
    let arn = account.arn("sqs", &name(number));
    let mut attributes = json!({
        "QueueArn": arn,
        "VisibilityTimeout": "30",
        "DelaySeconds": "0",
        "MaximumMessageSize": "262144",
        "MessageRetentionPeriod": "345600",
        "ReceiveMessageWaitTimeSeconds": if dice.happens(50) { "20" } else { "0" },
        "SqsManagedSseEnabled": if dice.happens(80) { "true" } else { "false" },
    });
    if account.population.queue_policy(account.region(), number) {
        let statement = json!({ "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{ACCOUNT}:root") },
                                "Action": "sqs:SendMessage", "Resource": arn });
        attributes["Policy"] = json!(json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string());
    }
    if dice.happens(50) {
        let policy = json!({ "deadLetterTargetArn": account.arn("sqs", &name(0)), "maxReceiveCount": 5 });
        attributes["RedrivePolicy"] = json!(policy.to_string());
    }
    attributes
}

pub(super) fn topics(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let total = population.count(Kind::Topic, region);
    let topic = |number| account.arn("sns", &name(number));
    // The ARN of a subscription is that of its topic and an id.
    let subscription = |number| format!("{}:00000000-0000-4000-8000-{number}", topic(number));
    let asked = ["TopicArn", "SubscriptionArn", "ResourceArn"].map(|name| question.text(name));
    let number = asked.into_iter().find_map(number_of).filter(|number| *number < total);
    let entries = |attributes: &[(&str, String)]| {
        let entries: Vec<Value> = attributes.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
        Answer::Tree(json!({ "Attributes": { "entry": entries } }))
    };
    Some(match (question.operation.as_str(), number) {
        ("ListTopics", _) => {
            let (topics, next) = account.items(total, "", 100, |number| json!({ "TopicArn": topic(number) }));
            with(json!({ "Topics": { "member": topics } }), "NextToken", next)
        }
        ("ListSubscriptions", _) => {
            let item = |number| {
                json!({ "SubscriptionArn": subscription(number), "Owner": ACCOUNT, "Protocol": "sqs",
                        "Endpoint": account.arn("sqs", &name(number)), "TopicArn": topic(number) })
            };
            let (subscriptions, next) = account.items(total, "", 100, item);
            with(json!({ "Subscriptions": { "member": subscriptions } }), "NextToken", next)
        }
        ("GetTopicAttributes", Some(number)) => {
            let mut dice = population.dice(Kind::Topic, region, number);
            let statement = json!({ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "SNS:Publish",
                "Resource": topic(number), "Condition": { "StringEquals": { "AWS:SourceOwner": ACCOUNT } } });
            let policy = json!({ "Version": "2008-10-17", "Statement": [statement] });
            let mut attributes =
                vec![("TopicArn", topic(number)), ("Owner", ACCOUNT.to_owned()), ("Policy", policy.to_string())];
            if dice.happens(60) {
                attributes.push(("KmsMasterKeyId", "alias/aws/sns".to_owned()));
            }
            entries(&attributes)
        }
        ("GetSubscriptionAttributes", Some(number)) => entries(&[
            ("SubscriptionArn", subscription(number)),
            ("RawMessageDelivery", "false".to_owned()),
            ("PendingConfirmation", "false".to_owned()),
        ]),
        ("ListTagsForResource", Some(_)) => {
            Answer::Tree(json!({ "Tags": { "member": [{ "Key": "Environment", "Value": "production" }] } }))
        }
        ("GetTopicAttributes" | "GetSubscriptionAttributes" | "ListTagsForResource", None) => {
            Answer::Error(404, "NotFound")
        }
        _ => return None,
    })
}
