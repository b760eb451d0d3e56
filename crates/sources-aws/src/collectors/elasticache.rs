//! Amazon ElastiCache: replication groups, and cache clusters that belong to none.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::{flag, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ELASTICACHE: Service = Service {
    endpoint: "elasticache",
    signing: "elasticache",
    variable: "ELASTICACHE",
    protocol: Protocol::Query {
        version: "2015-02-02",
        items: &[
            "ReplicationGroup",
            "CacheCluster",
            "SecurityGroup",
            "LogDeliveryConfiguration",
            "ClusterId",
            "NodeGroup",
        ],
    },
    scope: Scope::Regional,
};

static GROUPS: Call = Call {
    service: &ELASTICACHE,
    operation: "DescribeReplicationGroups",
    path: "",
    action: "elasticache:DescribeReplicationGroups",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::ElastiCache::ReplicationGroup"],
    unset: &[],
};

static CLUSTERS: Call = Call {
    service: &ELASTICACHE,
    operation: "DescribeCacheClusters",
    path: "",
    action: "elasticache:DescribeCacheClusters",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::ElastiCache::CacheCluster"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "elasticache",
    reach: Reach::EveryRegion,
    calls: &[&GROUPS, &CLUSTERS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (groups, clusters) = tokio::join!(
        run.list(&GROUPS, json!({ "MaxRecords": 100 }), "ReplicationGroups"),
        run.list(
            &CLUSTERS,
            json!({ "MaxRecords": 100, "ShowCacheClustersNotInReplicationGroups": true }),
            "CacheClusters"
        ),
    );
    groups.unwrap_or_default().iter().filter_map(group).for_each(|draft| run.add(draft));
    clusters.unwrap_or_default().iter().filter_map(cluster).for_each(|draft| run.add(draft));
    Ok(())
}

const BOTH: &[(&str, &str)] = &[
    ("Engine", "Engine"),
    ("CacheNodeType", "CacheNodeType"),
    ("SnapshotRetentionLimit", "SnapshotRetentionLimit"),
    ("SnapshotWindow", "SnapshotWindow"),
    ("TransitEncryptionEnabled", "TransitEncryptionEnabled"),
    ("TransitEncryptionMode", "TransitEncryptionMode"),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade"),
    ("NetworkType", "NetworkType"),
    ("IpDiscovery", "IpDiscovery"),
    ("LogDeliveryConfigurations", "LogDeliveryConfigurations"),
];

fn group(group: &Node) -> Option<Draft> {
    let id = text(group, "ReplicationGroupId")?;
    let draft = Draft::new("AWS::ElastiCache::ReplicationGroup", id, group.origin).name(id).unread("Tags");
    let draft = match text(group, "ARN") {
        Some(arn) => draft.arn(arn),
        None => draft,
    };
    let draft = draft.take(group, BOTH).take(
        group,
        &[
            ("ReplicationGroupId", "ReplicationGroupId"),
            ("Description", "ReplicationGroupDescription"),
            ("AtRestEncryptionEnabled", "AtRestEncryptionEnabled"),
            ("KmsKeyId", "KmsKeyId"),
            ("UserGroupIds", "UserGroupIds"),
            ("ClusterMode", "ClusterMode"),
            ("MemberClusters", "Observed.MemberClusters"),
            ("Status", "Observed.Status"),
        ],
    );
    Some(
        draft
            .set("AutomaticFailoverEnabled", flag(part(group, "AutomaticFailover"), &["enabled"], &["disabled"]))
            .set("MultiAZEnabled", flag(part(group, "MultiAZ"), &["enabled"], &["disabled"])),
    )
}

/// Members of replication groups say nothing that their group does not.
fn cluster(cluster: &Node) -> Option<Draft> {
    let id = text(cluster, "CacheClusterId")?;
    if text(cluster, "ReplicationGroupId").is_some() {
        return None;
    }
    let draft = Draft::new("AWS::ElastiCache::CacheCluster", id, cluster.origin).name(id).unread("Tags");
    let draft = match text(cluster, "ARN") {
        Some(arn) => draft.arn(arn),
        None => draft,
    };
    Some(draft.take(cluster, BOTH).take(
        cluster,
        &[
            ("CacheClusterId", "ClusterName"),
            ("EngineVersion", "EngineVersion"),
            ("NumCacheNodes", "NumCacheNodes"),
            ("CacheSubnetGroupName", "CacheSubnetGroupName"),
            ("PreferredAvailabilityZone", "PreferredAvailabilityZone"),
            ("CacheClusterStatus", "Observed.Status"),
        ],
    ))
}
