//! Streams and brokers, and the services that work on what they carry: jobs, notebooks, transfers.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With, argument, is_open, properties};
use crate::shape::{as_bool, as_text, only_block, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_kinesis_stream",
        "AWS::Kinesis::Stream",
        &[
            Take("name", "Name"),
            With("shard_count", "ShardCount", unless_zero),
            Take("retention_period", "RetentionPeriodHours"),
            From(&["encryption_type", "kms_key_id"], "StreamEncryption", stream_encryption),
            One("stream_mode_details", "StreamModeDetails", &[Take("stream_mode", "StreamMode")]),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_kinesis_firehose_delivery_stream",
        "AWS::KinesisFirehose::DeliveryStream",
        &[
            Take("name", "DeliveryStreamName"),
            From(&["server_side_encryption"], "DeliveryStreamEncryptionConfigurationInput", delivery_encryption),
            One(
                "kinesis_source_configuration",
                "KinesisStreamSourceConfiguration",
                &[Take("kinesis_stream_arn", "KinesisStreamARN"), Take("role_arn", "RoleARN")],
            ),
            One("extended_s3_configuration", "ExtendedS3DestinationConfiguration", TO_BUCKET),
            // Up to version 4 of the provider.
            One("s3_configuration", "S3DestinationConfiguration", TO_BUCKET),
            One(
                "redshift_configuration",
                "RedshiftDestinationConfiguration",
                &[
                    Take("cluster_jdbcurl", "ClusterJDBCURL"),
                    Take("role_arn", "RoleARN"),
                    Take("username", "Username"),
                    Take("password", "Password"),
                    One("s3_configuration", "S3Configuration", TO_BUCKET),
                ],
            ),
            One(
                "http_endpoint_configuration",
                "HttpEndpointDestinationConfiguration",
                &[
                    Take("url", "EndpointConfiguration.Url"),
                    Take("name", "EndpointConfiguration.Name"),
                    Take("access_key", "EndpointConfiguration.AccessKey"),
                    Take("role_arn", "RoleARN"),
                    One("s3_configuration", "S3Configuration", TO_BUCKET),
                ],
            ),
            One(
                "splunk_configuration",
                "SplunkDestinationConfiguration",
                &[
                    Take("hec_endpoint", "HECEndpoint"),
                    Take("hec_token", "HECToken"),
                    One("s3_configuration", "S3Configuration", TO_BUCKET),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_msk_cluster",
        "AWS::MSK::Cluster",
        &[
            Take("cluster_name", "ClusterName"),
            Take("kafka_version", "KafkaVersion"),
            Take("number_of_broker_nodes", "NumberOfBrokerNodes"),
            Take("enhanced_monitoring", "EnhancedMonitoring"),
            One(
                "broker_node_group_info",
                "BrokerNodeGroupInfo",
                &[
                    Take("instance_type", "InstanceType"),
                    Take("client_subnets", "ClientSubnets"),
                    Take("security_groups", "SecurityGroups"),
                    One(
                        "storage_info",
                        "",
                        &[One("ebs_storage_info", "StorageInfo.EBSStorageInfo", &[Take("volume_size", "VolumeSize")])],
                    ),
                    One(
                        "connectivity_info",
                        "ConnectivityInfo",
                        &[One("public_access", "PublicAccess", &[Take("type", "Type")])],
                    ),
                ],
            ),
            One(
                "client_authentication",
                "ClientAuthentication",
                &[
                    Take("unauthenticated", "Unauthenticated.Enabled"),
                    One("sasl", "Sasl", &[Take("iam", "Iam.Enabled"), Take("scram", "Scram.Enabled")]),
                    One(
                        "tls",
                        "Tls",
                        &[
                            Take("certificate_authority_arns", "CertificateAuthorityArnList"),
                            From(&["certificate_authority_arns"], "Enabled", has_authorities),
                        ],
                    ),
                ],
            ),
            One(
                "encryption_info",
                "EncryptionInfo",
                &[
                    Take("encryption_at_rest_kms_key_arn", "EncryptionAtRest.DataVolumeKMSKeyId"),
                    One(
                        "encryption_in_transit",
                        "EncryptionInTransit",
                        &[Take("client_broker", "ClientBroker"), Take("in_cluster", "InCluster")],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("cluster_name"),
    Mapping::own(
        "aws_mq_broker",
        "AWS::AmazonMQ::Broker",
        &[
            Take("broker_name", "BrokerName"),
            Take("engine_type", "EngineType"),
            Take("engine_version", "EngineVersion"),
            Take("host_instance_type", "HostInstanceType"),
            Take("deployment_mode", "DeploymentMode"),
            Take("publicly_accessible", "PubliclyAccessible"),
            Take("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            Take("subnet_ids", "SubnetIds"),
            Take("security_groups", "SecurityGroups"),
            One(
                "encryption_options",
                "EncryptionOptions",
                &[Take("kms_key_id", "KmsKeyId"), Take("use_aws_owned_key", "UseAwsOwnedKey")],
            ),
            One("logs", "Logs", &[Take("general", "General"), Take("audit", "Audit")]),
            List(
                "user",
                "Users",
                &[Take("username", "Username"), Take("password", "Password"), Take("groups", "Groups")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("broker_name"),
    Mapping::own(
        "aws_glue_job",
        "AWS::Glue::Job",
        &[
            Take("name", "Name"),
            Take("role_arn", "Role"),
            One(
                "command",
                "Command",
                &[
                    Take("name", "Name"),
                    Take("script_location", "ScriptLocation"),
                    Take("python_version", "PythonVersion"),
                ],
            ),
            Take("default_arguments", "DefaultArguments"),
            Take("non_overridable_arguments", "NonOverridableArguments"),
            Take("glue_version", "GlueVersion"),
            Take("worker_type", "WorkerType"),
            Take("number_of_workers", "NumberOfWorkers"),
            Take("security_configuration", "SecurityConfiguration"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_sagemaker_notebook_instance",
        "AWS::SageMaker::NotebookInstance",
        &[
            Take("name", "NotebookInstanceName"),
            Take("instance_type", "InstanceType"),
            Take("role_arn", "RoleArn"),
            Take("subnet_id", "SubnetId"),
            Take("security_groups", "SecurityGroupIds"),
            Take("kms_key_id", "KmsKeyId"),
            Take("direct_internet_access", "DirectInternetAccess"),
            Take("root_access", "RootAccess"),
            Take("volume_size", "VolumeSizeInGB"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_sagemaker_endpoint",
        "AWS::SageMaker::Endpoint",
        &[Take("name", "EndpointName"), Take("endpoint_config_name", "EndpointConfigName"), Take("tags_all", "Tags")],
    )
    .named("name"),
    Mapping::own(
        "aws_transfer_server",
        "AWS::Transfer::Server",
        &[
            Take("domain", "Domain"),
            Take("endpoint_type", "EndpointType"),
            One(
                "endpoint_details",
                "EndpointDetails",
                &[
                    Take("address_allocation_ids", "AddressAllocationIds"),
                    Take("vpc_id", "VpcId"),
                    Take("vpc_endpoint_id", "VpcEndpointId"),
                    Take("subnet_ids", "SubnetIds"),
                    Take("security_group_ids", "SecurityGroupIds"),
                ],
            ),
            Take("identity_provider_type", "IdentityProviderType"),
            Take("protocols", "Protocols"),
            Take("security_policy_name", "SecurityPolicyName"),
            Take("logging_role", "LoggingRole"),
            Take("certificate", "Certificate"),
            Take("tags_all", "Tags"),
        ],
    ),
];

const TO_BUCKET: &[Rule] = &[
    Take("bucket_arn", "BucketARN"),
    Take("role_arn", "RoleARN"),
    Take("prefix", "Prefix"),
    Take("compression_format", "CompressionFormat"),
    Take("kms_key_arn", "EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN"),
];

/// CloudFormation has no word for none.
fn stream_encryption(stream: &Node) -> Option<Node> {
    let kind = argument(stream, "encryption_type").filter(|kind| as_text(kind) != Some("NONE"))?;
    if is_open(kind) {
        return Some(kind.clone());
    }
    Some(properties(&[Take("encryption_type", "EncryptionType"), Take("kms_key_id", "KeyId")], stream))
}

/// The block says itself whether it counts.
fn delivery_encryption(stream: &Node) -> Option<Node> {
    let block = only_block(stream, "server_side_encryption")?;
    if is_open(block) {
        return Some(block.clone());
    }
    let enabled = argument(block, "enabled")?;
    match as_bool(enabled) {
        Some(true) => Some(properties(&[Take("key_type", "KeyType"), Take("key_arn", "KeyARN")], block)),
        Some(false) => None,
        None => Some(enabled.clone()),
    }
}

/// The provider turns certificates on where there is somebody who issues them.
fn has_authorities(block: &Node) -> Option<Node> {
    let off = || Node::new(Value::Bool(false), block.origin);
    Some(match argument(block, "certificate_authority_arns") {
        None => off(),
        Some(node) => match &node.value {
            Value::List(items) => Node::new(Value::Bool(!items.is_empty()), node.origin),
            Value::Unknown(_) => node.clone(),
            _ => off(),
        },
    })
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
    fn encryption_that_is_off_is_not_there() {
        let stream = |kind: &str| stream_encryption(&node(json!({ "encryption_type": kind, "kms_key_id": "alias/a" })));
        assert_eq!(stream("KMS"), Some(node(json!({ "EncryptionType": "KMS", "KeyId": "alias/a" }))));
        assert_eq!(stream("NONE"), None);
        let delivery =
            |enabled| delivery_encryption(&node(json!({ "server_side_encryption": [{ "enabled": enabled }] })));
        assert_eq!(delivery(true), Some(node(json!({}))));
        assert_eq!(delivery(false), None);
    }

    #[test]
    fn certificates_need_an_authority() {
        let enabled = |block: serde_json::Value| has_authorities(&node(block));
        assert_eq!(enabled(json!({ "certificate_authority_arns": ["arn:aws:acm-pca:::a"] })), Some(node(json!(true))));
        assert_eq!(enabled(json!({ "certificate_authority_arns": [] })), Some(node(json!(false))));
        assert_eq!(enabled(json!({})), Some(node(json!(false))));
    }
}
