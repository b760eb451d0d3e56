//! APIs, workflows, and who signs in to them.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With, properties};
use crate::shape::{as_text, json, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_api_gateway_rest_api",
        "AWS::ApiGateway::RestApi",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            With("body", "Body", json),
            With("policy", "Policy", json),
            Take("api_key_source", "ApiKeySourceType"),
            Take("binary_media_types", "BinaryMediaTypes"),
            Take("minimum_compression_size", "MinimumCompressionSize"),
            Take("disable_execute_api_endpoint", "DisableExecuteApiEndpoint"),
            One(
                "endpoint_configuration",
                "EndpointConfiguration",
                &[Take("types", "Types"), Take("vpc_endpoint_ids", "VpcEndpointIds")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("id"),
    Mapping::part(
        "aws_api_gateway_rest_api_policy",
        &["AWS::ApiGateway::RestApi"],
        "rest_api_id",
        &[With("policy", "Policy", json)],
    ),
    Mapping::own(
        "aws_api_gateway_resource",
        "AWS::ApiGateway::Resource",
        &[Take("rest_api_id", "RestApiId"), Take("parent_id", "ParentId"), Take("path_part", "PathPart")],
    ),
    Mapping::own(
        "aws_api_gateway_method",
        "AWS::ApiGateway::Method",
        &[
            Take("rest_api_id", "RestApiId"),
            Take("resource_id", "ResourceId"),
            Take("http_method", "HttpMethod"),
            Take("authorization", "AuthorizationType"),
            Take("authorizer_id", "AuthorizerId"),
            Take("authorization_scopes", "AuthorizationScopes"),
            Take("api_key_required", "ApiKeyRequired"),
            Take("request_validator_id", "RequestValidatorId"),
        ],
    ),
    Mapping::part(
        "aws_api_gateway_integration",
        &["AWS::ApiGateway::Method"],
        "rest_api_id resource_id http_method",
        &[
            Take("type", "Integration.Type"),
            Take("integration_http_method", "Integration.IntegrationHttpMethod"),
            Take("uri", "Integration.Uri"),
            Take("connection_type", "Integration.ConnectionType"),
            Take("connection_id", "Integration.ConnectionId"),
            Take("credentials", "Integration.Credentials"),
            Take("timeout_milliseconds", "Integration.TimeoutInMillis"),
        ],
    ),
    Mapping::own(
        "aws_api_gateway_deployment",
        "AWS::ApiGateway::Deployment",
        &[
            Take("rest_api_id", "RestApiId"),
            Take("description", "Description"),
            // Provider v6 has no more of it.
            Take("stage_name", "StageName"),
        ],
    ),
    Mapping::own(
        "aws_api_gateway_stage",
        "AWS::ApiGateway::Stage",
        &[
            Take("stage_name", "StageName"),
            Take("rest_api_id", "RestApiId"),
            Take("deployment_id", "DeploymentId"),
            Take("description", "Description"),
            Take("xray_tracing_enabled", "TracingEnabled"),
            Take("cache_cluster_enabled", "CacheClusterEnabled"),
            Take("cache_cluster_size", "CacheClusterSize"),
            Take("client_certificate_id", "ClientCertificateId"),
            Take("variables", "Variables"),
            One(
                "access_log_settings",
                "AccessLogSetting",
                &[Take("destination_arn", "DestinationArn"), Take("format", "Format")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("stage_name"),
    Mapping::part(
        "aws_api_gateway_method_settings",
        &["AWS::ApiGateway::Stage"],
        "rest_api_id stage_name",
        &[From(&["method_path", "settings"], "MethodSettings[]", method_setting)],
    ),
    Mapping::own(
        "aws_api_gateway_usage_plan",
        "AWS::ApiGateway::UsagePlan",
        &[
            Take("name", "UsagePlanName"),
            Take("description", "Description"),
            List("api_stages", "ApiStages", &[Take("api_id", "ApiId"), Take("stage", "Stage")]),
            // What is not written, the provider has as 0.
            One(
                "throttle_settings",
                "Throttle",
                &[With("rate_limit", "RateLimit", unless_zero), With("burst_limit", "BurstLimit", unless_zero)],
            ),
            One(
                "quota_settings",
                "Quota",
                &[Take("limit", "Limit"), Take("offset", "Offset"), Take("period", "Period")],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_apigatewayv2_api",
        "AWS::ApiGatewayV2::Api",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("protocol_type", "ProtocolType"),
            Take("route_selection_expression", "RouteSelectionExpression"),
            Take("disable_execute_api_endpoint", "DisableExecuteApiEndpoint"),
            With("body", "Body", json),
            One(
                "cors_configuration",
                "CorsConfiguration",
                &[
                    Take("allow_credentials", "AllowCredentials"),
                    Take("allow_headers", "AllowHeaders"),
                    Take("allow_methods", "AllowMethods"),
                    Take("allow_origins", "AllowOrigins"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("id"),
    Mapping::own(
        "aws_apigatewayv2_route",
        "AWS::ApiGatewayV2::Route",
        &[
            Take("api_id", "ApiId"),
            Take("route_key", "RouteKey"),
            Take("authorization_type", "AuthorizationType"),
            Take("authorizer_id", "AuthorizerId"),
            Take("authorization_scopes", "AuthorizationScopes"),
            Take("api_key_required", "ApiKeyRequired"),
            Take("target", "Target"),
        ],
    ),
    Mapping::own(
        "aws_apigatewayv2_integration",
        "AWS::ApiGatewayV2::Integration",
        &[
            Take("api_id", "ApiId"),
            Take("integration_type", "IntegrationType"),
            Take("integration_uri", "IntegrationUri"),
            Take("integration_method", "IntegrationMethod"),
            Take("connection_type", "ConnectionType"),
            Take("connection_id", "ConnectionId"),
            Take("credentials_arn", "CredentialsArn"),
            Take("payload_format_version", "PayloadFormatVersion"),
        ],
    ),
    Mapping::own(
        "aws_apigatewayv2_stage",
        "AWS::ApiGatewayV2::Stage",
        &[
            Take("name", "StageName"),
            Take("api_id", "ApiId"),
            Take("description", "Description"),
            Take("auto_deploy", "AutoDeploy"),
            Take("deployment_id", "DeploymentId"),
            Take("stage_variables", "StageVariables"),
            One(
                "access_log_settings",
                "AccessLogSettings",
                &[Take("destination_arn", "DestinationArn"), Take("format", "Format")],
            ),
            One(
                "default_route_settings",
                "DefaultRouteSettings",
                &[
                    Take("logging_level", "LoggingLevel"),
                    Take("data_trace_enabled", "DataTraceEnabled"),
                    Take("detailed_metrics_enabled", "DetailedMetricsEnabled"),
                    // A state has what is not written as 0.
                    With("throttling_rate_limit", "ThrottlingRateLimit", unless_zero),
                    With("throttling_burst_limit", "ThrottlingBurstLimit", unless_zero),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_sfn_state_machine",
        "AWS::StepFunctions::StateMachine",
        &[
            Take("name", "StateMachineName"),
            Take("definition", "DefinitionString"),
            Take("type", "StateMachineType"),
            Take("role_arn", "RoleArn"),
            One(
                "logging_configuration",
                "LoggingConfiguration",
                &[
                    Take("level", "Level"),
                    Take("include_execution_data", "IncludeExecutionData"),
                    With("log_destination", "Destinations", log_destinations),
                ],
            ),
            One("tracing_configuration", "TracingConfiguration", &[Take("enabled", "Enabled")]),
            One(
                "encryption_configuration",
                "EncryptionConfiguration",
                &[
                    Take("type", "Type"),
                    Take("kms_key_id", "KmsKeyId"),
                    Take("kms_data_key_reuse_period_seconds", "KmsDataKeyReusePeriodSeconds"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cognito_user_pool",
        "AWS::Cognito::UserPool",
        &[
            Take("name", "UserPoolName"),
            Take("deletion_protection", "DeletionProtection"),
            Take("mfa_configuration", "MfaConfiguration"),
            Take("alias_attributes", "AliasAttributes"),
            Take("username_attributes", "UsernameAttributes"),
            Take("auto_verified_attributes", "AutoVerifiedAttributes"),
            Take("user_pool_tier", "UserPoolTier"),
            One(
                "password_policy",
                "Policies.PasswordPolicy",
                &[
                    Take("minimum_length", "MinimumLength"),
                    Take("password_history_size", "PasswordHistorySize"),
                    Take("require_lowercase", "RequireLowercase"),
                    Take("require_uppercase", "RequireUppercase"),
                    Take("require_numbers", "RequireNumbers"),
                    Take("require_symbols", "RequireSymbols"),
                    Take("temporary_password_validity_days", "TemporaryPasswordValidityDays"),
                ],
            ),
            One(
                "admin_create_user_config",
                "AdminCreateUserConfig",
                &[Take("allow_admin_create_user_only", "AllowAdminCreateUserOnly")],
            ),
            One("user_pool_add_ons", "UserPoolAddOns", &[Take("advanced_security_mode", "AdvancedSecurityMode")]),
            Take("tags_all", "UserPoolTags"),
        ],
    ),
];

/// What is set for some methods of a stage: `orders/{id}/GET`, or `*/*` for all of them.
fn method_setting(values: &Node) -> Option<Node> {
    const RULES: &[Rule] = &[
        With("method_path", "HttpMethod", http_method),
        With("method_path", "ResourcePath", resource_path),
        One(
            "settings",
            "",
            &[
                Take("logging_level", "LoggingLevel"),
                Take("metrics_enabled", "MetricsEnabled"),
                Take("data_trace_enabled", "DataTraceEnabled"),
                Take("throttling_rate_limit", "ThrottlingRateLimit"),
                Take("throttling_burst_limit", "ThrottlingBurstLimit"),
                Take("caching_enabled", "CachingEnabled"),
                Take("cache_data_encrypted", "CacheDataEncrypted"),
                Take("cache_ttl_in_seconds", "CacheTtlInSeconds"),
            ],
        ),
    ];
    Some(properties(RULES, values))
}

fn http_method(node: Node) -> Option<Node> {
    let method = as_text(&node).and_then(|path| path.rsplit_once('/')).map(|(_, method)| method.to_owned());
    Some(renamed(node, method))
}

fn resource_path(node: Node) -> Option<Node> {
    let path = as_text(&node).and_then(|path| path.rsplit_once('/')).map(|(path, _)| format!("/{path}"));
    Some(renamed(node, path))
}

/// The text in place of what stands there, if there is one.
fn renamed(node: Node, text: Option<String>) -> Node {
    match text {
        Some(text) => Node { value: Value::Text(text.into()), ..node },
        None => node,
    }
}

/// The one log group that Terraform knows, in the list that CloudFormation has.
fn log_destinations(node: Node) -> Option<Node> {
    const RULES: &[Rule] = &[Take("", "CloudWatchLogsLogGroup.LogGroupArn")];
    let origin = node.origin;
    Some(Node::new(Value::List(vec![properties(RULES, &node)]), origin))
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
    fn paths_of_methods() {
        let setting = |path: &str| {
            method_setting(&node(json!({ "method_path": path, "settings": [{ "logging_level": "INFO" }] })))
        };
        let made = |method: &str, path: &str| {
            Some(node(json!({ "HttpMethod": method, "ResourcePath": path, "LoggingLevel": "INFO" })))
        };
        assert_eq!(setting("*/*"), made("*", "/*"));
        assert_eq!(setting("orders/{id}/GET"), made("GET", "/orders/{id}"));
        assert_eq!(setting("GET"), made("GET", "GET"));
    }
}
