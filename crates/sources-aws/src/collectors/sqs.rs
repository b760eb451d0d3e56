//! Amazon SQS: queues, and their policies.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

static SQS: Service = Service {
    endpoint: "sqs",
    signing: "sqs",
    variable: "SQS",
    protocol: Protocol::Json { target: "AmazonSQS", version: "1.0" },
    scope: Scope::Regional,
};

/// Without `MaxResults` the service answers with 1,000 queues and no token for the rest.
static LIST: Call = Call {
    service: &SQS,
    operation: "ListQueues",
    path: "",
    action: "sqs:ListQueues",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SQS::Queue", "AWS::SQS::QueuePolicy"],
    unset: &[],
};

static ATTRIBUTES: Call = Call {
    service: &SQS,
    operation: "GetQueueAttributes",
    path: "",
    action: "sqs:GetQueueAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &SQS,
    operation: "ListQueueTags",
    path: "",
    action: "sqs:ListQueueTags",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "sqs",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &ATTRIBUTES, &TAGS],
    collect: |run| Box::pin(queues(run)),
};

async fn queues(run: &Run) -> Result<(), Halt> {
    let urls = run.list(&LIST, json!({ "MaxResults": 1000 }), "QueueUrls").await?;
    run.each(urls, queue).await;
    Ok(())
}

/// Attributes have the names of the properties; those that hold JSON hold it as text.
async fn queue(run: &Run, url: Node) -> Vec<Draft> {
    let Value::Text(text) = &url.value else { return Vec::new() };
    let (attributes, tags) = tokio::join!(
        run.get(&ATTRIBUTES, json!({ "QueueUrl": &**text, "AttributeNames": ["All"] })),
        run.get(&TAGS, json!({ "QueueUrl": &**text })),
    );
    let name = text.rsplit('/').next().unwrap_or_default();
    let mut queue = Draft::new("AWS::SQS::Queue", &**text, url.origin).name(name);
    if let Some(Node { value: Value::Text(arn), .. }) = attributes.at("Attributes.QueueArn") {
        queue = queue.arn(arn);
    }
    for property in [
        "ContentBasedDeduplication",
        "DelaySeconds",
        "FifoQueue",
        "KmsDataKeyReusePeriodSeconds",
        "KmsMasterKeyId",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "ReceiveMessageWaitTimeSeconds",
        "SqsManagedSseEnabled",
        "VisibilityTimeout",
    ] {
        queue = queue.set(property, attributes.at(&format!("Attributes.{property}")));
    }
    queue = queue
        .set("QueueName", Some(Node::new(Value::Text(name.into()), url.origin)))
        .set("RedrivePolicy", attributes.json_at("Attributes.RedrivePolicy"))
        .set("RedriveAllowPolicy", attributes.json_at("Attributes.RedriveAllowPolicy"))
        .set("Tags", tags.at("Tags"));
    let mut drafts = vec![queue];
    if let Some(policy) = attributes.json_at("Attributes.Policy") {
        let queues = Node::new(Value::List(vec![url.clone()]), url.origin);
        let draft = Draft::new("AWS::SQS::QueuePolicy", &**text, url.origin);
        drafts.push(draft.set("PolicyDocument", Some(policy)).set("Queues", Some(queues)));
    }
    drafts
}
