//! Amazon SNS: topics, their policies, and subscriptions.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static SNS: Service = Service {
    endpoint: "sns",
    signing: "sns",
    variable: "SNS",
    protocol: Protocol::Query { version: "2010-03-31", items: &[] },
    scope: Scope::Regional,
};

static TOPICS: Call = Call {
    service: &SNS,
    operation: "ListTopics",
    path: "",
    action: "sns:ListTopics",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SNS::Topic", "AWS::SNS::TopicPolicy"],
    unset: &[],
};

static TOPIC: Call = Call {
    service: &SNS,
    operation: "GetTopicAttributes",
    path: "",
    action: "sns:GetTopicAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &SNS,
    operation: "ListTagsForResource",
    path: "",
    action: "sns:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SUBSCRIPTIONS: Call = Call {
    service: &SNS,
    operation: "ListSubscriptions",
    path: "",
    action: "sns:ListSubscriptions",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SNS::Subscription"],
    unset: &[],
};

static SUBSCRIPTION: Call = Call {
    service: &SNS,
    operation: "GetSubscriptionAttributes",
    path: "",
    action: "sns:GetSubscriptionAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "sns",
    reach: Reach::EveryRegion,
    calls: &[&TOPICS, &TOPIC, &TAGS, &SUBSCRIPTIONS, &SUBSCRIPTION],
    collect: |run| Box::pin(topics(run)),
};

async fn topics(run: &Run) -> Result<(), Halt> {
    let (topics, subscriptions) =
        tokio::join!(run.list(&TOPICS, json!({}), "Topics"), run.list(&SUBSCRIPTIONS, json!({}), "Subscriptions"),);
    if let Ok(subscriptions) = subscriptions {
        run.each(subscriptions, subscription).await;
    }
    run.each(topics?, topic).await;
    Ok(())
}

async fn topic(run: &Run, topic: Node) -> Vec<Draft> {
    let Some(arn) = text(&topic, "TopicArn") else { return Vec::new() };
    let (attributes, tags) =
        tokio::join!(run.get(&TOPIC, json!({ "TopicArn": arn })), run.get(&TAGS, json!({ "ResourceArn": arn })),);
    let name = arn.rsplit(':').next().unwrap_or_default();
    let mut draft = Draft::new("AWS::SNS::Topic", name, topic.origin).name(arn).arn(arn);
    for (attribute, property) in [
        ("ContentBasedDeduplication", "ContentBasedDeduplication"),
        ("DisplayName", "DisplayName"),
        ("FifoTopic", "FifoTopic"),
        ("KmsMasterKeyId", "KmsMasterKeyId"),
        ("SignatureVersion", "SignatureVersion"),
        ("TracingConfig", "TracingConfig"),
        ("SubscriptionsConfirmed", "Observed.SubscriptionsConfirmed"),
        ("SubscriptionsPending", "Observed.SubscriptionsPending"),
    ] {
        draft = draft.set(property, attributes.at(&format!("Attributes.{attribute}")));
    }
    draft = draft
        .set("TopicName", Some(Node::new(Value::Text(name.into()), topic.origin)))
        .set("DeliveryPolicy", attributes.json_at("Attributes.DeliveryPolicy"))
        .set("ArchivePolicy", attributes.json_at("Attributes.ArchivePolicy"))
        .set("Tags", tags.at("Tags"));
    let mut drafts = vec![draft];
    if let Some(policy) = attributes.json_at("Attributes.Policy") {
        let arns = vec![Node::new(Value::Text(arn.into()), topic.origin)];
        let draft = Draft::new("AWS::SNS::TopicPolicy", name, topic.origin).set("PolicyDocument", Some(policy));
        drafts.push(draft.set("Topics", Some(Node::new(Value::List(arns), topic.origin))));
    }
    drafts
}

async fn subscription(run: &Run, subscription: Node) -> Vec<Draft> {
    let Some(arn) = text(&subscription, "SubscriptionArn") else { return Vec::new() };
    let taken =
        [("Endpoint", "Endpoint"), ("Protocol", "Protocol"), ("TopicArn", "TopicArn"), ("Owner", "Observed.Owner")];
    // Until somebody confirms it, a subscription has a word in place of an ARN, and no attributes.
    if !arn.starts_with("arn:") {
        let of = |name| text(&subscription, name).unwrap_or_default();
        let id = format!("{} {} {}", of("TopicArn"), of("Protocol"), of("Endpoint"));
        let pending = Node::new(Value::Bool(true), subscription.origin);
        let draft = Draft::new("AWS::SNS::Subscription", id, subscription.origin).take(&subscription, &taken);
        return vec![draft.set("Observed.PendingConfirmation", Some(pending))];
    }
    let attributes = run.get(&SUBSCRIPTION, json!({ "SubscriptionArn": arn })).await;
    let draft = Draft::new("AWS::SNS::Subscription", arn, subscription.origin).name(arn).arn(arn);
    let draft = draft
        .take(&subscription, &taken)
        .set("RawMessageDelivery", attributes.at("Attributes.RawMessageDelivery"))
        .set("FilterPolicyScope", attributes.at("Attributes.FilterPolicyScope"))
        .set("SubscriptionRoleArn", attributes.at("Attributes.SubscriptionRoleArn"))
        .set("RedrivePolicy", attributes.json_at("Attributes.RedrivePolicy"))
        .set("FilterPolicy", attributes.json_at("Attributes.FilterPolicy"))
        .set("DeliveryPolicy", attributes.json_at("Attributes.DeliveryPolicy"));
    vec![draft.set("Observed.PendingConfirmation", attributes.at("Attributes.PendingConfirmation"))]
}
