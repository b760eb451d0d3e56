//! What watches an account: trails, recorders, detectors and analyzers.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Take, With};
use crate::shape::{bool_or, text_or};

const FIELD_SELECTOR: &[crate::mapping::Rule] = &[
    Take("field", "Field"),
    Take("equals", "Equals"),
    Take("not_equals", "NotEquals"),
    Take("starts_with", "StartsWith"),
    Take("not_starts_with", "NotStartsWith"),
    Take("ends_with", "EndsWith"),
    Take("not_ends_with", "NotEndsWith"),
];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_cloudtrail",
        "AWS::CloudTrail::Trail",
        &[
            Take("name", "TrailName"),
            From(&["enable_logging"], "IsLogging", |values| Some(bool_or(values, "enable_logging", true))),
            Take("is_multi_region_trail", "IsMultiRegionTrail"),
            Take("is_organization_trail", "IsOrganizationTrail"),
            Take("include_global_service_events", "IncludeGlobalServiceEvents"),
            Take("enable_log_file_validation", "EnableLogFileValidation"),
            Take("kms_key_id", "KMSKeyId"),
            Take("s3_bucket_name", "S3BucketName"),
            Take("s3_key_prefix", "S3KeyPrefix"),
            Take("sns_topic_name", "SnsTopicName"),
            With("cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn", log_group),
            Take("cloud_watch_logs_role_arn", "CloudWatchLogsRoleArn"),
            List(
                "event_selector",
                "EventSelectors",
                &[
                    Take("include_management_events", "IncludeManagementEvents"),
                    Take("read_write_type", "ReadWriteType"),
                    Take("exclude_management_event_sources", "ExcludeManagementEventSources"),
                    List("data_resource", "DataResources", &[Take("type", "Type"), Take("values", "Values")]),
                ],
            ),
            List(
                "advanced_event_selector",
                "AdvancedEventSelectors",
                &[Take("name", "Name"), List("field_selector", "FieldSelectors", FIELD_SELECTOR)],
            ),
            List("insight_selector", "InsightSelectors", &[Take("insight_type", "InsightType")]),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_config_configuration_recorder",
        "AWS::Config::ConfigurationRecorder",
        &[
            Take("name", "Name"),
            Take("role_arn", "RoleARN"),
            One(
                "recording_group",
                "RecordingGroup",
                &[
                    From(&["all_supported"], "AllSupported", |values| Some(bool_or(values, "all_supported", true))),
                    Take("include_global_resource_types", "IncludeGlobalResourceTypes"),
                    Take("resource_types", "ResourceTypes"),
                    One(
                        "exclusion_by_resource_types",
                        "ExclusionByResourceTypes",
                        &[Take("resource_types", "ResourceTypes")],
                    ),
                    One("recording_strategy", "RecordingStrategy", &[Take("use_only", "UseOnly")]),
                ],
            ),
            One(
                "recording_mode",
                "RecordingMode",
                &[
                    Take("recording_frequency", "RecordingFrequency"),
                    List(
                        "recording_mode_override",
                        "RecordingModeOverrides",
                        &[
                            Take("description", "Description"),
                            Take("recording_frequency", "RecordingFrequency"),
                            Take("resource_types", "ResourceTypes"),
                        ],
                    ),
                ],
            ),
        ],
    )
    .named("name"),
    // A template cannot say whether a recorder runs: it starts with its delivery channel.
    Mapping::part(
        "aws_config_configuration_recorder_status",
        &["AWS::Config::ConfigurationRecorder"],
        "name",
        &[Take("is_enabled", "@Recording")],
    ),
    Mapping::own(
        "aws_config_delivery_channel",
        "AWS::Config::DeliveryChannel",
        &[
            Take("name", "Name"),
            Take("s3_bucket_name", "S3BucketName"),
            Take("s3_key_prefix", "S3KeyPrefix"),
            Take("s3_kms_key_arn", "S3KmsKeyArn"),
            Take("sns_topic_arn", "SnsTopicARN"),
            One(
                "snapshot_delivery_properties",
                "ConfigSnapshotDeliveryProperties",
                &[Take("delivery_frequency", "DeliveryFrequency")],
            ),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_config_remediation_configuration",
        "AWS::Config::RemediationConfiguration",
        &[
            Take("config_rule_name", "ConfigRuleName"),
            Take("resource_type", "ResourceType"),
            Take("target_id", "TargetId"),
            Take("target_type", "TargetType"),
            Take("target_version", "TargetVersion"),
            Take("automatic", "Automatic"),
            Take("maximum_automatic_attempts", "MaximumAutomaticAttempts"),
            Take("retry_attempt_seconds", "RetryAttemptSeconds"),
        ],
    ),
    Mapping::own(
        "aws_guardduty_detector",
        "AWS::GuardDuty::Detector",
        &[
            From(&["enable"], "Enable", |values| Some(bool_or(values, "enable", true))),
            Take("finding_publishing_frequency", "FindingPublishingFrequency"),
            One(
                "datasources",
                "DataSources",
                &[
                    One("s3_logs", "S3Logs", &[Take("enable", "Enable")]),
                    One("kubernetes", "Kubernetes", &[One("audit_logs", "AuditLogs", &[Take("enable", "Enable")])]),
                    One(
                        "malware_protection",
                        "MalwareProtection",
                        &[One(
                            "scan_ec2_instance_with_findings",
                            "ScanEc2InstanceWithFindings",
                            &[One("ebs_volumes", "", &[Take("enable", "EbsVolumes")])],
                        )],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::part(
        "aws_guardduty_detector_feature",
        &["AWS::GuardDuty::Detector"],
        "detector_id",
        &[One(
            "",
            "Features[]",
            &[
                Take("name", "Name"),
                Take("status", "Status"),
                List(
                    "additional_configuration",
                    "AdditionalConfiguration",
                    &[Take("name", "Name"), Take("status", "Status")],
                ),
            ],
        )],
    ),
    Mapping::own(
        "aws_securityhub_account",
        "AWS::SecurityHub::Hub",
        &[
            Take("enable_default_standards", "EnableDefaultStandards"),
            Take("auto_enable_controls", "AutoEnableControls"),
            Take("control_finding_generator", "ControlFindingGenerator"),
        ],
    ),
    Mapping::own(
        "aws_securityhub_standards_subscription",
        "AWS::SecurityHub::Standard",
        &[Take("standards_arn", "StandardsArn")],
    ),
    Mapping::own(
        "aws_macie2_account",
        "AWS::Macie::Session",
        &[Take("status", "Status"), Take("finding_publishing_frequency", "FindingPublishingFrequency")],
    ),
    Mapping::own(
        "aws_inspector2_enabler",
        "Pilaster::Inspector",
        &[Take("account_ids", "AccountIds"), Take("resource_types", "ResourceTypes")],
    ),
    Mapping::own(
        "aws_accessanalyzer_analyzer",
        "AWS::AccessAnalyzer::Analyzer",
        &[
            Take("analyzer_name", "AnalyzerName"),
            From(&["type"], "Type", |values| Some(text_or(values, "type", "ACCOUNT"))),
            One(
                "configuration",
                "AnalyzerConfiguration",
                &[One("unused_access", "UnusedAccessConfiguration", &[Take("unused_access_age", "UnusedAccessAge")])],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("analyzer_name"),
    Mapping::part(
        "aws_accessanalyzer_archive_rule",
        &["AWS::AccessAnalyzer::Analyzer"],
        "analyzer_name",
        &[One(
            "",
            "ArchiveRules[]",
            &[
                Take("rule_name", "RuleName"),
                List(
                    "filter",
                    "Filter",
                    &[
                        Take("criteria", "Property"),
                        Take("contains", "Contains"),
                        Take("eq", "Eq"),
                        Take("neq", "Neq"),
                        Take("exists", "Exists"),
                    ],
                ),
            ],
        )],
    ),
];

/// The ARN of a log group. A trail wants it with `:*` behind it, which the log group's own has not.
fn log_group(node: Node) -> Option<Node> {
    let value = match &node.value {
        Value::Text(arn) => Value::Text(arn.strip_suffix(":*").unwrap_or(arn).into()),
        _ => return Some(node),
    };
    Some(Node { value, ..node })
}
