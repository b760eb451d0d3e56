//! Functions, what calls them, and who may.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Take, With, argument};
use crate::shape::{as_text, items};

const FUNCTION: &[&str] = &["AWS::Lambda::Function"];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_lambda_function",
        "AWS::Lambda::Function",
        &[
            Take("function_name", "FunctionName"),
            Take("description", "Description"),
            Take("package_type", "PackageType"),
            Take("runtime", "Runtime"),
            Take("handler", "Handler"),
            Take("image_uri", "Code.ImageUri"),
            Take("s3_bucket", "Code.S3Bucket"),
            Take("s3_key", "Code.S3Key"),
            Take("architectures", "Architectures"),
            Take("role", "Role"),
            Take("layers", "Layers"),
            Take("memory_size", "MemorySize"),
            Take("timeout", "Timeout"),
            Take("kms_key_arn", "KmsKeyArn"),
            Take("code_signing_config_arn", "CodeSigningConfigArn"),
            With("reserved_concurrent_executions", "ReservedConcurrentExecutions", unless_unreserved),
            One("environment", "Environment", &[Take("variables", "Variables")]),
            One("dead_letter_config", "DeadLetterConfig", &[Take("target_arn", "TargetArn")]),
            One("tracing_config", "TracingConfig", &[Take("mode", "Mode")]),
            One("ephemeral_storage", "EphemeralStorage", &[Take("size", "Size")]),
            One("snap_start", "SnapStart", &[Take("apply_on", "ApplyOn")]),
            One(
                "vpc_config",
                "VpcConfig",
                &[
                    Take("subnet_ids", "SubnetIds"),
                    Take("security_group_ids", "SecurityGroupIds"),
                    Take("ipv6_allowed_for_dual_stack", "Ipv6AllowedForDualStack"),
                ],
            ),
            List(
                "file_system_config",
                "FileSystemConfigs",
                &[Take("arn", "Arn"), Take("local_mount_path", "LocalMountPath")],
            ),
            One(
                "image_config",
                "ImageConfig",
                &[
                    Take("command", "Command"),
                    Take("entry_point", "EntryPoint"),
                    Take("working_directory", "WorkingDirectory"),
                ],
            ),
            One(
                "logging_config",
                "LoggingConfig",
                &[
                    Take("log_format", "LogFormat"),
                    Take("application_log_level", "ApplicationLogLevel"),
                    Take("system_log_level", "SystemLogLevel"),
                ],
            ),
            From(&["logging_config", "function_name"], "LoggingConfig.LogGroup", chosen_log_group),
            Take("tags_all", "Tags"),
        ],
    )
    .named("function_name"),
    Mapping::part(
        "aws_lambda_function_recursion_config",
        FUNCTION,
        "function_name",
        &[Take("recursive_loop", "RecursiveLoop")],
    ),
    Mapping::own(
        "aws_lambda_function_event_invoke_config",
        "AWS::Lambda::EventInvokeConfig",
        &[
            Take("function_name", "FunctionName"),
            Take("qualifier", "Qualifier"),
            Take("maximum_retry_attempts", "MaximumRetryAttempts"),
            Take("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds"),
            One(
                "destination_config",
                "DestinationConfig",
                &[
                    One("on_failure", "OnFailure", &[Take("destination", "Destination")]),
                    One("on_success", "OnSuccess", &[Take("destination", "Destination")]),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_lambda_event_source_mapping",
        "AWS::Lambda::EventSourceMapping",
        &[
            Take("event_source_arn", "EventSourceArn"),
            Take("function_name", "FunctionName"),
            Take("enabled", "Enabled"),
            Take("batch_size", "BatchSize"),
            Take("starting_position", "StartingPosition"),
            Take("bisect_batch_on_function_error", "BisectBatchOnFunctionError"),
            Take("function_response_types", "FunctionResponseTypes"),
            Take("maximum_retry_attempts", "MaximumRetryAttempts"),
            Take("maximum_record_age_in_seconds", "MaximumRecordAgeInSeconds"),
            Take("kms_key_arn", "KmsKeyArn"),
            Take("queues", "Queues"),
            Take("topics", "Topics"),
            One(
                "destination_config",
                "DestinationConfig",
                &[One("on_failure", "OnFailure", &[Take("destination_arn", "Destination")])],
            ),
            One("scaling_config", "ScalingConfig", &[Take("maximum_concurrency", "MaximumConcurrency")]),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_lambda_permission",
        "AWS::Lambda::Permission",
        &[
            Take("action", "Action"),
            Take("function_name", "FunctionName"),
            Take("principal", "Principal"),
            Take("principal_org_id", "PrincipalOrgID"),
            Take("source_account", "SourceAccount"),
            Take("source_arn", "SourceArn"),
            Take("event_source_token", "EventSourceToken"),
            Take("function_url_auth_type", "FunctionUrlAuthType"),
            // Only provider v6 has it.
            Take("invoked_via_function_url", "InvokedViaFunctionUrl"),
        ],
    ),
    Mapping::own(
        "aws_lambda_function_url",
        "AWS::Lambda::Url",
        &[
            Take("function_name", "TargetFunctionArn"),
            Take("qualifier", "Qualifier"),
            Take("authorization_type", "AuthType"),
            Take("invoke_mode", "InvokeMode"),
            One(
                "cors",
                "Cors",
                &[
                    Take("allow_credentials", "AllowCredentials"),
                    Take("allow_headers", "AllowHeaders"),
                    Take("allow_methods", "AllowMethods"),
                    Take("allow_origins", "AllowOrigins"),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_lambda_alias",
        "AWS::Lambda::Alias",
        &[
            Take("name", "Name"),
            Take("function_name", "FunctionName"),
            Take("function_version", "FunctionVersion"),
            Take("description", "Description"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_lambda_layer_version",
        "AWS::Lambda::LayerVersion",
        &[
            Take("layer_name", "LayerName"),
            Take("description", "Description"),
            Take("compatible_runtimes", "CompatibleRuntimes"),
            Take("compatible_architectures", "CompatibleArchitectures"),
            Take("s3_bucket", "Content.S3Bucket"),
            Take("s3_key", "Content.S3Key"),
        ],
    )
    .named("layer_name"),
    Mapping::own(
        "aws_lambda_code_signing_config",
        "AWS::Lambda::CodeSigningConfig",
        &[
            Take("description", "Description"),
            One(
                "allowed_publishers",
                "AllowedPublishers",
                &[Take("signing_profile_version_arns", "SigningProfileVersionArns")],
            ),
            One(
                "policies",
                "CodeSigningPolicies",
                &[Take("untrusted_artifact_on_deployment", "UntrustedArtifactOnDeployment")],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
];

/// A negative number reserves nothing.
fn unless_unreserved(node: Node) -> Option<Node> {
    match as_text(&node) {
        Some(number) if number.starts_with('-') => None,
        _ => Some(node),
    }
}

/// The log group that was chosen for a function: the provider reports the one that Lambda makes as if somebody
/// had written it.
fn chosen_log_group(values: &Node) -> Option<Node> {
    let block = argument(values, "logging_config")?;
    let Value::List(_) = block.value else { return None };
    let group = argument(items(Some(block)).first()?, "log_group")?;
    let is_own = match &group.value {
        Value::Text(group) => {
            let name = argument(values, "function_name").and_then(as_text);
            group.strip_prefix(OWN_LOG_GROUP).is_some_and(|rest| Some(rest) == name)
        }
        _ => false,
    };
    (!is_own).then(|| group.clone())
}

/// How the names of the log groups begin that Lambda makes.
const OWN_LOG_GROUP: &str = "/aws/lambda/";

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn a_log_group_is_chosen_when_it_is_not_the_one_that_lambda_makes() {
        let chosen = |group: &str| {
            chosen_log_group(&node(json!({ "function_name": "shop", "logging_config": [{ "log_group": group }] })))
        };
        assert_eq!(chosen("/aws/lambda/shop"), None);
        assert_eq!(chosen(""), None);
        assert_eq!(chosen("/aws/lambda/shops"), Some(node(json!("/aws/lambda/shops"))));
        assert_eq!(chosen_log_group(&node(json!({ "function_name": "shop" }))), None);
    }

    #[test]
    fn zero_is_a_reservation_and_less_is_none() {
        assert_eq!(unless_unreserved(node(json!(-1))), None);
        assert_eq!(unless_unreserved(node(json!(0))), Some(node(json!(0))));
    }
}
