//! Amazon ElastiCache: replication groups, and cache clusters that belong to none.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::{flag, part, text};
use crate::tags::{TAGS, Tags};
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
    calls: &[&GROUPS, &CLUSTERS, &TAGS],
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
    let drafts = groups.iter().flatten().filter_map(group).chain(clusters.iter().flatten().filter_map(cluster));
    let drafts: Vec<(&str, Draft)> = drafts.collect();
    // Where there is nothing, there is nothing to ask about.
    if !drafts.is_empty() {
        let tags = Tags::read(run, &["elasticache:replicationgroup", "elasticache:cluster"]).await;
        drafts.into_iter().for_each(|(arn, draft)| run.add(draft.arn(arn).set("Tags", tags.of(arn))));
    }
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

fn group(group: &Node) -> Option<(&str, Draft)> {
    let (id, arn) = (text(group, "ReplicationGroupId")?, text(group, "ARN")?);
    let draft = Draft::new("AWS::ElastiCache::ReplicationGroup", id, group.origin).name(id);
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
            ("GlobalReplicationGroupInfo.GlobalReplicationGroupMemberRole", "Observed.GlobalRole"),
        ],
    );
    let draft = draft
        .set("AutomaticFailoverEnabled", flag(part(group, "AutomaticFailover"), &["enabled"], &["disabled"]))
        .set("MultiAZEnabled", flag(part(group, "MultiAZ"), &["enabled"], &["disabled"]));
    Some((arn, draft))
}

/// Members of replication groups say nothing that their group does not.
fn cluster(cluster: &Node) -> Option<(&str, Draft)> {
    let (id, arn) = (text(cluster, "CacheClusterId")?, text(cluster, "ARN")?);
    if text(cluster, "ReplicationGroupId").is_some() {
        return None;
    }
    let draft = Draft::new("AWS::ElastiCache::CacheCluster", id, cluster.origin).name(id);
    let draft = draft.take(cluster, BOTH).take(
        cluster,
        &[
            ("CacheClusterId", "ClusterName"),
            ("EngineVersion", "EngineVersion"),
            ("NumCacheNodes", "NumCacheNodes"),
            ("CacheSubnetGroupName", "CacheSubnetGroupName"),
            ("PreferredAvailabilityZone", "PreferredAvailabilityZone"),
            ("CacheClusterStatus", "Observed.Status"),
        ],
    );
    Some((arn, draft))
}
