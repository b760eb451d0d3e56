//! Amazon ECS: clusters, services, and the task definitions that services run.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;
use std::collections::BTreeMap;

use crate::names::capitals_but;
use crate::shape::{as_text, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ECS: Service = Service {
    endpoint: "ecs",
    signing: "ecs",
    variable: "ECS",
    protocol: Protocol::Json { target: "AmazonEC2ContainerServiceV20141113", version: "1.1" },
    scope: Scope::Regional,
};

static CLUSTERS: Call = Call {
    service: &ECS,
    operation: "ListClusters",
    path: "",
    action: "ecs:ListClusters",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::ECS::Cluster", "AWS::ECS::Service", "AWS::ECS::TaskDefinition"],
    unset: &[],
};

static CLUSTER: Call = Call {
    service: &ECS,
    operation: "DescribeClusters",
    path: "",
    action: "ecs:DescribeClusters",
    pages: Pages::One,
    yields: &["AWS::ECS::Cluster"],
    unset: &[],
};

static SERVICES: Call = Call {
    service: &ECS,
    operation: "ListServices",
    path: "",
    action: "ecs:ListServices",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::ECS::Service", "AWS::ECS::TaskDefinition"],
    unset: &[],
};

static SERVICE: Call = Call {
    service: &ECS,
    operation: "DescribeServices",
    path: "",
    action: "ecs:DescribeServices",
    pages: Pages::One,
    yields: &["AWS::ECS::Service", "AWS::ECS::TaskDefinition"],
    unset: &[],
};

static TASK_DEFINITION: Call = Call {
    service: &ECS,
    operation: "DescribeTaskDefinition",
    path: "",
    action: "ecs:DescribeTaskDefinition",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ecs",
    reach: Reach::EveryRegion,
    calls: &[&CLUSTERS, &CLUSTER, &SERVICES, &SERVICE, &TASK_DEFINITION],
    collect: |run| Box::pin(collect(run)),
};

/// How many clusters one call describes, and how many services.
const CLUSTERS_AT_ONCE: usize = 100;
const SERVICES_AT_ONCE: usize = 10;

/// Maps whose keys are names that people gave.
const NAMED: [&str; 4] = ["options", "dockerLabels", "driverOpts", "labels"];

async fn collect(run: &Run) -> Result<(), Halt> {
    let arns = run.list(&CLUSTERS, json!({ "maxResults": 100 }), "clusterArns").await?;
    let arns: Vec<&str> = arns.iter().filter_map(as_text).collect();
    for some in arns.chunks(CLUSTERS_AT_ONCE) {
        let asked = json!({ "clusters": some, "include": ["SETTINGS", "TAGS", "CONFIGURATIONS"] });
        let clusters = run.list(&CLUSTER, asked, "clusters").await.unwrap_or_default();
        clusters.iter().filter_map(cluster).for_each(|draft| run.add(draft));
    }
    let mut definitions: BTreeMap<String, Node> = BTreeMap::new();
    for arn in arns {
        // Where the services of one cluster cannot be read, that is a gap; those of the others count.
        let Ok(found) = run.list(&SERVICES, json!({ "cluster": arn, "maxResults": 100 }), "serviceArns").await else {
            continue;
        };
        let found: Vec<&str> = found.iter().filter_map(as_text).collect();
        for some in found.chunks(SERVICES_AT_ONCE) {
            let asked = json!({ "cluster": arn, "services": some, "include": ["TAGS"] });
            for found in run.list(&SERVICE, asked, "services").await.unwrap_or_default() {
                if let Some(definition) = found.get("taskDefinition") {
                    as_text(definition).map(|arn| definitions.insert(arn.to_owned(), definition.clone()));
                }
                service(&found).into_iter().for_each(|draft| run.add(draft));
            }
        }
    }
    run.each(definitions.into_values().collect(), task_definition).await;
    Ok(())
}

fn cluster(cluster: &Node) -> Option<Draft> {
    let (name, arn) = (text(cluster, "clusterName")?, text(cluster, "clusterArn")?);
    let draft = Draft::new("AWS::ECS::Cluster", name, cluster.origin).name(name).arn(arn);
    Some(
        draft
            .take(
                &capitals(cluster.clone()),
                &[
                    ("ClusterName", "ClusterName"),
                    ("Configuration", "Configuration"),
                    ("CapacityProviders", "CapacityProviders"),
                    ("DefaultCapacityProviderStrategy", "DefaultCapacityProviderStrategy"),
                    ("ServiceConnectDefaults", "ServiceConnectDefaults"),
                    ("Tags", "Tags"),
                    ("Status", "Observed.Status"),
                ],
            )
            .set("ClusterSettings", part(cluster, "settings").map(capitals)),
    )
}

fn service(service: &Node) -> Option<Draft> {
    let (name, arn) = (text(service, "serviceName")?, text(service, "serviceArn")?);
    let draft = Draft::new("AWS::ECS::Service", arn, service.origin).name(name).arn(arn);
    Some(draft.take(
        &capitals(service.clone()),
        &[
            ("ServiceName", "ServiceName"),
            ("ClusterArn", "Cluster"),
            ("LoadBalancers", "LoadBalancers"),
            ("ServiceRegistries", "ServiceRegistries"),
            ("DesiredCount", "DesiredCount"),
            ("LaunchType", "LaunchType"),
            ("CapacityProviderStrategy", "CapacityProviderStrategy"),
            ("PlatformVersion", "PlatformVersion"),
            ("TaskDefinition", "TaskDefinition"),
            ("DeploymentConfiguration", "DeploymentConfiguration"),
            ("PlacementConstraints", "PlacementConstraints"),
            ("PlacementStrategy", "PlacementStrategies"),
            ("NetworkConfiguration", "NetworkConfiguration"),
            ("HealthCheckGracePeriodSeconds", "HealthCheckGracePeriodSeconds"),
            ("SchedulingStrategy", "SchedulingStrategy"),
            ("DeploymentController", "DeploymentController"),
            ("Tags", "Tags"),
            ("EnableECSManagedTags", "EnableECSManagedTags"),
            ("PropagateTags", "PropagateTags"),
            ("EnableExecuteCommand", "EnableExecuteCommand"),
            ("AvailabilityZoneRebalancing", "AvailabilityZoneRebalancing"),
            ("Status", "Observed.Status"),
            ("RunningCount", "Observed.RunningCount"),
            ("CreatedAt", "Observed.CreatedAt"),
        ],
    ))
}

async fn task_definition(run: &Run, id: Node) -> Vec<Draft> {
    let Some(arn) = as_text(&id) else { return Vec::new() };
    let described = run.get(&TASK_DEFINITION, json!({ "taskDefinition": arn, "include": ["TAGS"] })).await;
    let name = arn.rsplit('/').next().unwrap_or(arn);
    let mut draft = Draft::new("AWS::ECS::TaskDefinition", arn, id.origin).name(name).arn(arn);
    if let Some(found) = described.at("taskDefinition") {
        draft = draft.take(
            &capitals(found),
            &[
                ("ContainerDefinitions", "ContainerDefinitions"),
                ("Family", "Family"),
                ("TaskRoleArn", "TaskRoleArn"),
                ("ExecutionRoleArn", "ExecutionRoleArn"),
                ("NetworkMode", "NetworkMode"),
                ("PidMode", "PidMode"),
                ("IpcMode", "IpcMode"),
                ("RequiresCompatibilities", "RequiresCompatibilities"),
                ("Cpu", "Cpu"),
                ("Memory", "Memory"),
                ("RuntimePlatform", "RuntimePlatform"),
                ("Volumes", "Volumes"),
                ("EphemeralStorage", "EphemeralStorage"),
                ("Status", "Observed.Status"),
            ],
        );
    }
    vec![draft.set("Tags", described.at("tags").map(capitals))]
}

fn capitals(node: Node) -> Node {
    capitals_but(node, &NAMED)
}
