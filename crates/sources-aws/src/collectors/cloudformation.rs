//! AWS CloudFormation: stacks. Values of parameters and outputs may be secrets, and are not kept.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static CLOUDFORMATION: Service = Service {
    endpoint: "cloudformation",
    signing: "cloudformation",
    variable: "CLOUDFORMATION",
    protocol: Protocol::Query { version: "2010-05-15", items: &[] },
    scope: Scope::Regional,
};

static STACKS: Call = Call {
    service: &CLOUDFORMATION,
    operation: "DescribeStacks",
    path: "",
    action: "cloudformation:DescribeStacks",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::CloudFormation::Stack"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cloudformation",
    reach: Reach::EveryRegion,
    calls: &[&STACKS],
    collect: |run| Box::pin(stacks(run)),
};

async fn stacks(run: &Run) -> Result<(), Halt> {
    for found in run.list(&STACKS, json!({}), "Stacks").await? {
        let (Some(name), Some(id)) = (text(&found, "StackName"), text(&found, "StackId")) else { continue };
        let draft = Draft::new("AWS::CloudFormation::Stack", name, found.origin).name(name).arn(id).take(
            &found,
            &[
                ("StackName", "StackName"),
                ("Description", "Description"),
                ("NotificationARNs", "NotificationARNs"),
                ("RoleARN", "RoleARN"),
                ("Capabilities", "Capabilities"),
                ("DisableRollback", "DisableRollback"),
                ("TimeoutInMinutes", "TimeoutInMinutes"),
                ("EnableTerminationProtection", "EnableTerminationProtection"),
                ("Tags", "Tags"),
                ("StackStatus", "Observed.StackStatus"),
                ("CreationTime", "Observed.CreationTime"),
                ("LastUpdatedTime", "Observed.LastUpdatedTime"),
                ("ParentId", "Observed.ParentId"),
                ("DriftInformation.StackDriftStatus", "Observed.StackDriftStatus"),
                ("DriftInformation.LastCheckTimestamp", "Observed.LastDriftCheckTimestamp"),
            ],
        );
        let parameters = part(&found, "Parameters").map(|node| names(node, "ParameterKey"));
        let outputs = part(&found, "Outputs").map(|node| names(node, "OutputKey"));
        run.add(draft.set("Observed.ParameterNames", parameters).set("Observed.OutputNames", outputs));
    }
    Ok(())
}

fn names(node: Node, key: &str) -> Node {
    let Value::List(items) = node.value else { return node };
    Node::new(Value::List(items.iter().filter_map(|item| part(item, key)).collect()), node.origin)
}
