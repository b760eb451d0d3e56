//! Amazon RDS: instances, clusters, subnet groups, event subscriptions and proxies. Those of DocumentDB and
//! Neptune are listed along with them.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static RDS: Service = Service {
    endpoint: "rds",
    signing: "rds",
    variable: "RDS",
    protocol: Protocol::Query {
        version: "2014-10-31",
        items: &[
            "DBInstance",
            "DBCluster",
            "DBSubnetGroup",
            "DBParameterGroup",
            "DBClusterParameterGroup",
            "Parameter",
            "Subnet",
            "EventSubscription",
            "SourceId",
            "EventCategory",
            "VpcSecurityGroupMembership",
            "Tag",
            "AvailabilityZone",
            "Certificate",
            "DBClusterMember",
            "DBClusterRole",
            "DBInstanceRole",
            "DBSnapshot",
            "DBClusterSnapshot",
            "DBSnapshotAttribute",
            "DBClusterSnapshotAttribute",
            "AttributeValue",
        ],
    },
    scope: Scope::Regional,
};

static INSTANCES: Call = Call {
    service: &RDS,
    operation: "DescribeDBInstances",
    path: "",
    action: "rds:DescribeDBInstances",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance"],
    unset: &[],
};

static CLUSTERS: Call = Call {
    service: &RDS,
    operation: "DescribeDBClusters",
    path: "",
    action: "rds:DescribeDBClusters",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"],
    unset: &[],
};

static SUBNET_GROUPS: Call = Call {
    service: &RDS,
    operation: "DescribeDBSubnetGroups",
    path: "",
    action: "rds:DescribeDBSubnetGroups",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::RDS::DBSubnetGroup"],
    unset: &[],
};

static SUBSCRIPTIONS: Call = Call {
    service: &RDS,
    operation: "DescribeEventSubscriptions",
    path: "",
    action: "rds:DescribeEventSubscriptions",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::RDS::EventSubscription"],
    unset: &[],
};

static PROXIES: Call = Call {
    service: &RDS,
    operation: "DescribeDBProxies",
    path: "",
    action: "rds:DescribeDBProxies",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::RDS::DBProxy"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "rds",
    reach: Reach::EveryRegion,
    calls: &[&INSTANCES, &CLUSTERS, &SUBNET_GROUPS, &SUBSCRIPTIONS, &PROXIES],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (instances, clusters, groups, subscriptions, proxies) = tokio::join!(
        run.list(&INSTANCES, json!({ "MaxRecords": 100 }), "DBInstances"),
        run.list(&CLUSTERS, json!({ "MaxRecords": 100 }), "DBClusters"),
        run.list(&SUBNET_GROUPS, json!({ "MaxRecords": 100 }), "DBSubnetGroups"),
        run.list(&SUBSCRIPTIONS, json!({ "MaxRecords": 100 }), "EventSubscriptionsList"),
        run.list(&PROXIES, json!({ "MaxRecords": 100 }), "DBProxies"),
    );
    // What one list does not give is a gap of its own; the others count all the same.
    instances.unwrap_or_default().iter().filter_map(instance).for_each(|draft| run.add(draft));
    clusters.unwrap_or_default().iter().filter_map(cluster).for_each(|draft| run.add(draft));
    groups.unwrap_or_default().iter().filter_map(subnet_group).for_each(|draft| run.add(draft));
    subscriptions.unwrap_or_default().iter().filter_map(subscription).for_each(|draft| run.add(draft));
    proxies.unwrap_or_default().iter().filter_map(proxy).for_each(|draft| run.add(draft));
    Ok(())
}

const BOTH: &[(&str, &str)] = &[
    ("Engine", "Engine"),
    ("EngineVersion", "EngineVersion"),
    ("DBClusterIdentifier", "DBClusterIdentifier"),
    ("DBSubnetGroup.DBSubnetGroupName", "DBSubnetGroupName"),
    ("MultiAZ", "MultiAZ"),
    ("AllocatedStorage", "AllocatedStorage"),
    ("StorageType", "StorageType"),
    ("Iops", "Iops"),
    ("StorageThroughput", "StorageThroughput"),
    ("MonitoringInterval", "MonitoringInterval"),
    ("MonitoringRoleArn", "MonitoringRoleArn"),
    ("PerformanceInsightsEnabled", "EnablePerformanceInsights"),
    ("DatabaseInsightsMode", "DatabaseInsightsMode"),
    ("PubliclyAccessible", "PubliclyAccessible"),
    ("BackupRetentionPeriod", "BackupRetentionPeriod"),
    ("StorageEncrypted", "StorageEncrypted"),
    ("StorageEncryptionType", "StorageEncryptionType"),
    ("KmsKeyId", "KmsKeyId"),
    ("DeletionProtection", "DeletionProtection"),
    ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade"),
    ("EnabledCloudwatchLogsExports", "EnableCloudwatchLogsExports"),
    ("CopyTagsToSnapshot", "CopyTagsToSnapshot"),
    ("MasterUsername", "MasterUsername"),
    ("EngineLifecycleSupport", "EngineLifecycleSupport"),
    ("NetworkType", "NetworkType"),
    ("PreferredBackupWindow", "PreferredBackupWindow"),
    ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow"),
    ("IAMDatabaseAuthenticationEnabled", "EnableIAMDatabaseAuthentication"),
    ("TagList", "Tags"),
];

