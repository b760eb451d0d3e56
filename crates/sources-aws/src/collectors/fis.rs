//! AWS Fault Injection Service: templates of experiments.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static FIS: Service =
    Service { endpoint: "fis", signing: "fis", variable: "FIS", protocol: Protocol::RestJson, scope: Scope::Regional };

static LIST: Call = Call {
    service: &FIS,
    operation: "ListExperimentTemplates",
    path: "GET /experimentTemplates",
    action: "fis:ListExperimentTemplates",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::FIS::ExperimentTemplate"],
    unset: &[],
};

static TEMPLATE: Call = Call {
    service: &FIS,
    operation: "GetExperimentTemplate",
    path: "GET /experimentTemplates/{id}",
    action: "fis:GetExperimentTemplate",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "fis",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &TEMPLATE],
    collect: |run| Box::pin(templates(run)),
};

async fn templates(run: &Run) -> Result<(), Halt> {
    let templates = run.list(&LIST, json!({ "maxResults": 100 }), "experimentTemplates").await?;
    run.each(templates, template).await;
    Ok(())
}

async fn template(run: &Run, found: Node) -> Vec<Draft> {
    let Some(id) = text(&found, "id") else { return Vec::new() };
    let answer = run.get(&TEMPLATE, json!({ "id": id })).await;
    let mut draft = Draft::new("AWS::FIS::ExperimentTemplate", id, found.origin).name(id);
    if let Some(arn) = text(&found, "arn") {
        draft = draft.arn(arn);
    }
    let names = [("description", "Description"), ("tags", "Tags"), ("creationTime", "Observed.CreationTime")];
    draft = draft.take(&found, &names).set("RoleArn", answer.at("experimentTemplate.roleArn"));
    for (property, path) in [("Actions", "experimentTemplate.actions"), ("Targets", "experimentTemplate.targets")] {
        draft = draft.set(property, answer.at(path).map(named));
    }
    vec![draft.set("StopConditions", answer.at("experimentTemplate.stopConditions").map(capitals))]
}

/// The names of actions and targets are those of people; only within them names are properties.
fn named(node: Node) -> Node {
    let Value::Map(entries) = node.value else { return node };
    Node::new(Value::Map(entries.into_iter().map(|(name, node)| (name, capitals(node))).collect()), node.origin)
}
