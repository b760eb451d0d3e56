//! Amazon Kinesis Data Streams: streams.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static KINESIS: Service = Service {
    endpoint: "kinesis",
    signing: "kinesis",
    variable: "KINESIS",
    protocol: Protocol::Json { target: "Kinesis_20131202", version: "1.1" },
    scope: Scope::Regional,
};

static STREAMS: Call = Call {
    service: &KINESIS,
    operation: "ListStreams",
    path: "",
    action: "kinesis:ListStreams",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Kinesis::Stream"],
    unset: &[],
};

static STREAM: Call = Call {
    service: &KINESIS,
    operation: "DescribeStreamSummary",
    path: "",
    action: "kinesis:DescribeStreamSummary",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// A stream has fifty tags at most: one page.
static TAGS: Call = Call {
    service: &KINESIS,
    operation: "ListTagsForStream",
    path: "",
    action: "kinesis:ListTagsForStream",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "kinesis",
    reach: Reach::EveryRegion,
    calls: &[&STREAMS, &STREAM, &TAGS],
    collect: |run| Box::pin(streams(run)),
};

async fn streams(run: &Run) -> Result<(), Halt> {
    let found = run.list(&STREAMS, json!({ "Limit": 1000 }), "StreamNames").await?;
    run.each(found, stream).await;
    Ok(())
}

async fn stream(run: &Run, name: Node) -> Vec<Draft> {
    let Value::Text(name) = &name.value else { return Vec::new() };
    let (answer, tags) = tokio::join!(
        run.get(&STREAM, json!({ "StreamName": &**name })),
        run.get(&TAGS, json!({ "StreamName": &**name, "Limit": 50 })),
    );
    let mut draft = Draft::new("AWS::Kinesis::Stream", &**name, run.origin(&STREAMS))
        .name(&**name)
        .arn(run.arn("kinesis", &format!("stream/{name}")))
        .set("Name", Some(Node::from_json((**name).into(), run.origin(&STREAMS))));
    if let Some(summary) = answer.at("StreamDescriptionSummary") {
        draft = draft.take(
            &summary,
            &[
                ("OpenShardCount", "ShardCount"),
                ("RetentionPeriodHours", "RetentionPeriodHours"),
                ("StreamModeDetails", "StreamModeDetails"),
                ("StreamStatus", "Observed.Status"),
                ("ConsumerCount", "Observed.ConsumerCount"),
            ],
        );
        // A stream that is not encrypted has no such property.
        if text(&summary, "EncryptionType") != Some("NONE") {
            let names = [("EncryptionType", "StreamEncryption.EncryptionType"), ("KeyId", "StreamEncryption.KeyId")];
            draft = draft.take(&summary, &names);
        }
    }
    vec![draft.set("Tags", tags.at("Tags"))]
}
