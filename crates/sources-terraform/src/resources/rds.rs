//! Relational databases, and those that are run like them: DocumentDB and Neptune.

use model::{Node, Value};

use crate::mapping::{From, Mapping, One, Rule, Take, Unless, With, argument};
use crate::shape::{bool_or, snapshot_unless, text_or, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_db_instance",
        "AWS::RDS::DBInstance",
        &[
            Take("identifier", "DBInstanceIdentifier"),
            Take("db_name", "DBName"),
            // Up to version 4 of the provider.
            Unless("db_name", &Take("name", "DBName")),
            Take("engine", "Engine"),
            Take("engine_version", "EngineVersion"),
            Take("instance_class", "DBInstanceClass"),
            Take("allocated_storage", "AllocatedStorage"),
            With("max_allocated_storage", "MaxAllocatedStorage", unless_zero),
            Take("storage_type", "StorageType"),
            Take("iops", "Iops"),
            Take("storage_encrypted", "StorageEncrypted"),
            Take("kms_key_id", "KmsKeyId"),
            Take("multi_az", "MultiAZ"),
            Take("availability_zone", "AvailabilityZone"),
            Take("db_subnet_group_name", "DBSubnetGroupName"),
            Take("vpc_security_group_ids", "VPCSecurityGroups"),
            From(&["publicly_accessible"], "PubliclyAccessible", |values| {
                Some(bool_or(values, "publicly_accessible", false))
            }),
            Take("port", "Port"),
            Take("username", "MasterUsername"),
            Take("password", "MasterUserPassword"),
            Unless("password", &Take("password_wo", "MasterUserPassword")),
            Take("manage_master_user_password", "ManageMasterUserPassword"),
            Take("master_user_secret_kms_key_id", "MasterUserSecret.KmsKeyId"),
            Take("iam_database_authentication_enabled", "EnableIAMDatabaseAuthentication"),
            From(&["backup_retention_period"], "BackupRetentionPeriod", retention),
            Take("backup_window", "PreferredBackupWindow"),
            Take("maintenance_window", "PreferredMaintenanceWindow"),
            Take("copy_tags_to_snapshot", "CopyTagsToSnapshot"),
            Take("delete_automated_backups", "DeleteAutomatedBackups"),
            Take("deletion_protection", "DeletionProtection"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("license_model", "LicenseModel"),
            Take("monitoring_interval", "MonitoringInterval"),
            Take("monitoring_role_arn", "MonitoringRoleArn"),
            Take("performance_insights_enabled", "EnablePerformanceInsights"),
            Take("performance_insights_kms_key_id", "PerformanceInsightsKMSKeyId"),
            Take("database_insights_mode", "DatabaseInsightsMode"),
            Take("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            Take("parameter_group_name", "DBParameterGroupName"),
            Take("option_group_name", "OptionGroupName"),
            Take("ca_cert_identifier", "CACertificateIdentifier"),
            Take("snapshot_identifier", "DBSnapshotIdentifier"),
            Take("replicate_source_db", "SourceDBInstanceIdentifier"),
            One(
                "restore_to_point_in_time",
                "",
                &[
                    Take("source_dbi_resource_id", "SourceDbiResourceId"),
                    // In CloudFormation's word for it, it would be a read replica.
                    Take("source_db_instance_identifier", "SourceDbiResourceId"),
                    Take("source_db_instance_automated_backups_arn", "SourceDBInstanceAutomatedBackupsArn"),
                ],
            ),
            Take("tags_all", "Tags"),
            KEPT_ON_DELETION,
            KEPT_ON_REPLACEMENT,
        ],
    )
    .named("identifier"),
    Mapping::own(
        "aws_rds_cluster_instance",
        "AWS::RDS::DBInstance",
        &[
            Take("identifier", "DBInstanceIdentifier"),
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("engine", "Engine"),
            Take("engine_version", "EngineVersion"),
            Take("instance_class", "DBInstanceClass"),
            Take("availability_zone", "AvailabilityZone"),
            Take("db_subnet_group_name", "DBSubnetGroupName"),
            From(&["publicly_accessible"], "PubliclyAccessible", |values| {
                Some(bool_or(values, "publicly_accessible", false))
            }),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("copy_tags_to_snapshot", "CopyTagsToSnapshot"),
            Take("monitoring_interval", "MonitoringInterval"),
            Take("monitoring_role_arn", "MonitoringRoleArn"),
            Take("performance_insights_enabled", "EnablePerformanceInsights"),
            Take("performance_insights_kms_key_id", "PerformanceInsightsKMSKeyId"),
            Take("promotion_tier", "PromotionTier"),
            Take("db_parameter_group_name", "DBParameterGroupName"),
            Take("ca_cert_identifier", "CACertificateIdentifier"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("identifier"),
    Mapping::own(
        "aws_rds_cluster",
        "AWS::RDS::DBCluster",
        &[
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("database_name", "DatabaseName"),
            // Up to version 4 of the provider, it need not be set.
            From(&["engine"], "Engine", |values| Some(text_or(values, "engine", "aurora"))),
            Take("engine_mode", "EngineMode"),
            Take("engine_version", "EngineVersion"),
            Take("db_cluster_instance_class", "DBClusterInstanceClass"),
            Take("allocated_storage", "AllocatedStorage"),
            Take("storage_type", "StorageType"),
            Take("iops", "Iops"),
            Take("storage_encrypted", "StorageEncrypted"),
            Take("kms_key_id", "KmsKeyId"),
            Take("availability_zones", "AvailabilityZones"),
            Take("db_subnet_group_name", "DBSubnetGroupName"),
            Take("vpc_security_group_ids", "VpcSecurityGroupIds"),
            Take("port", "Port"),
            Take("master_username", "MasterUsername"),
            Take("master_password", "MasterUserPassword"),
            Unless("master_password", &Take("master_password_wo", "MasterUserPassword")),
            Take("manage_master_user_password", "ManageMasterUserPassword"),
            Take("master_user_secret_kms_key_id", "MasterUserSecret.KmsKeyId"),
            Take("iam_database_authentication_enabled", "EnableIAMDatabaseAuthentication"),
            Take("backup_retention_period", "BackupRetentionPeriod"),
            Take("preferred_backup_window", "PreferredBackupWindow"),
            Take("preferred_maintenance_window", "PreferredMaintenanceWindow"),
            Take("copy_tags_to_snapshot", "CopyTagsToSnapshot"),
            Take("delete_automated_backups", "DeleteAutomatedBackups"),
            Take("deletion_protection", "DeletionProtection"),
            Take("monitoring_interval", "MonitoringInterval"),
            Take("monitoring_role_arn", "MonitoringRoleArn"),
            Take("performance_insights_enabled", "PerformanceInsightsEnabled"),
            Take("performance_insights_kms_key_id", "PerformanceInsightsKmsKeyId"),
            Take("database_insights_mode", "DatabaseInsightsMode"),
            Take("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            Take("db_cluster_parameter_group_name", "DBClusterParameterGroupName"),
            Take("global_cluster_identifier", "GlobalClusterIdentifier"),
            Take("snapshot_identifier", "SnapshotIdentifier"),
            Take("replication_source_identifier", "ReplicationSourceIdentifier"),
            One(
                "restore_to_point_in_time",
                "",
                &[
                    Take("source_cluster_resource_id", "SourceDBClusterIdentifier"),
                    Take("source_cluster_identifier", "SourceDBClusterIdentifier"),
                ],
            ),
            Take("tags_all", "Tags"),
            KEPT_ON_DELETION,
            KEPT_ON_REPLACEMENT,
        ],
    )
    .named("cluster_identifier"),
    Mapping::own(
        "aws_db_subnet_group",
        "AWS::RDS::DBSubnetGroup",
        &[
            Take("name", "DBSubnetGroupName"),
            Take("description", "DBSubnetGroupDescription"),
            Take("subnet_ids", "SubnetIds"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_db_event_subscription",
        "AWS::RDS::EventSubscription",
        &[
            Take("name", "SubscriptionName"),
            Take("enabled", "Enabled"),
            Take("sns_topic", "SnsTopicArn"),
            Take("source_type", "SourceType"),
            Take("source_ids", "SourceIds"),
            Take("event_categories", "EventCategories"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_docdb_cluster",
        "AWS::DocDB::DBCluster",
        &[
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("engine_version", "EngineVersion"),
            Take("storage_encrypted", "StorageEncrypted"),
            Take("storage_type", "StorageType"),
            Take("kms_key_id", "KmsKeyId"),
            Take("availability_zones", "AvailabilityZones"),
            Take("db_subnet_group_name", "DBSubnetGroupName"),
            Take("vpc_security_group_ids", "VpcSecurityGroupIds"),
            Take("port", "Port"),
            Take("master_username", "MasterUsername"),
            Take("master_password", "MasterUserPassword"),
            Unless("master_password", &Take("master_password_wo", "MasterUserPassword")),
            Take("manage_master_user_password", "ManageMasterUserPassword"),
            Take("backup_retention_period", "BackupRetentionPeriod"),
            Take("preferred_backup_window", "PreferredBackupWindow"),
            Take("preferred_maintenance_window", "PreferredMaintenanceWindow"),
            Take("deletion_protection", "DeletionProtection"),
            Take("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            Take("db_cluster_parameter_group_name", "DBClusterParameterGroupName"),
            Take("snapshot_identifier", "SnapshotIdentifier"),
            One("restore_to_point_in_time", "", &[Take("source_cluster_identifier", "SourceDBClusterIdentifier")]),
            Take("tags_all", "Tags"),
            KEPT_ON_DELETION,
            KEPT_ON_REPLACEMENT,
        ],
    )
    .named("cluster_identifier"),
    Mapping::own(
        "aws_docdb_cluster_instance",
        "AWS::DocDB::DBInstance",
        &[
            Take("identifier", "DBInstanceIdentifier"),
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("instance_class", "DBInstanceClass"),
            Take("availability_zone", "AvailabilityZone"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("enable_performance_insights", "EnablePerformanceInsights"),
            Take("ca_cert_identifier", "CACertificateIdentifier"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("identifier"),
    Mapping::own(
        "aws_neptune_cluster",
        "AWS::Neptune::DBCluster",
        &[
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("engine_version", "EngineVersion"),
            Take("storage_encrypted", "StorageEncrypted"),
            Take("kms_key_arn", "KmsKeyId"),
            Take("availability_zones", "AvailabilityZones"),
            Take("neptune_subnet_group_name", "DBSubnetGroupName"),
            Take("vpc_security_group_ids", "VpcSecurityGroupIds"),
            Take("port", "DBPort"),
            Take("iam_database_authentication_enabled", "IamAuthEnabled"),
            Take("backup_retention_period", "BackupRetentionPeriod"),
            Take("preferred_backup_window", "PreferredBackupWindow"),
            Take("preferred_maintenance_window", "PreferredMaintenanceWindow"),
            Take("copy_tags_to_snapshot", "CopyTagsToSnapshot"),
            Take("deletion_protection", "DeletionProtection"),
            Take("enable_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            Take("neptune_cluster_parameter_group_name", "DBClusterParameterGroupName"),
            Take("snapshot_identifier", "SnapshotIdentifier"),
            Take("replication_source_identifier", "SourceDBClusterIdentifier"),
            Take("tags_all", "Tags"),
            KEPT_ON_DELETION,
            KEPT_ON_REPLACEMENT,
        ],
    )
    .named("cluster_identifier"),
    Mapping::own(
        "aws_neptune_cluster_instance",
        "AWS::Neptune::DBInstance",
        &[
            Take("identifier", "DBInstanceIdentifier"),
            Take("cluster_identifier", "DBClusterIdentifier"),
            Take("instance_class", "DBInstanceClass"),
            Take("availability_zone", "AvailabilityZone"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("neptune_subnet_group_name", "DBSubnetGroupName"),
            Take("neptune_parameter_group_name", "DBParameterGroupName"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("identifier"),
];

const KEPT_ON_DELETION: Rule =
    From(&["skip_final_snapshot"], "@DeletionPolicy", |values| snapshot_unless(values, "skip_final_snapshot"));
const KEPT_ON_REPLACEMENT: Rule =
    From(&["skip_final_snapshot"], "@UpdateReplacePolicy", |values| snapshot_unless(values, "skip_final_snapshot"));

/// What a database is made from that takes over its retention.
const SOURCES: [&str; 3] = ["snapshot_identifier", "replicate_source_db", "restore_to_point_in_time"];

/// Of a new instance that says nothing of it, the provider turns backups off.
fn retention(values: &Node) -> Option<Node> {
    match argument(values, "backup_retention_period") {
        Some(node) => Some(node.clone()),
        None if SOURCES.iter().any(|name| argument(values, name).is_some_and(|node| !is_empty(node))) => None,
        None => Some(Node::new(Value::Number("0".into()), values.origin)),
    }
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.value, Value::List(items) if items.is_empty())
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;
    use crate::mapping::properties;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    fn made(terraform: &str, values: serde_json::Value, property: &str) -> Option<Node> {
        let mapping = MAPPINGS.iter().find(|mapping| mapping.terraform == terraform)?;
        properties(mapping.rules, &node(values)).get(property).cloned()
    }

    #[test]
    fn what_is_not_said_is_what_the_provider_sends() {
        let instance = |values, property| made("aws_db_instance", values, property);
        assert_eq!(instance(json!({}), "PubliclyAccessible"), Some(node(json!(false))));
        assert_eq!(instance(json!({}), "BackupRetentionPeriod"), Some(node(json!(0))));
        assert_eq!(instance(json!({ "snapshot_identifier": "s" }), "BackupRetentionPeriod"), None);
        assert_eq!(instance(json!({ "restore_to_point_in_time": [] }), "BackupRetentionPeriod"), Some(node(json!(0))));
        assert_eq!(instance(json!({ "max_allocated_storage": 0 }), "MaxAllocatedStorage"), None);
        assert_eq!(made("aws_rds_cluster", json!({}), "Engine"), Some(node(json!("aurora"))));
    }

    #[test]
    fn a_snapshot_is_kept_unless_it_is_skipped() {
        for policy in ["@DeletionPolicy", "@UpdateReplacePolicy"] {
            let kept = |values| made("aws_neptune_cluster", values, policy);
            assert_eq!(kept(json!({})), Some(node(json!("Snapshot"))));
            assert_eq!(kept(json!({ "skip_final_snapshot": "false" })), Some(node(json!("Snapshot"))));
            assert_eq!(kept(json!({ "skip_final_snapshot": true })), None);
        }
    }

    #[test]
    fn older_names() {
        assert_eq!(made("aws_db_instance", json!({ "name": "shop" }), "DBName"), Some(node(json!("shop"))));
        let both = json!({ "db_name": "shop", "name": "other" });
        assert_eq!(made("aws_db_instance", both, "DBName"), Some(node(json!("shop"))));
    }

    #[test]
    fn what_is_restored_to_a_point_in_time_is_no_replica() {
        let values = json!({ "restore_to_point_in_time": [{ "source_db_instance_identifier": "orders" }] });
        assert_eq!(made("aws_db_instance", values.clone(), "SourceDBInstanceIdentifier"), None);
        assert_eq!(made("aws_db_instance", values, "SourceDbiResourceId"), Some(node(json!("orders"))));
    }
}
