//! AWS CodeBuild: projects.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static CODEBUILD: Service = Service {
    endpoint: "codebuild",
    signing: "codebuild",
    variable: "CODEBUILD",
    protocol: Protocol::Json { target: "CodeBuild_20161006", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &CODEBUILD,
    operation: "ListProjects",
    path: "",
    action: "codebuild:ListProjects",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::CodeBuild::Project"],
    unset: &[],
};

static PROJECTS: Call = Call {
    service: &CODEBUILD,
    operation: "BatchGetProjects",
    path: "",
    action: "codebuild:BatchGetProjects",
    pages: Pages::One,
    yields: &["AWS::CodeBuild::Project"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "codebuild",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &PROJECTS],
    collect: |run| Box::pin(projects(run)),
};

/// As many projects as can be asked for at once.
const AT_ONCE: usize = 100;

async fn projects(run: &Run) -> Result<(), Halt> {
    let listed = run.list(&LIST, json!({}), "projects").await?;
    let names: Vec<&str> = listed.iter().filter_map(name).collect();
    for names in names.chunks(AT_ONCE) {
        let found = run.list(&PROJECTS, json!({ "names": names }), "projects").await?;
        found.into_iter().filter_map(project).for_each(|draft| run.add(draft));
    }
    Ok(())
}

fn name(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(name) => Some(name),
        _ => None,
    }
}

fn project(found: Node) -> Option<Draft> {
    let found = capitals(found);
    let name = text(&found, "Name")?;
    let mut draft = Draft::new("AWS::CodeBuild::Project", name, found.origin).name(name);
    if let Some(arn) = text(&found, "Arn") {
        draft = draft.arn(arn);
    }
    Some(draft.take(
        &found,
        &[
            ("Name", "Name"),
            ("Description", "Description"),
            ("Source", "Source"),
            ("Source.Buildspec", "Source.BuildSpec"),
            ("SourceVersion", "SourceVersion"),
            ("SecondarySources", "SecondarySources"),
            ("Artifacts", "Artifacts"),
            ("SecondaryArtifacts", "SecondaryArtifacts"),
            ("Environment", "Environment"),
            ("ServiceRole", "ServiceRole"),
            ("TimeoutInMinutes", "TimeoutInMinutes"),
            ("QueuedTimeoutInMinutes", "QueuedTimeoutInMinutes"),
            ("EncryptionKey", "EncryptionKey"),
            ("Cache", "Cache"),
            ("VpcConfig", "VpcConfig"),
            ("LogsConfig", "LogsConfig"),
            ("FileSystemLocations", "FileSystemLocations"),
            ("ConcurrentBuildLimit", "ConcurrentBuildLimit"),
            ("ProjectVisibility", "Visibility"),
            ("Tags", "Tags"),
            ("Badge.BadgeEnabled", "BadgeEnabled"),
            ("Created", "Observed.Created"),
            ("LastModified", "Observed.LastModified"),
        ],
    ))
}
