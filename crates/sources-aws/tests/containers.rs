//! Containers, what scales them, and streams, read from a stand-in and judged by checks.

mod support;

use serde_json::{Value, json};
use support::{found, is_empty_or_denied, missing, property, route, scanned, statuses};
use testbed::cloud::{Asked, Reply};

const SHOP: &str = "arn:aws:ecs:us-east-1:1:cluster/shop";
const BARE: &str = "arn:aws:ecs:us-east-1:1:cluster/bare";

/// Two clusters on two pages; in one of them eleven services, of which ten are described at once.
fn ecs(asked: &Asked) -> Reply {
    let service = |number: usize| format!("arn:aws:ecs:us-east-1:1:service/shop/s{number:02}");
    let body = asked.json();
    Reply::json(match asked.operation() {
        "ListClusters" if body["nextToken"].is_null() => json!({ "clusterArns": [SHOP], "nextToken": "more" }),
        "ListClusters" => json!({ "clusterArns": [BARE] }),
        "DescribeClusters" => json!({ "failures": [], "clusters": [
            { "clusterName": "shop", "clusterArn": SHOP, "tags": [{ "key": "Owner", "value": "shop" }],
              "settings": [{ "name": "containerInsights", "value": "enabled" }] },
            { "clusterName": "bare", "clusterArn": BARE, "settings": [{ "name": "containerInsights", "value": "disabled" }] },
        ] }),
        "ListServices" if body["cluster"] == BARE => json!({ "serviceArns": [] }),
        "ListServices" => json!({ "serviceArns": (0..11).map(service).collect::<Vec<_>>() }),
        "DescribeServices" => {
            let asked = body["services"].as_array().cloned().unwrap_or_default();
            assert!(asked.len() <= 10 && body["cluster"] == SHOP);
            let described = asked.iter().filter_map(Value::as_str).map(|arn| {
                let public = if arn.ends_with("s10") { "ENABLED" } else { "DISABLED" };
                json!({ "serviceArn": arn, "serviceName": arn.rsplit('/').next(), "clusterArn": SHOP,
                    "launchType": "FARGATE", "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/web:7",
                    "schedulingStrategy": "REPLICA", "networkConfiguration": { "awsvpcConfiguration": {
                        "subnets": ["subnet-1"], "assignPublicIp": public } } })
            });
            json!({ "services": described.collect::<Vec<_>>(), "failures": [] })
        }
        "DescribeTaskDefinition" => json!({ "tags": [{ "key": "Owner", "value": "shop" }], "taskDefinition": {
            "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
            "containerDefinitions": [{ "name": "web", "privileged": true, "readonlyRootFilesystem": true,
                "dockerLabels": { "com.shop": "x" },
                "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "web", "mode": "x" } } }],
            "volumes": [{ "name": "v", "efsVolumeConfiguration": { "fileSystemId": "fs-1" } }],
        } }),
        _ => json!({}),
    })
}

#[tokio::test]
async fn clusters_services_and_tasks() {
    let inventory = scanned("ecs", ecs).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "ecs_cluster_container_insights"), ["bare fail", "shop pass"]);
    let public = statuses(&inventory, "ecs_service_no_public_ip");
    assert_eq!((public.len(), &*public[0], &*public[10]), (11, "s00 pass", "s10 fail"));
    // All services run one task definition.
    assert_eq!(statuses(&inventory, "ecs_task_no_privileged"), ["web:7 fail"]);
    assert_eq!(statuses(&inventory, "ecs_task_readonly_root"), ["web:7 pass"]);
    let task = "arn:aws:ecs:us-east-1:1:task-definition/web:7";
    let container = &property(&inventory, task, "ContainerDefinitions")[0];
    // Names that people gave are left alone.
    assert_eq!(container["LogConfiguration"]["Options"], json!({ "awslogs-group": "web", "mode": "x" }));
    assert_eq!(container["DockerLabels"], json!({ "com.shop": "x" }));
    assert_eq!(property(&inventory, task, "Volumes")[0]["EFSVolumeConfiguration"]["FileSystemId"], "fs-1");
    assert_eq!(property(&inventory, "shop", "Tags"), json!([{ "Key": "Owner", "Value": "shop" }]));
    let denied = || Reply::error("AccessDeniedException");
    let inventory = scanned("ecs", move |asked| match asked.operation() {
        "DescribeTaskDefinition" => denied(),
        _ => ecs(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "ecs_task_no_privileged"), ["web:7 unknown"]);
    let inventory = scanned("ecs", move |asked| match asked.operation() {
        "ListServices" if asked.json()["cluster"] == BARE => denied(),
        _ => ecs(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "ecs_service_no_public_ip").len(), 11, "those of the other cluster count");
    assert_eq!(missing(&inventory), ["ecs:ListServices"]);
    is_empty_or_denied("ecs", Reply::json(json!({ "clusterArns": [] })), denied(), "ecs:ListClusters").await;
}

#[tokio::test]
async fn what_could_not_be_described_is_not_absent() {
    let failing = |reason: &'static str| {
        move |asked: &Asked| match asked.operation() {
            "DescribeClusters" => Reply::json(json!({ "clusters": [{ "clusterName": "shop", "clusterArn": SHOP }],
                "failures": [{ "arn": BARE, "reason": reason }] })),
            _ => ecs(asked),
        }
    };
    let inventory = scanned("ecs", failing("INTERNAL")).await;
    assert_eq!(inventory.gaps.len(), 1, "{:?}", inventory.gaps);
    assert_eq!(inventory.gaps[0].call.as_deref(), Some("DescribeClusters"));
    assert_eq!(inventory.gaps[0].hides, ["AWS::ECS::Cluster"]);
    assert_eq!(statuses(&inventory, "ecs_cluster_container_insights"), ["shop fail"]);
    // What is gone since it was listed is gone.
    assert!(scanned("ecs", failing("MISSING")).await.gaps.is_empty());
}

#[tokio::test]
async fn what_application_auto_scaling_scales() {
    let target = |kind: &str, id: &str, dimension: &str| json!({ "ServiceNamespace": kind, "ResourceId": id, "ScalableDimension": dimension, "MinCapacity": 1, "MaxCapacity": 9 });
    let reply = move |asked: &Asked| {
        let body = asked.json();
        let kind = body["ServiceNamespace"].as_str().unwrap_or_default();
        Reply::json(match (asked.operation(), kind, body["NextToken"].is_null()) {
            ("DescribeScalableTargets", "dynamodb", true) => json!({ "NextToken": "more", "ScalableTargets": [
                target(kind, "table/kept", "dynamodb:table:ReadCapacityUnits") ] }),
            ("DescribeScalableTargets", "dynamodb", false) => json!({ "ScalableTargets": [
                target(kind, "table/kept", "dynamodb:table:WriteCapacityUnits") ] }),
            ("DescribeScalableTargets", "ecs", _) => json!({ "ScalableTargets": [
                target(kind, "service/shop/web", "ecs:service:DesiredCount") ] }),
            ("DescribeScalingPolicies", "ecs", _) => json!({ "ScalingPolicies": [
                { "PolicyARN": "arn:policy", "PolicyName": "p", "PolicyType": "TargetTrackingScaling", "ServiceNamespace": kind,
                  "ResourceId": "service/shop/web", "ScalableDimension": "ecs:service:DesiredCount" } ] }),
            ("DescribeScheduledActions", "dynamodb", _) => json!({ "ScheduledActions": [
                { "ScheduledActionName": "night", "ResourceId": "table/kept", "ServiceNamespace": kind,
                  "ScalableDimension": "dynamodb:table:ReadCapacityUnits", "Schedule": "cron(0 22 * * ? *)" } ] }),
            _ => json!({}),
        })
    };
    let inventory = scanned("applicationautoscaling", reply).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let ids: Vec<&str> = found(&inventory).iter().map(|found| found.id.as_str()).collect();
    let (read, write) = (
        "table/kept|dynamodb:table:ReadCapacityUnits|dynamodb",
        "table/kept|dynamodb:table:WriteCapacityUnits|dynamodb",
    );
    let service = "service/shop/web|ecs:service:DesiredCount|ecs";
    assert_eq!(ids, [service, read, write, "arn:policy"]);
    assert_eq!(property(&inventory, read, "ScheduledActions")[0]["ScheduledActionName"], "night");
    assert_eq!(property(&inventory, write, "ScheduledActions"), json!(null));
    assert_eq!(property(&inventory, "arn:policy", "ScalingTargetId"), service);
    // Without their scheduled actions, targets would be known to have none.
    let inventory = scanned("applicationautoscaling", move |asked| match asked.operation() {
        "DescribeScheduledActions" => Reply::error("AccessDeniedException"),
        _ => reply(asked),
    })
    .await;
    assert!(found(&inventory).iter().all(|found| found.kind != "AWS::ApplicationAutoScaling::ScalableTarget"));
    assert_eq!(inventory.gaps[0].hides, ["AWS::ApplicationAutoScaling::ScalableTarget"]);
    let list = "application-autoscaling:DescribeScalableTargets";
    let denied = Reply::error("AccessDeniedException");
    is_empty_or_denied("applicationautoscaling", Reply::json(json!({})), denied, list).await;
}

fn eks(asked: &Asked) -> Reply {
    let path = asked.path.as_str();
    Reply::json(match route(asked) {
        "/clusters" if !path.contains("nextToken") => json!({ "clusters": ["kept"], "nextToken": "more" }),
        "/clusters" => json!({ "clusters": ["open"] }),
        "/clusters/kept" => {
            json!({ "cluster": { "name": "kept", "arn": "arn:aws:eks:us-east-1:1:cluster/kept", "version": "1.35",
            "resourcesVpcConfig": { "subnetIds": ["subnet-1"], "endpointPublicAccess": false, "publicAccessCidrs": ["0.0.0.0/0"] },
            "logging": { "clusterLogging": [
                { "types": ["audit", "authenticator"], "enabled": true }, { "types": ["scheduler"], "enabled": false },
            ] },
            "tags": { "owner": "shop" } } })
        }
        "/clusters/open" => json!({ "cluster": { "name": "open", "version": "1.23",
            "resourcesVpcConfig": { "endpointPublicAccess": true, "publicAccessCidrs": ["0.0.0.0/0"] },
            "logging": { "clusterLogging": [{ "types": ["audit", "authenticator"], "enabled": false }] } } }),
        "/clusters/kept/node-groups" => json!({ "nodegroups": ["small", "large"] }),
        "/clusters/open/node-groups" => json!({ "nodegroups": [] }),
        "/clusters/kept/node-groups/small" => json!({ "nodegroup": { "nodegroupName": "small", "subnets": ["subnet-1"],
            "scalingConfig": { "minSize": 1, "maxSize": 1, "desiredSize": 1 }, "labels": { "tier": "web" } } }),
        _ => json!({ "nodegroup": { "nodegroupName": "large", "subnets": ["subnet-1", "subnet-2"],
            "scalingConfig": { "minSize": 1, "maxSize": 5 } } }),
    })
}

#[tokio::test]
async fn clusters_and_node_groups() {
    let inventory = scanned("eks", eks).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for check in ["eks_cluster_audit_logging", "eks_cluster_endpoint_restricted", "eks_cluster_version_supported"] {
        assert_eq!(statuses(&inventory, check), ["kept pass", "open fail"], "{check}");
    }
    assert_eq!(statuses(&inventory, "eks_nodegroup_resilient").last().map(String::as_str), Some("small fail"));
    assert_eq!(property(&inventory, "kept/large", "ScalingConfig.MaxSize"), json!(5));
    assert_eq!(property(&inventory, "kept/small", "Labels"), json!({ "tier": "web" }));
    assert_eq!(property(&inventory, "kept", "Tags"), json!([{ "Key": "owner", "Value": "shop" }]));
    let denied = || Reply::error("AccessDeniedException");
    let inventory = scanned("eks", move |asked| match route(asked) {
        "/clusters/open" | "/clusters/kept/node-groups/small" => denied(),
        _ => eks(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "eks_cluster_audit_logging"), ["kept pass", "open unknown"]);
    assert!(statuses(&inventory, "eks_nodegroup_resilient").contains(&"small unknown".to_owned()));
    assert_eq!(missing(&inventory), ["eks:DescribeCluster", "eks:DescribeNodegroup"]);
    is_empty_or_denied("eks", Reply::json(json!({ "clusters": [] })), denied(), "eks:ListClusters").await;
}

#[tokio::test]
async fn streams_of_brokers() {
    let reply = |asked: &Asked| {
        let cluster = |name: &str, on: bool| {
            json!({ "clusterName": name, "clusterArn": format!("arn:{name}"), "clusterType": "PROVISIONED", "tags": { "owner": "x" },
                "state": "ACTIVE", "provisioned": {
                    "brokerNodeGroupInfo": { "connectivityInfo": { "publicAccess": { "type": "DISABLED" } } },
                    "clientAuthentication": { "sasl": { "iam": { "enabled": on } }, "unauthenticated": { "enabled": !on } },
                    "encryptionInfo": { "encryptionInTransit": { "clientBroker": "TLS", "inCluster": true } },
                    "currentBrokerSoftwareInfo": { "kafkaVersion": "3.8.x" }, "numberOfBrokerNodes": 3 } })
        };
        let serverless =
            json!({ "clusterName": "s", "clusterArn": "arn:s", "clusterType": "SERVERLESS", "serverless": {} });
        Reply::json(match asked.path.contains("nextToken") {
            false => json!({ "clusterInfoList": [cluster("kept", true), serverless], "nextToken": "more" }),
            true => json!({ "clusterInfoList": [cluster("open", false)] }),
        })
    };
    let inventory = scanned("msk", reply).await;
    assert_eq!(statuses(&inventory, "msk_cluster_access_controlled"), ["kept pass", "open fail"]);
    assert_eq!(property(&inventory, "kept", "Tags"), json!({ "owner": "x" }));
    assert_eq!(property(&inventory, "kept", "KafkaVersion"), "3.8.x");
    let denied = Reply::error("AccessDeniedException");
    is_empty_or_denied("msk", Reply::json(json!({ "clusterInfoList": [] })), denied, "kafka:ListClustersV2").await;
}
