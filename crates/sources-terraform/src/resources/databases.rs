//! Databases other than those of RDS: tables, caches, warehouses, searches, and what migrates between them.

use model::{Expression, ExpressionKind, Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, Unless, With, argument, is_open, properties};
use crate::shape::{as_bool, bool_or, by_name, items, json, map, only_block, snapshot_unless, text_or, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own("aws_dynamodb_table", "AWS::DynamoDB::Table", TABLE).named("name").split(in_one_region),
    Mapping::own(
        "aws_dynamodb_table",
        "AWS::DynamoDB::GlobalTable",
        &[
            One("", "", TABLE),
            One("", "Replicas[]", HERE),
            List(
                "replica",
                "Replicas[]",
                &[
                    Take("region_name", "Region"),
                    Take("point_in_time_recovery", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"),
                    // Since version 6 of the provider.
                    Take("deletion_protection_enabled", "DeletionProtectionEnabled"),
                    Take("kms_key_arn", "SSESpecification.KMSMasterKeyId"),
                ],
            ),
        ],
    )
    .named("name")
    .split(in_several_regions),
    // A global table of which one region is known.
    Mapping::own(
        "aws_dynamodb_table_replica",
        "AWS::DynamoDB::GlobalTable",
        &[One(
            "",
            "Replicas[]",
            &[
                Take("point_in_time_recovery", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"),
                Take("deletion_protection_enabled", "DeletionProtectionEnabled"),
                Take("table_class_override", "TableClass"),
                Take("kms_key_arn", "SSESpecification.KMSMasterKeyId"),
                Take("tags_all", "Tags"),
            ],
        )],
    ),
    Mapping::own(
        "aws_elasticache_cluster",
        "AWS::ElastiCache::CacheCluster",
        &[
            Take("cluster_id", "ClusterName"),
            Take("engine", "Engine"),
            Take("engine_version", "EngineVersion"),
            Take("node_type", "CacheNodeType"),
            Take("num_cache_nodes", "NumCacheNodes"),
            Take("az_mode", "AZMode"),
            Take("snapshot_retention_limit", "SnapshotRetentionLimit"),
            Take("snapshot_window", "SnapshotWindow"),
            Take("transit_encryption_enabled", "TransitEncryptionEnabled"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("parameter_group_name", "CacheParameterGroupName"),
            Take("subnet_group_name", "CacheSubnetGroupName"),
            Take("security_group_ids", "VpcSecurityGroupIds"),
            Take("port", "Port"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("cluster_id")
    .split(of_its_own),
    Mapping::own(
        "aws_elasticache_replication_group",
        "AWS::ElastiCache::ReplicationGroup",
        &[
            Take("replication_group_id", "ReplicationGroupId"),
            Take("description", "ReplicationGroupDescription"),
            // Up to version 4 of the provider.
            Unless("description", &Take("replication_group_description", "ReplicationGroupDescription")),
            Take("engine", "Engine"),
            Take("engine_version", "EngineVersion"),
            Take("node_type", "CacheNodeType"),
            Take("num_cache_clusters", "NumCacheClusters"),
            Unless("num_cache_clusters", &Take("number_cache_clusters", "NumCacheClusters")),
            Take("num_node_groups", "NumNodeGroups"),
            Take("replicas_per_node_group", "ReplicasPerNodeGroup"),
            Take("automatic_failover_enabled", "AutomaticFailoverEnabled"),
            Take("multi_az_enabled", "MultiAZEnabled"),
            Take("at_rest_encryption_enabled", "AtRestEncryptionEnabled"),
            Take("transit_encryption_enabled", "TransitEncryptionEnabled"),
            Take("transit_encryption_mode", "TransitEncryptionMode"),
            Take("kms_key_id", "KmsKeyId"),
            Take("auth_token", "AuthToken"),
            Take("user_group_ids", "UserGroupIds"),
            Take("snapshot_retention_limit", "SnapshotRetentionLimit"),
            Take("snapshot_window", "SnapshotWindow"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("parameter_group_name", "CacheParameterGroupName"),
            Take("subnet_group_name", "CacheSubnetGroupName"),
            Take("security_group_ids", "SecurityGroupIds"),
            Take("port", "Port"),
            Take("global_replication_group_id", "GlobalReplicationGroupId"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("replication_group_id"),
    Mapping::own(
        "aws_redshift_cluster",
        "AWS::Redshift::Cluster",
        &[
            Take("cluster_identifier", "ClusterIdentifier"),
            Take("database_name", "DBName"),
            Take("node_type", "NodeType"),
            Take("cluster_type", "ClusterType"),
            Take("number_of_nodes", "NumberOfNodes"),
            Take("multi_az", "MultiAZ"),
            From(&["publicly_accessible"], "PubliclyAccessible", public_by_version),
            Take("encrypted", "Encrypted"),
            Take("kms_key_id", "KmsKeyId"),
            Take("enhanced_vpc_routing", "EnhancedVpcRouting"),
            Take("cluster_subnet_group_name", "ClusterSubnetGroupName"),
            Take("vpc_security_group_ids", "VpcSecurityGroupIds"),
            Take("port", "Port"),
            Take("master_username", "MasterUsername"),
            Take("master_password", "MasterUserPassword"),
            Unless("master_password", &Take("master_password_wo", "MasterUserPassword")),
            Take("manage_master_password", "ManageMasterPassword"),
            Take("automated_snapshot_retention_period", "AutomatedSnapshotRetentionPeriod"),
            Take("manual_snapshot_retention_period", "ManualSnapshotRetentionPeriod"),
            Take("allow_version_upgrade", "AllowVersionUpgrade"),
            Take("cluster_parameter_group_name", "ClusterParameterGroupName"),
            Take("iam_roles", "IamRoles"),
            Take("snapshot_identifier", "SnapshotIdentifier"),
            // Up to version 5 of the provider.
            From(&["logging"], "LoggingProperties", inline_logging),
            Take("tags_all", "Tags"),
            From(&["skip_final_snapshot"], "@DeletionPolicy", |values| snapshot_unless(values, "skip_final_snapshot")),
            From(&["skip_final_snapshot"], "@UpdateReplacePolicy", |values| {
                snapshot_unless(values, "skip_final_snapshot")
            }),
        ],
    )
    .named("cluster_identifier"),
    Mapping::part(
        "aws_redshift_logging",
        &["AWS::Redshift::Cluster"],
        "cluster_identifier",
        &[One("", "LoggingProperties", WAREHOUSE_LOGGING)],
    ),
    Mapping::own(
        "aws_opensearch_domain",
        "AWS::OpenSearchService::Domain",
        &[
            Take("engine_version", "EngineVersion"),
            One("", "", DOMAIN),
            One(
                "cluster_config",
                "ClusterConfig",
                &[
                    From(&["instance_type"], "InstanceType", |config| {
                        Some(text_or(config, "instance_type", "m3.medium.search"))
                    }),
                    One("", "", CLUSTER_CONFIG),
                    Take("multi_az_with_standby_enabled", "MultiAZWithStandbyEnabled"),
                ],
            ),
        ],
    )
    .named("domain_name"),
    Mapping::own(
        "aws_elasticsearch_domain",
        "AWS::OpenSearchService::Domain",
        &[
            From(&["elasticsearch_version"], "EngineVersion", of_elasticsearch),
            One("", "", DOMAIN),
            One(
                "cluster_config",
                "ClusterConfig",
                &[
                    From(&["instance_type"], "InstanceType", |config| {
                        Some(text_or(config, "instance_type", "m3.medium.elasticsearch"))
                    }),
                    One("", "", CLUSTER_CONFIG),
                ],
            ),
        ],
    )
    .named("domain_name"),
    Mapping::part(
        "aws_opensearch_domain_policy",
        &["AWS::OpenSearchService::Domain"],
        "domain_name",
        &[With("access_policies", "AccessPolicies", json)],
    ),
    Mapping::part(
        "aws_elasticsearch_domain_policy",
        &["AWS::OpenSearchService::Domain"],
        "domain_name",
        &[With("access_policies", "AccessPolicies", json)],
    ),
    Mapping::own(
        "aws_dms_replication_instance",
        "AWS::DMS::ReplicationInstance",
        &[
            Take("replication_instance_id", "ReplicationInstanceIdentifier"),
            Take("replication_instance_class", "ReplicationInstanceClass"),
            Take("allocated_storage", "AllocatedStorage"),
            Take("engine_version", "EngineVersion"),
            Take("kms_key_arn", "KmsKeyId"),
            From(&["multi_az"], "MultiAZ", |values| Some(bool_or(values, "multi_az", false))),
            From(&["publicly_accessible"], "PubliclyAccessible", |values| {
                Some(bool_or(values, "publicly_accessible", false))
            }),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("replication_subnet_group_id", "ReplicationSubnetGroupIdentifier"),
            Take("vpc_security_group_ids", "VpcSecurityGroupIds"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("replication_instance_id"),
    Mapping::own(
        "aws_timestreamwrite_table",
        "AWS::Timestream::Table",
        &[
            Take("database_name", "DatabaseName"),
            Take("table_name", "TableName"),
            One(
                "retention_properties",
                "RetentionProperties",
                &[
                    Take("memory_store_retention_period_in_hours", "MemoryStoreRetentionPeriodInHours"),
                    Take("magnetic_store_retention_period_in_days", "MagneticStoreRetentionPeriodInDays"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
];

const TABLE: &[Rule] = &[
    Take("name", "TableName"),
    Take("billing_mode", "BillingMode"),
    From(&["hash_key", "range_key"], "KeySchema", key_schema),
    List("attribute", "AttributeDefinitions", &[Take("name", "AttributeName"), Take("type", "AttributeType")]),
    With("read_capacity", "ProvisionedThroughput.ReadCapacityUnits", unless_zero),
    With("write_capacity", "ProvisionedThroughput.WriteCapacityUnits", unless_zero),
    One(
        "server_side_encryption",
        "SSESpecification",
        &[Take("enabled", "SSEEnabled"), Take("kms_key_arn", "KMSMasterKeyId")],
    ),
    One(
        "point_in_time_recovery",
        "PointInTimeRecoverySpecification",
        &[
            Take("enabled", "PointInTimeRecoveryEnabled"),
            With("recovery_period_in_days", "RecoveryPeriodInDays", unless_zero),
        ],
    ),
    Take("deletion_protection_enabled", "DeletionProtectionEnabled"),
    One("ttl", "TimeToLiveSpecification", &[Take("attribute_name", "AttributeName"), Take("enabled", "Enabled")]),
    Take("stream_view_type", "StreamSpecification.StreamViewType"),
    Take("table_class", "TableClass"),
    Take("tags_all", "Tags"),
];

/// What a table has in the region it is written for.
const HERE: &[Rule] = &[
    One("point_in_time_recovery", "PointInTimeRecoverySpecification", &[Take("enabled", "PointInTimeRecoveryEnabled")]),
    Take("deletion_protection_enabled", "DeletionProtectionEnabled"),
    Take("table_class", "TableClass"),
];

const WAREHOUSE_LOGGING: &[Rule] = &[
    Take("bucket_name", "BucketName"),
    Take("s3_key_prefix", "S3KeyPrefix"),
    Take("log_destination_type", "LogDestinationType"),
    Take("log_exports", "LogExports"),
];

const DOMAIN: &[Rule] = &[
    Take("domain_name", "DomainName"),
    With("access_policies", "AccessPolicies", json),
    One(
        "vpc_options",
        "VPCOptions",
        &[Take("subnet_ids", "SubnetIds"), Take("security_group_ids", "SecurityGroupIds")],
    ),
    One(
        "ebs_options",
        "EBSOptions",
        &[
            Take("ebs_enabled", "EBSEnabled"),
            Take("volume_type", "VolumeType"),
            With("volume_size", "VolumeSize", unless_zero),
            With("iops", "Iops", unless_zero),
            With("throughput", "Throughput", unless_zero),
        ],
    ),
    One("encrypt_at_rest", "EncryptionAtRestOptions", &[Take("enabled", "Enabled"), Take("kms_key_id", "KmsKeyId")]),
    One("node_to_node_encryption", "NodeToNodeEncryptionOptions", &[Take("enabled", "Enabled")]),
    One(
        "domain_endpoint_options",
        "DomainEndpointOptions",
        &[
            Take("enforce_https", "EnforceHTTPS"),
            Take("tls_security_policy", "TLSSecurityPolicy"),
            Take("custom_endpoint_enabled", "CustomEndpointEnabled"),
            Take("custom_endpoint", "CustomEndpoint"),
        ],
    ),
    One(
        "advanced_security_options",
        "AdvancedSecurityOptions",
        &[
            Take("enabled", "Enabled"),
            Take("anonymous_auth_enabled", "AnonymousAuthEnabled"),
            Take("internal_user_database_enabled", "InternalUserDatabaseEnabled"),
            One(
                "master_user_options",
                "MasterUserOptions",
                &[
                    Take("master_user_arn", "MasterUserARN"),
                    Take("master_user_name", "MasterUserName"),
                    Take("master_user_password", "MasterUserPassword"),
                ],
            ),
        ],
    ),
    From(&["log_publishing_options"], "LogPublishingOptions", logs),
    Take("tags_all", "Tags"),
];

const CLUSTER_CONFIG: &[Rule] = &[
    Take("instance_count", "InstanceCount"),
    Take("dedicated_master_enabled", "DedicatedMasterEnabled"),
    With("dedicated_master_count", "DedicatedMasterCount", unless_zero),
    Take("dedicated_master_type", "DedicatedMasterType"),
    Take("zone_awareness_enabled", "ZoneAwarenessEnabled"),
    One("zone_awareness_config", "ZoneAwarenessConfig", &[Take("availability_zone_count", "AvailabilityZoneCount")]),
    Take("warm_enabled", "WarmEnabled"),
    With("warm_count", "WarmCount", unless_zero),
    Take("warm_type", "WarmType"),
];

const LOG: &[Rule] = &[Take("enabled", "Enabled"), Take("cloudwatch_log_group_arn", "CloudWatchLogsLogGroupArn")];

/// Replicas that are not known may be none.
fn has_replicas(table: &Node) -> bool {
    items(argument(table, "replica")).iter().any(|replica| !is_open(replica))
}

fn in_one_region(table: &Node) -> Vec<Node> {
    if has_replicas(table) { Vec::new() } else { vec![table.clone()] }
}

fn in_several_regions(table: &Node) -> Vec<Node> {
    if has_replicas(table) { vec![table.clone()] } else { Vec::new() }
}

/// A member of a replication group is described by the group.
fn of_its_own(cluster: &Node) -> Vec<Node> {
    if argument(cluster, "replication_group_id").is_some() { Vec::new() } else { vec![cluster.clone()] }
}

fn key_schema(table: &Node) -> Option<Node> {
    let key = |name: &str, kind: &str| {
        let attribute = argument(table, name)?.clone();
        let origin = attribute.origin;
        let kind = Node::new(Value::Text(kind.into()), origin);
        Some(map([("AttributeName", attribute), ("KeyType", kind)], origin))
    };
    let keys: Vec<Node> = [key("hash_key", "HASH"), key("range_key", "RANGE")].into_iter().flatten().collect();
    let origin = keys.first()?.origin;
    Some(Node::new(Value::List(keys), origin))
}

/// Whether a warehouse that says nothing of it has a public address: up to version 5 of the provider it has one, since
/// version 6 it has none.
fn public_by_version(cluster: &Node) -> Option<Node> {
    let unset = || {
        let text = "the default of publicly_accessible, which differs between versions of the provider";
        Node::unresolved(Expression::new(text, ExpressionKind::Choice), cluster.origin)
    };
    Some(argument(cluster, "publicly_accessible").cloned().unwrap_or_else(unset))
}

/// The block says itself whether it counts.
fn inline_logging(cluster: &Node) -> Option<Node> {
    let block = only_block(cluster, "logging")?;
    if is_open(block) {
        return Some(block.clone());
    }
    let enable = argument(block, "enable")?;
    match as_bool(enable) {
        Some(true) => Some(properties(WAREHOUSE_LOGGING, block)),
        Some(false) => None,
        None => Some(enable.clone()),
    }
}

/// `7.10`, as the service that has both engines calls it.
fn of_elasticsearch(domain: &Node) -> Option<Node> {
    let version = argument(domain, "elasticsearch_version")?;
    Some(match &version.value {
        Value::Text(number) | Value::Number(number) => {
            Node { value: Value::Text(format!("Elasticsearch_{number}").into()), ..version.clone() }
        }
        _ => version.clone(),
    })
}

/// Logs by their kind.
fn logs(domain: &Node) -> Option<Node> {
    let blocks = argument(domain, "log_publishing_options")?;
    if items(Some(blocks)).is_empty() && !is_open(blocks) {
        return None;
    }
    Some(by_name(blocks, "log_type", |log| Some(properties(LOG, log))))
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn a_table_with_replicas_is_a_global_one() {
        let kinds = |values: serde_json::Value| -> Vec<_> {
            let tables = MAPPINGS.iter().filter(|mapping| mapping.terraform == "aws_dynamodb_table");
            let made =
                tables.filter(|mapping| mapping.split.is_some_and(|split| !split(&node(values.clone())).is_empty()));
            made.map(|mapping| match mapping.shape {
                crate::mapping::Shape::Own(kind) => kind,
                _ => "",
            })
            .collect()
        };
        assert_eq!(kinds(json!({ "name": "orders" })), ["AWS::DynamoDB::Table"]);
        assert_eq!(kinds(json!({ "name": "orders", "replica": [] })), ["AWS::DynamoDB::Table"]);
        assert_eq!(kinds(json!({ "replica": [{ "region_name": "eu-central-1" }] })), ["AWS::DynamoDB::GlobalTable"]);
    }

    #[test]
    fn every_region_of_a_global_table_is_a_replica() {
        let global = MAPPINGS.iter().filter(|mapping| mapping.terraform == "aws_dynamodb_table").nth(1);
        let table = node(json!({
            "point_in_time_recovery": [{ "enabled": true }], "deletion_protection_enabled": true,
            "replica": [{ "region_name": "eu-central-1", "point_in_time_recovery": false }],
        }));
        let replicas =
            global.map(|global| properties(global.rules, &table)).and_then(|made| made.get("Replicas").cloned());
        let wanted = json!([
            { "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true }, "DeletionProtectionEnabled": true },
            { "Region": "eu-central-1", "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": false } },
        ]);
        assert_eq!(replicas, Some(node(wanted)));
    }

    #[test]
    fn whether_a_warehouse_is_public_may_depend_on_the_version() {
        assert_eq!(public_by_version(&node(json!({ "publicly_accessible": true }))), Some(node(json!(true))));
        assert!(public_by_version(&node(json!({}))).is_some_and(|node| is_open(&node)));
    }

    #[test]
    fn blocks_that_say_whether_they_count() {
        let logging =
            |enable| inline_logging(&node(json!({ "logging": [{ "enable": enable, "bucket_name": "logs" }] })));
        assert_eq!(logging(true), Some(node(json!({ "BucketName": "logs" }))));
        assert_eq!(logging(false), None);
    }

    #[test]
    fn logs_by_kind() {
        let blocks = json!({ "log_publishing_options": [
            { "log_type": "AUDIT_LOGS", "cloudwatch_log_group_arn": "arn:aws:logs:::a", "enabled": false },
        ] });
        let wanted = json!({ "AUDIT_LOGS": { "Enabled": false, "CloudWatchLogsLogGroupArn": "arn:aws:logs:::a" } });
        assert_eq!(logs(&node(blocks)), Some(node(wanted)));
        assert_eq!(logs(&node(json!({ "log_publishing_options": [] }))), None);
    }
}
