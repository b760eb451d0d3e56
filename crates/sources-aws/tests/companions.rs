//! What stands in for what checks look for beside a resource: policies of snapshots, providers of capacity.

mod support;

use model::{Inventory, Node, Value};
use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{found, scanned};

/// What stands at a path of the properties of the resource with an id.
fn property(inventory: &Inventory, id: &str, path: &str) -> Option<Value> {
    let resource = inventory.resources.iter().find(|resource| resource.id == id).expect("the resource");
    let step = |node: &Node, key: &str| node.get(key).cloned();
    path.split('.').try_fold(resource.properties.clone(), |node, key| step(&node, key)).map(|node| node.value)
}

fn policies(asked: &Asked) -> Reply {
    Reply::json(match asked.path.as_str() {
        "/policies" => json!({ "Policies": [{ "PolicyId": "policy-1" }, { "PolicyId": "policy-2" }] }),
        "/policies/policy-1" => json!({ "Policy": {
            "PolicyId": "policy-1", "State": "ENABLED", "DefaultPolicy": false,
            "PolicyArn": "arn:aws:dlm:us-east-1:1:policy/policy-1",
            "PolicyDetails": { "TargetTags": [{ "Key": "backup", "Value": "daily" }] },
        } }),
        _ => json!({ "Policy": {
            "PolicyId": "policy-2", "State": "ENABLED", "DefaultPolicy": true, "PolicyDetails": { "ResourceType": "VOLUME" },
        } }),
    })
}

#[tokio::test]
async fn policies_of_snapshots_say_what_they_cover() {
    let inventory = scanned("dlm", policies).await;
    assert_eq!(property(&inventory, "policy-1", "DefaultPolicy"), None);
    assert!(
        matches!(property(&inventory, "policy-1", "PolicyDetails.TargetTags"), Some(Value::List(tags)) if tags.len() == 1)
    );
    assert_eq!(property(&inventory, "policy-2", "DefaultPolicy"), Some(Value::Text("VOLUME".into())));

    let denied = scanned("dlm", |asked| match asked.path.as_str() {
        "/policies" => policies(asked),
        _ => Reply::error("AccessDeniedException"),
    })
    .await;
    assert!(matches!(property(&denied, "policy-1", "PolicyDetails"), Some(Value::Unknown(_))));
    assert!(matches!(property(&denied, "policy-1", "DefaultPolicy"), Some(Value::Unknown(_))));
    let empty = scanned("dlm", |_| Reply::json(json!({ "Policies": [] }))).await;
    assert!(found(&empty).is_empty() && empty.gaps.is_empty());
}

#[tokio::test]
async fn capacity_comes_from_groups_of_machines() {
    let arn = "arn:aws:autoscaling:us-east-1:1:autoScalingGroup:u:autoScalingGroupName/web";
    let group = json!({ "autoScalingGroupArn": arn, "managedScaling": { "status": "ENABLED", "targetCapacity": 90 } });
    let inventory = scanned("ecs_capacity", move |asked| {
        Reply::json(match asked.json()["nextToken"].as_str() {
            None => json!({ "capacityProviders": [{ "name": "FARGATE", "status": "ACTIVE" }], "nextToken": "more" }),
            Some(_) => json!({ "capacityProviders": [{
                "name": "web", "capacityProviderArn": "arn:aws:ecs:us-east-1:1:capacity-provider/web",
                "autoScalingGroupProvider": group,
            }] }),
        })
    })
    .await;
    let named: Vec<String> = found(&inventory).iter().map(|found| format!("{} {}", found.kind, found.id)).collect();
    assert_eq!(named, ["AWS::ECS::CapacityProvider web"]);
    let status = property(&inventory, "web", "AutoScalingGroupProvider.ManagedScaling.Status");
    assert_eq!(status, Some(Value::Text("ENABLED".into())));
    let denied = scanned("ecs_capacity", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(denied.gaps[0].hides, ["AWS::ECS::CapacityProvider"]);
}
