//! Amazon ECS: what provides the capacity that tasks run on.

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

use super::ecs::ECS;
use crate::{Collector, Draft, Halt, Reach, Run};

static PROVIDERS: Call = Call {
    service: &ECS,
    operation: "DescribeCapacityProviders",
    path: "",
    action: "ecs:DescribeCapacityProviders",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::ECS::CapacityProvider"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ecs_capacity",
    reach: Reach::EveryRegion,
    calls: &[&PROVIDERS],
    collect: |run| Box::pin(providers(run)),
};

/// Those of Fargate, which every account has, are listed as well; they have no group of machines.
async fn providers(run: &Run) -> Result<(), Halt> {
    for found in run.list(&PROVIDERS, json!({}), "capacityProviders").await? {
        let text = |key: &str| match found.get(key) {
            Some(Node { value: Value::Text(text), .. }) => Some(text.to_string()),
            _ => None,
        };
        let Some(name) = text("name").filter(|_| found.get("autoScalingGroupProvider").is_some()) else { continue };
        let draft = Draft::new("AWS::ECS::CapacityProvider", &*name, found.origin).name(&*name).take(
            &found,
            &[
                ("name", "Name"),
                ("autoScalingGroupProvider.autoScalingGroupArn", "AutoScalingGroupProvider.AutoScalingGroupArn"),
                ("autoScalingGroupProvider.managedScaling.status", "AutoScalingGroupProvider.ManagedScaling.Status"),
                (
                    "autoScalingGroupProvider.managedScaling.targetCapacity",
                    "AutoScalingGroupProvider.ManagedScaling.TargetCapacity",
                ),
                (
                    "autoScalingGroupProvider.managedTerminationProtection",
                    "AutoScalingGroupProvider.ManagedTerminationProtection",
                ),
                ("status", "Observed.Status"),
            ],
        );
        run.add(match text("capacityProviderArn") {
            Some(arn) => draft.arn(arn),
            None => draft,
        });
    }
    Ok(())
}
