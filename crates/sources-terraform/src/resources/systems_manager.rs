//! Systems Manager and Incident Manager.

use model::Node;

use crate::mapping::{From, List, Mapping, One, Rule, Take, Unless, With, argument};
use crate::shape::{as_text, by_name, json};

/// The setting that tells whether documents may be shared with everybody, as the end of its name.
const DOCUMENT_SHARING: &str = "/ssm/documents/console/public-sharing-permission";

const TARGETS: Rule = List("targets", "Targets", &[Take("key", "Key"), Take("values", "Values")]);

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_ssm_association",
        "AWS::SSM::Association",
        &[
            Take("name", "Name"),
            Take("association_name", "AssociationName"),
            Take("document_version", "DocumentVersion"),
            Take("instance_id", "InstanceId"),
            TARGETS,
            Take("parameters", "Parameters"),
            Take("schedule_expression", "ScheduleExpression"),
            Take("apply_only_at_cron_interval", "ApplyOnlyAtCronInterval"),
            Take("automation_target_parameter_name", "AutomationTargetParameterName"),
            Take("compliance_severity", "ComplianceSeverity"),
            Take("max_concurrency", "MaxConcurrency"),
            Take("max_errors", "MaxErrors"),
            One(
                "output_location",
                "OutputLocation.S3Location",
                &[
                    Take("s3_bucket_name", "OutputS3BucketName"),
                    Take("s3_key_prefix", "OutputS3KeyPrefix"),
                    Take("s3_region", "OutputS3Region"),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_ssm_document",
        "AWS::SSM::Document",
        &[
            Take("name", "Name"),
            Take("document_type", "DocumentType"),
            Take("document_format", "DocumentFormat"),
            Take("target_type", "TargetType"),
            Take("version_name", "VersionName"),
            With("content", "Content", json),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ssm_maintenance_window",
        "AWS::SSM::MaintenanceWindow",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("schedule", "Schedule"),
            Take("schedule_timezone", "ScheduleTimezone"),
            Take("schedule_offset", "ScheduleOffset"),
            Take("start_date", "StartDate"),
            Take("end_date", "EndDate"),
            Take("duration", "Duration"),
            Take("cutoff", "Cutoff"),
            Take("allow_unassociated_targets", "AllowUnassociatedTargets"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_ssm_maintenance_window_target",
        "AWS::SSM::MaintenanceWindowTarget",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("window_id", "WindowId"),
            Take("resource_type", "ResourceType"),
            Take("owner_information", "OwnerInformation"),
            TARGETS,
        ],
    ),
    Mapping::own(
        "aws_ssm_maintenance_window_task",
        "AWS::SSM::MaintenanceWindowTask",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("window_id", "WindowId"),
            Take("task_arn", "TaskArn"),
            Take("task_type", "TaskType"),
            Take("priority", "Priority"),
            Take("service_role_arn", "ServiceRoleArn"),
            Take("cutoff_behavior", "CutoffBehavior"),
            Take("max_concurrency", "MaxConcurrency"),
            Take("max_errors", "MaxErrors"),
            TARGETS,
            One(
                "task_invocation_parameters",
                "TaskInvocationParameters",
                &[
                    One(
                        "run_command_parameters",
                        "MaintenanceWindowRunCommandParameters",
                        &[
                            With("parameter", "Parameters", parameters),
                            Take("comment", "Comment"),
                            Take("document_version", "DocumentVersion"),
                            Take("document_hash", "DocumentHash"),
                            Take("document_hash_type", "DocumentHashType"),
                            Take("output_s3_bucket", "OutputS3BucketName"),
                            Take("output_s3_key_prefix", "OutputS3KeyPrefix"),
                            Take("service_role_arn", "ServiceRoleArn"),
                            Take("timeout_seconds", "TimeoutSeconds"),
                        ],
                    ),
                    One(
                        "automation_parameters",
                        "MaintenanceWindowAutomationParameters",
                        &[With("parameter", "Parameters", parameters), Take("document_version", "DocumentVersion")],
                    ),
                    One(
                        "lambda_parameters",
                        "MaintenanceWindowLambdaParameters",
                        &[
                            Take("client_context", "ClientContext"),
                            Take("payload", "Payload"),
                            Take("qualifier", "Qualifier"),
                        ],
                    ),
                    One(
                        "step_functions_parameters",
                        "MaintenanceWindowStepFunctionsParameters",
                        &[Take("input", "Input"), Take("name", "Name")],
                    ),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_ssm_parameter",
        "AWS::SSM::Parameter",
        &[
            Take("name", "Name"),
            Take("type", "Type"),
            Take("tier", "Tier"),
            Take("description", "Description"),
            Take("data_type", "DataType"),
            Take("allowed_pattern", "AllowedPattern"),
            Take("value", "Value"),
            Unless("value", &Take("insecure_value", "Value")),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ssm_service_setting",
        "Pilaster::SsmDocumentSharing",
        &[From(&["setting_id", "setting_value"], "PublicSharing", |values| argument(values, "setting_value").cloned())],
    )
    .split(if_about_sharing),
    Mapping::own(
        "aws_ssmcontacts_contact",
        "AWS::SSMContacts::Contact",
        &[Take("alias", "Alias"), Take("display_name", "DisplayName"), Take("type", "Type")],
    ),
    Mapping::own(
        "aws_ssmincidents_response_plan",
        "AWS::SSMIncidents::ResponsePlan",
        &[
            Take("name", "Name"),
            Take("display_name", "DisplayName"),
            Take("engagements", "Engagements"),
            Take("chat_channel", "ChatChannel.ChatbotSns"),
            One(
                "incident_template",
                "IncidentTemplate",
                &[
                    Take("title", "Title"),
                    Take("impact", "Impact"),
                    Take("summary", "Summary"),
                    Take("dedupe_string", "DedupeString"),
                    List("notification_target", "NotificationTargets", &[Take("sns_topic_arn", "SnsTopicArn")]),
                ],
            ),
            One(
                "action",
                "",
                &[List(
                    "ssm_automation",
                    "Actions",
                    &[
                        Take("document_name", "SsmAutomation.DocumentName"),
                        Take("document_version", "SsmAutomation.DocumentVersion"),
                        Take("role_arn", "SsmAutomation.RoleArn"),
                        Take("target_account", "SsmAutomation.TargetAccount"),
                    ],
                )],
            ),
            One(
                "integration",
                "",
                &[List(
                    "pagerduty",
                    "Integrations",
                    &[
                        Take("name", "PagerDutyConfiguration.Name"),
                        Take("secret_id", "PagerDutyConfiguration.SecretId"),
                        Take("service_id", "PagerDutyConfiguration.PagerDutyIncidentConfiguration.ServiceId"),
                    ],
                )],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
];

/// Blocks of a parameter with its values, as a map of them.
fn parameters(node: Node) -> Option<Node> {
    Some(by_name(&node, "name", |block| argument(block, "values").cloned()))
}

/// A setting of the account, where it is the one about the sharing of documents. It may be named by its ARN.
fn if_about_sharing(values: &Node) -> Vec<Node> {
    let is_it = argument(values, "setting_id").and_then(as_text).is_some_and(|id| id.ends_with(DOCUMENT_SHARING));
    if is_it { vec![values.clone()] } else { Vec::new() }
}
