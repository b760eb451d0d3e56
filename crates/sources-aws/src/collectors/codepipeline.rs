//! AWS CodePipeline: pipelines.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::names::capitals;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static CODEPIPELINE: Service = Service {
    endpoint: "codepipeline",
    signing: "codepipeline",
    variable: "CODEPIPELINE",
    protocol: Protocol::Json { target: "CodePipeline_20150709", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &CODEPIPELINE,
    operation: "ListPipelines",
    path: "",
    action: "codepipeline:ListPipelines",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::CodePipeline::Pipeline"],
    unset: &[],
};

static PIPELINE: Call = Call {
    service: &CODEPIPELINE,
    operation: "GetPipeline",
    path: "",
    action: "codepipeline:GetPipeline",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "codepipeline",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &PIPELINE],
    collect: |run| Box::pin(pipelines(run)),
};

async fn pipelines(run: &Run) -> Result<(), Halt> {
    let pipelines = run.list(&LIST, json!({ "maxResults": 1000 }), "pipelines").await?;
    run.each(pipelines, pipeline).await;
    Ok(())
}

async fn pipeline(run: &Run, found: Node) -> Vec<Draft> {
    let Some(name) = text(&found, "name") else { return Vec::new() };
    let answer = run.get(&PIPELINE, json!({ "name": name })).await;
    let mut draft = Draft::new("AWS::CodePipeline::Pipeline", name, found.origin).name(name);
    if let Some(arn) = answer.whole().as_ref().and_then(|node| text(node, "metadata.pipelineArn")) {
        draft = draft.arn(arn);
    }
    draft = draft.take(
        &found,
        &[
            ("name", "Name"),
            ("pipelineType", "PipelineType"),
            ("executionMode", "ExecutionMode"),
            ("created", "Observed.Created"),
            ("updated", "Observed.Updated"),
        ],
    );
    for (property, path) in [
        ("RoleArn", "pipeline.roleArn"),
        ("ArtifactStore", "pipeline.artifactStore"),
        ("Stages", "pipeline.stages"),
        ("Triggers", "pipeline.triggers"),
    ] {
        draft = draft.set(property, answer.at(path).map(capitals));
    }
    vec![draft]
}
