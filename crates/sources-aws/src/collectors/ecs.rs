//! Amazon ECS: clusters, services, and the task definitions that services run.

use aws_wire::{Call, Class, Pages, Protocol, Scope, Service};
use futures_util::future::join_all;
use model::Node;
use serde_json::json;
use std::collections::BTreeMap;

use crate::names::capitals_but;
use crate::shape::{as_text, each, into_items, part, renamed, text};
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static ECS: Service = Service {
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
    let (clusters, services) = tokio::join!(
        join_all(arns.chunks(CLUSTERS_AT_ONCE).map(|some| {
            let asked = json!({ "clusters": some, "include": ["SETTINGS", "TAGS", "CONFIGURATIONS"] });
            described(run, &CLUSTER, asked, "clusters")
        })),
        join_all(arns.iter().map(|arn| services(run, arn))),
    );
    clusters.iter().flatten().filter_map(cluster).for_each(|draft| run.add(draft));
    let mut definitions: BTreeMap<&str, Node> = BTreeMap::new();
    for found in services.iter().flatten() {
        if let (Some(arn), Some(definition)) = (text(found, "taskDefinition"), part(found, "taskDefinition")) {
            definitions.insert(arn, definition);
        }
        service(found).into_iter().for_each(|draft| run.add(draft));
    }
    run.each(definitions.into_values().collect(), task_definition).await;
    Ok(())
}

/// The services of a cluster. Where they cannot be read, that is a gap; those of the others count.
async fn services(run: &Run, cluster: &str) -> Vec<Node> {
    let arns = run.list(&SERVICES, json!({ "cluster": cluster, "maxResults": 100 }), "serviceArns").await;
    let arns = arns.unwrap_or_default();
    let arns: Vec<&str> = arns.iter().filter_map(as_text).collect();
    let services = arns.chunks(SERVICES_AT_ONCE).map(|some| {
        let asked = json!({ "cluster": cluster, "services": some, "include": ["TAGS"] });
        described(run, &SERVICE, asked, "services")
    });
    join_all(services).await.into_iter().flatten().collect()
}

/// What a call describes of what it was asked about. What it fails to describe is a gap, unless it is gone
/// since it was listed.
async fn described(run: &Run, call: &'static Call, asked: serde_json::Value, path: &str) -> Vec<Node> {
    let answer = run.get(call, asked).await;
    let failures = into_items(answer.at("failures"));
    if failures.iter().any(|failure| text(failure, "reason") != Some("MISSING")) {
        run.incomplete(call, Class::Service);
    }
    into_items(answer.at(path))
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

/// Names that CloudFormation writes with more capitals.
const VOLUMES: [(&str, &str); 2] = [
    ("EfsVolumeConfiguration", "EFSVolumeConfiguration"),
    ("FsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration"),
];

async fn task_definition(run: &Run, id: Node) -> Vec<Draft> {
    let Some(arn) = as_text(&id) else { return Vec::new() };
    let described = run.get(&TASK_DEFINITION, json!({ "taskDefinition": arn, "include": ["TAGS"] })).await;
    let name = arn.rsplit('/').next().unwrap_or(arn);
    let mut draft = Draft::new("AWS::ECS::TaskDefinition", arn, id.origin).name(name).arn(arn);
    if let Some(found) = described.at("taskDefinition").map(capitals) {
        let volumes = part(&found, "Volumes").map(|volumes| each(volumes, |volume| renamed(volume, &VOLUMES)));
        draft = draft.set("Volumes", volumes).take(
            &found,
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