fn both(kind: &str, id: &str, arn: Option<&str>, database: &Node) -> Draft {
    let kind = match text(database, "Engine") {
        Some("docdb") => format!("AWS::DocDB::{kind}"),
        Some("neptune") => format!("AWS::Neptune::{kind}"),
        _ => format!("AWS::RDS::{kind}"),
    };
    let draft = Draft::new(&kind, id, database.origin).name(id).take(database, BOTH);
    let draft = match arn {
        Some(arn) => draft.arn(arn),
        None => draft,
    };
    let managed = database.get("MasterUserSecret").filter(|secret| !matches!(secret.value, Value::Null));
    draft
        .set("VPCSecurityGroups", pluck(database, "VpcSecurityGroups", "VpcSecurityGroupId"))
        .set("ManageMasterUserPassword", managed.map(|secret| Node::new(Value::Bool(true), secret.origin)))
}

fn instance(instance: &Node) -> Option<Draft> {
    let id = text(instance, "DBInstanceIdentifier")?;
    Some(both("DBInstance", id, text(instance, "DBInstanceArn"), instance).take(
        instance,
        &[
            ("DBInstanceIdentifier", "DBInstanceIdentifier"),
            ("DBInstanceClass", "DBInstanceClass"),
            ("MaxAllocatedStorage", "MaxAllocatedStorage"),
            ("LicenseModel", "LicenseModel"),
            ("AvailabilityZone", "AvailabilityZone"),
            ("DBName", "DBName"),
            ("CACertificateIdentifier", "CACertificateIdentifier"),
            ("PromotionTier", "PromotionTier"),
            ("ReadReplicaSourceDBInstanceIdentifier", "SourceDBInstanceIdentifier"),
            ("ReadReplicaSourceDBClusterIdentifier", "SourceDBClusterIdentifier"),
            ("DBInstanceStatus", "Observed.Status"),
            ("InstanceCreateTime", "Observed.InstanceCreateTime"),
        ],
    ))
}

fn cluster(cluster: &Node) -> Option<Draft> {
    let id = text(cluster, "DBClusterIdentifier")?;
    Some(
        both("DBCluster", id, text(cluster, "DBClusterArn"), cluster)
            .take(
                cluster,
                &[
                    ("EngineMode", "EngineMode"),
                    ("DBClusterInstanceClass", "DBClusterInstanceClass"),
                    ("AvailabilityZones", "AvailabilityZones"),
                    ("DatabaseName", "DatabaseName"),
                    ("BacktrackWindow", "BacktrackWindow"),
                    ("GlobalClusterIdentifier", "GlobalClusterIdentifier"),
                    ("ReplicationSourceIdentifier", "ReplicationSourceIdentifier"),
                    ("PerformanceInsightsEnabled", "PerformanceInsightsEnabled"),
                    ("DBSubnetGroup", "DBSubnetGroupName"),
                    ("ServerlessV2ScalingConfiguration", "ServerlessV2ScalingConfiguration"),
                    ("Status", "Observed.Status"),
                    ("DBClusterMembers", "Observed.DBClusterMembers"),
                    ("ClusterCreateTime", "Observed.ClusterCreateTime"),
                ],
            )
            .set("VpcSecurityGroupIds", pluck(cluster, "VpcSecurityGroups", "VpcSecurityGroupId")),
    )
}

fn subnet_group(group: &Node) -> Option<Draft> {
    let name = text(group, "DBSubnetGroupName")?;
    let draft = Draft::new("AWS::RDS::DBSubnetGroup", name, group.origin).name(name);
    Some(
        draft
            .take(
                group,
                &[
                    ("DBSubnetGroupName", "DBSubnetGroupName"),
                    ("DBSubnetGroupDescription", "DBSubnetGroupDescription"),
                    ("VpcId", "Observed.VpcId"),
                ],
            )
            .set("SubnetIds", pluck(group, "Subnets", "SubnetIdentifier")),
    )
}

fn subscription(subscription: &Node) -> Option<Draft> {
    let name = text(subscription, "CustSubscriptionId")?;
    let draft = Draft::new("AWS::RDS::EventSubscription", name, subscription.origin).name(name);
    Some(draft.take(
        subscription,
        &[
            ("CustSubscriptionId", "SubscriptionName"),
            ("SnsTopicArn", "SnsTopicArn"),
            ("SourceType", "SourceType"),
            ("SourceIdsList", "SourceIds"),
            ("EventCategoriesList", "EventCategories"),
            ("Enabled", "Enabled"),
            ("Status", "Observed.Status"),
        ],
    ))
}

fn proxy(proxy: &Node) -> Option<Draft> {
    let name = text(proxy, "DBProxyName")?;
    let draft = Draft::new("AWS::RDS::DBProxy", name, proxy.origin).name(name);
    Some(draft.take(
        proxy,
        &[
            ("DBProxyName", "DBProxyName"),
            ("EngineFamily", "EngineFamily"),
            ("VpcSecurityGroupIds", "VpcSecurityGroupIds"),
            ("VpcSubnetIds", "VpcSubnetIds"),
            ("Auth", "Auth"),
            ("RoleArn", "RoleArn"),
            ("RequireTLS", "RequireTLS"),
            ("IdleClientTimeout", "IdleClientTimeout"),
            ("DebugLogging", "DebugLogging"),
            ("Status", "Observed.Status"),
        ],
    ))
}
