//! Amazon Redshift: clusters.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{flag, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static REDSHIFT: Service = Service {
    endpoint: "redshift",
    signing: "redshift",
    variable: "REDSHIFT",
    protocol: Protocol::Query {
        version: "2012-12-01",
        items: &["Cluster", "VpcSecurityGroup", "Tag", "ClusterIamRole"],
    },
    scope: Scope::Regional,
};

static CLUSTERS: Call = Call {
    service: &REDSHIFT,
    operation: "DescribeClusters",
    path: "",
    action: "redshift:DescribeClusters",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::Redshift::Cluster"],
    unset: &[],
};

static LOGGING: Call = Call {
    service: &REDSHIFT,
    operation: "DescribeLoggingStatus",
    path: "",
    action: "redshift:DescribeLoggingStatus",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "redshift",
    reach: Reach::EveryRegion,
    calls: &[&CLUSTERS, &LOGGING],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let clusters = run.list(&CLUSTERS, json!({ "MaxRecords": 100 }), "Clusters").await?;
    run.each(clusters, cluster).await;
    Ok(())
}

async fn cluster(run: &Run, cluster: Node) -> Vec<Draft> {
    let Some(id) = text(&cluster, "ClusterIdentifier") else { return Vec::new() };
    let logging = run.get(&LOGGING, json!({ "ClusterIdentifier": id })).await;
    let draft = Draft::new("AWS::Redshift::Cluster", id, cluster.origin).name(id);
    // What is kept of a log that is off says nothing.
    let of_log = |name: &str| match logging.at("LoggingEnabled") {
        Some(Node { value: Value::Text(enabled), .. }) if &*enabled == "false" => None,
        _ => logging.at(name),
    };
    let draft = draft
        .arn(run.arn("redshift", &format!("cluster:{id}")))
        .take(
            &cluster,
            &[
                ("ClusterIdentifier", "ClusterIdentifier"),
                ("NodeType", "NodeType"),
                ("NumberOfNodes", "NumberOfNodes"),
                ("DBName", "DBName"),
                ("MasterUsername", "MasterUsername"),
                ("PubliclyAccessible", "PubliclyAccessible"),
                ("AutomatedSnapshotRetentionPeriod", "AutomatedSnapshotRetentionPeriod"),
                ("ManualSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod"),
                ("Encrypted", "Encrypted"),
                ("KmsKeyId", "KmsKeyId"),
                ("EnhancedVpcRouting", "EnhancedVpcRouting"),
                ("AllowVersionUpgrade", "AllowVersionUpgrade"),
                ("ClusterVersion", "ClusterVersion"),
                ("ClusterSubnetGroupName", "ClusterSubnetGroupName"),
                ("Tags", "Tags"),
                ("ClusterStatus", "Observed.Status"),
                ("ClusterCreateTime", "Observed.ClusterCreateTime"),
                ("VpcId", "Observed.VpcId"),
            ],
        )
        .set("VpcSecurityGroupIds", pluck(&cluster, "VpcSecurityGroups", "VpcSecurityGroupId"))
        .set("IamRoles", pluck(&cluster, "IamRoles", "IamRoleArn"))
        .set("MultiAZ", flag(part(&cluster, "MultiAZ"), &["Enabled"], &["Disabled"]))
        .set("LoggingProperties.BucketName", of_log("BucketName"))
        .set("LoggingProperties.LogDestinationType", of_log("LogDestinationType"))
        .set("LoggingProperties.LogExports", of_log("LogExports"));
    vec![draft]
}
