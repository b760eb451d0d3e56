//! AWS Step Functions: state machines.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::names::capitals;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static STATES: Service = Service {
    endpoint: "states",
    signing: "states",
    variable: "SFN",
    protocol: Protocol::Json { target: "AWSStepFunctions", version: "1.0" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &STATES,
    operation: "ListStateMachines",
    path: "",
    action: "states:ListStateMachines",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::StepFunctions::StateMachine"],
    unset: &[],
};

static DESCRIBE: Call = Call {
    service: &STATES,
    operation: "DescribeStateMachine",
    path: "",
    action: "states:DescribeStateMachine",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &STATES,
    operation: "ListTagsForResource",
    path: "",
    action: "states:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "stepfunctions",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &DESCRIBE, &TAGS],
    collect: |run| Box::pin(machines(run)),
};

async fn machines(run: &Run) -> Result<(), Halt> {
    let machines = run.list(&LIST, json!({ "maxResults": 1000 }), "stateMachines").await?;
    run.each(machines, machine).await;
    Ok(())
}

async fn machine(run: &Run, machine: Node) -> Vec<Draft> {
    let (Some(arn), Some(name)) = (text(&machine, "stateMachineArn"), text(&machine, "name")) else {
        return Vec::new();
    };
    let (found, tags) = tokio::join!(
        run.get(&DESCRIBE, json!({ "stateMachineArn": arn })),
        run.get(&TAGS, json!({ "resourceArn": arn })),
    );
    let draft = Draft::new("AWS::StepFunctions::StateMachine", name, machine.origin)
        .name(name)
        .arn(arn)
        .take(&machine, &[("name", "StateMachineName"), ("type", "StateMachineType")])
        .set("DefinitionString", found.at("definition"))
        .set("RoleArn", found.at("roleArn"))
        .set("LoggingConfiguration", found.at("loggingConfiguration").map(capitals))
        .set("TracingConfiguration", found.at("tracingConfiguration").map(capitals))
        .set("EncryptionConfiguration", found.at("encryptionConfiguration").map(capitals))
        .set("Tags", tags.at("tags").map(capitals))
        .set("Observed.Status", found.at("status"));
    vec![draft]
}
