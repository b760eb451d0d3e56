//! Amazon CloudWatch Synthetics: canaries.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{pairs, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static SYNTHETICS: Service = Service {
    endpoint: "synthetics",
    signing: "synthetics",
    variable: "SYNTHETICS",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static CANARIES: Call = Call {
    service: &SYNTHETICS,
    operation: "DescribeCanaries",
    path: "POST /canaries",
    action: "synthetics:DescribeCanaries",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Synthetics::Canary"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "synthetics",
    reach: Reach::EveryRegion,
    calls: &[&CANARIES],
    collect: |run| Box::pin(canaries(run)),
};

async fn canaries(run: &Run) -> Result<(), Halt> {
    for found in run.list(&CANARIES, json!({}), "Canaries").await? {
        let Some(name) = text(&found, "Name") else { continue };
        let draft = Draft::new("AWS::Synthetics::Canary", name, found.origin).name(name).take(
            &found,
            &[
                ("Name", "Name"),
                ("Schedule", "Schedule"),
                ("ExecutionRoleArn", "ExecutionRoleArn"),
                ("RunConfig", "RunConfig"),
                ("RuntimeVersion", "RuntimeVersion"),
                ("SuccessRetentionPeriodInDays", "SuccessRetentionPeriod"),
                ("FailureRetentionPeriodInDays", "FailureRetentionPeriod"),
                ("ArtifactS3Location", "ArtifactS3Location"),
                ("VpcConfig", "VPCConfig"),
                ("Status.State", "Observed.State"),
                ("Timeline.LastStarted", "Observed.LastStarted"),
            ],
        );
        let started = part(&found, "Status.State").map(runs);
        run.add(draft.set("StartCanaryAfterCreation", started).set("Tags", part(&found, "Tags").map(pairs)));
    }
    Ok(())
}

/// A canary that runs has been started, whoever did it.
fn runs(state: Node) -> Node {
    let Value::Text(text) = &state.value else { return state };
    Node::new(Value::Bool(matches!(&**text, "STARTING" | "RUNNING" | "UPDATING")), state.origin)
}
