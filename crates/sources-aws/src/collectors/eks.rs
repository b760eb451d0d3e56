//! Amazon EKS: clusters and their node groups.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use futures_util::future::join_all;
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{as_text, pairs, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static EKS: Service =
    Service { endpoint: "eks", signing: "eks", variable: "EKS", protocol: Protocol::RestJson, scope: Scope::Regional };

static LIST: Call = Call {
    service: &EKS,
    operation: "ListClusters",
    path: "GET /clusters",
    action: "eks:ListClusters",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::EKS::Cluster", "AWS::EKS::Nodegroup"],
    unset: &[],
};

static CLUSTER: Call = Call {
    service: &EKS,
    operation: "DescribeCluster",
    path: "GET /clusters/{name}",
    action: "eks:DescribeCluster",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static NODEGROUPS: Call = Call {
    service: &EKS,
    operation: "ListNodegroups",
    path: "GET /clusters/{name}/node-groups",
    action: "eks:ListNodegroups",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::EKS::Nodegroup"],
    unset: &[],
};

static NODEGROUP: Call = Call {
    service: &EKS,
    operation: "DescribeNodegroup",
    path: "GET /clusters/{name}/node-groups/{nodegroupName}",
    action: "eks:DescribeNodegroup",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "eks",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &CLUSTER, &NODEGROUPS, &NODEGROUP],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let names = run.list(&LIST, json!({ "maxResults": 100 }), "clusters").await?;
    run.each(names, cluster).await;
    Ok(())
}

async fn cluster(run: &Run, name: Node) -> Vec<Draft> {
    let Value::Text(id) = &name.value else { return Vec::new() };
    let (described, groups) = tokio::join!(
        run.get(&CLUSTER, json!({ "name": &**id })),
        run.list(&NODEGROUPS, json!({ "name": &**id, "maxResults": 100 }), "nodegroups"),
    );
    let mut draft = Draft::new("AWS::EKS::Cluster", &**id, name.origin).name(&**id).set("Name", Some(name.clone()));
    if let Some(cluster) = described.at("cluster") {
        if let Some(arn) = text(&cluster, "arn") {
            draft = draft.arn(arn);
        }
        let of = |path: &str| part(&cluster, path).map(capitals);
        draft = draft
            .take(
                &cluster,
                &[
                    ("version", "Version"),
                    ("roleArn", "RoleArn"),
                    ("deletionProtection", "DeletionProtection"),
                    ("status", "Observed.Status"),
                    ("createdAt", "Observed.CreatedAt"),
                ],
            )
            .set("ResourcesVpcConfig", of("resourcesVpcConfig"))
            .set("EncryptionConfig", of("encryptionConfig"))
            .set("AccessConfig", of("accessConfig"))
            .set("UpgradePolicy", of("upgradePolicy"))
            .set("Logging.ClusterLogging.EnabledTypes", part(&cluster, "logging.clusterLogging").map(enabled))
            .set("Tags", part(&cluster, "tags").map(pairs));
    }
    let mut drafts = vec![draft];
    // A list that fails is a gap already; the cluster counts all the same.
    let groups = groups.unwrap_or_default();
    drafts.extend(join_all(groups.iter().map(|group| nodegroup(run, &name, group))).await.into_iter().flatten());
    drafts
}

async fn nodegroup(run: &Run, cluster: &Node, name: &Node) -> Option<Draft> {
    let (of, named) = (as_text(cluster)?, as_text(name)?);
    let described = run.get(&NODEGROUP, json!({ "name": of, "nodegroupName": named })).await;
    let id = format!("{of}/{named}");
    let mut draft = Draft::new("AWS::EKS::Nodegroup", &*id, name.origin).name(&*id);
    if let Some(found) = described.at("nodegroup") {
        if let Some(arn) = text(&found, "nodegroupArn") {
            draft = draft.arn(arn);
        }
        draft = draft
            .take(
                &found,
                &[
                    ("capacityType", "CapacityType"),
                    ("instanceTypes", "InstanceTypes"),
                    ("subnets", "Subnets"),
                    ("amiType", "AmiType"),
                    ("nodeRole", "NodeRole"),
                    ("diskSize", "DiskSize"),
                    ("version", "Version"),
                    ("releaseVersion", "ReleaseVersion"),
                    ("tags", "Tags"),
                    ("labels", "Labels"),
                    ("status", "Observed.Status"),
                ],
            )
            .set("ScalingConfig", part(&found, "scalingConfig").map(capitals))
            .set("RemoteAccess", part(&found, "remoteAccess").map(capitals))
            .set("UpdateConfig", part(&found, "updateConfig").map(capitals));
    }
    Some(draft.set("ClusterName", Some(cluster.clone())).set("NodegroupName", Some(name.clone())))
}

/// Which logs are written: the API says of each group of types whether it is.
fn enabled(groups: Node) -> Node {
    let Node { value: Value::List(items), origin, .. } = groups else { return groups };
    let mut types = Vec::new();
    for group in &items {
        if !matches!(group.get("enabled").map(|node| &node.value), Some(Value::Bool(true))) {
            continue;
        }
        if let Some(Value::List(names)) = group.get("types").map(|node| &node.value) {
            let entry =
                |name: &Node| Node::new(Value::Map([("Type".to_owned(), name.clone())].into_iter().collect()), origin);
            types.extend(names.iter().map(entry));
        }
    }
    Node::new(Value::List(types), origin)
}
