//! Application Auto Scaling: what of DynamoDB and ECS is scaled, and how.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;
use std::collections::HashMap;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static APPLICATION_AUTO_SCALING: Service = Service {
    endpoint: "application-autoscaling",
    signing: "application-autoscaling",
    variable: "APPLICATION_AUTO_SCALING",
    protocol: Protocol::Json { target: "AnyScaleFrontendService", version: "1.1" },
    scope: Scope::Regional,
};

static TARGETS: Call = Call {
    service: &APPLICATION_AUTO_SCALING,
    operation: "DescribeScalableTargets",
    path: "",
    action: "application-autoscaling:DescribeScalableTargets",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::ApplicationAutoScaling::ScalableTarget"],
    unset: &[],
};

static POLICIES: Call = Call {
    service: &APPLICATION_AUTO_SCALING,
    operation: "DescribeScalingPolicies",
    path: "",
    action: "application-autoscaling:DescribeScalingPolicies",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::ApplicationAutoScaling::ScalingPolicy"],
    unset: &[],
};

static SCHEDULED: Call = Call {
    service: &APPLICATION_AUTO_SCALING,
    operation: "DescribeScheduledActions",
    path: "",
    action: "application-autoscaling:DescribeScheduledActions",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::ApplicationAutoScaling::ScalableTarget"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "applicationautoscaling",
    reach: Reach::EveryRegion,
    calls: &[&TARGETS, &POLICIES, &SCHEDULED],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    for namespace in ["dynamodb", "ecs"] {
        let asked = json!({ "ServiceNamespace": namespace });
        let (targets, policies, actions) = tokio::join!(
            run.list(&TARGETS, asked.clone(), "ScalableTargets"),
            run.list(&POLICIES, asked.clone(), "ScalingPolicies"),
            run.list(&SCHEDULED, asked, "ScheduledActions"),
        );
        policies.unwrap_or_default().iter().filter_map(policy).for_each(|draft| run.add(draft));
        // Targets without their scheduled actions would be targets that are known to have none.
        let (Ok(targets), Ok(actions)) = (targets, actions) else { continue };
        let mut scheduled: HashMap<String, Vec<Node>> = HashMap::new();
        for action in actions {
            if let Some(id) = id(&action) {
                scheduled.entry(id).or_default().push(action);
            }
        }
        for target in &targets {
            let Some(id) = id(target) else { continue };
            let actions = scheduled.remove(&id).map(|actions| Node::new(Value::List(actions), target.origin));
            let draft = Draft::new("AWS::ApplicationAutoScaling::ScalableTarget", &*id, target.origin).name(id);
            let names = [
                ("ResourceId", "ResourceId"),
                ("ServiceNamespace", "ServiceNamespace"),
                ("ScalableDimension", "ScalableDimension"),
                ("MinCapacity", "MinCapacity"),
                ("MaxCapacity", "MaxCapacity"),
                ("RoleARN", "RoleARN"),
                ("SuspendedState", "SuspendedState"),
            ];
            run.add(draft.take(target, &names).set("ScheduledActions", actions));
        }
    }
    Ok(())
}

/// What CloudFormation calls a target by.
fn id(node: &Node) -> Option<String> {
    let of = |name| text(node, name);
    Some(format!("{}|{}|{}", of("ResourceId")?, of("ScalableDimension")?, of("ServiceNamespace")?))
}

fn policy(policy: &Node) -> Option<Draft> {
    let (target, arn) = (id(policy)?, text(policy, "PolicyARN")?);
    let target = Node::new(Value::Text(target.into()), policy.origin);
    let draft = Draft::new("AWS::ApplicationAutoScaling::ScalingPolicy", arn, policy.origin).arn(arn);
    Some(
        draft
            .take(
                policy,
                &[
                    ("PolicyName", "PolicyName"),
                    ("PolicyType", "PolicyType"),
                    ("ResourceId", "ResourceId"),
                    ("ServiceNamespace", "ServiceNamespace"),
                    ("ScalableDimension", "ScalableDimension"),
                    ("TargetTrackingScalingPolicyConfiguration", "TargetTrackingScalingPolicyConfiguration"),
                    ("StepScalingPolicyConfiguration", "StepScalingPolicyConfiguration"),
                ],
            )
            .set("ScalingTargetId", Some(target)),
    )
}
