//! Alarms, dashboards, logs, and monitors that act like users.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::mapping::{List, Mapping, One, Take, With};
use crate::shape::{as_text, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_cloudwatch_metric_alarm",
        "AWS::CloudWatch::Alarm",
        &[
            Take("alarm_name", "AlarmName"),
            Take("alarm_description", "AlarmDescription"),
            Take("actions_enabled", "ActionsEnabled"),
            Take("alarm_actions", "AlarmActions"),
            Take("ok_actions", "OKActions"),
            Take("insufficient_data_actions", "InsufficientDataActions"),
            Take("namespace", "Namespace"),
            Take("metric_name", "MetricName"),
            With("dimensions", "Dimensions", dimensions),
            Take("statistic", "Statistic"),
            Take("extended_statistic", "ExtendedStatistic"),
            Take("unit", "Unit"),
            Take("period", "Period"),
            Take("evaluation_periods", "EvaluationPeriods"),
            Take("datapoints_to_alarm", "DatapointsToAlarm"),
            Take("threshold", "Threshold"),
            Take("threshold_metric_id", "ThresholdMetricId"),
            Take("comparison_operator", "ComparisonOperator"),
            Take("treat_missing_data", "TreatMissingData"),
            List(
                "metric_query",
                "Metrics",
                &[
                    Take("id", "Id"),
                    Take("account_id", "AccountId"),
                    Take("expression", "Expression"),
                    Take("label", "Label"),
                    Take("period", "Period"),
                    Take("return_data", "ReturnData"),
                    One(
                        "metric",
                        "MetricStat",
                        &[
                            Take("namespace", "Metric.Namespace"),
                            Take("metric_name", "Metric.MetricName"),
                            With("dimensions", "Metric.Dimensions", dimensions),
                            Take("period", "Period"),
                            Take("stat", "Stat"),
                            Take("unit", "Unit"),
                        ],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("alarm_name"),
    Mapping::own(
        "aws_cloudwatch_composite_alarm",
        "AWS::CloudWatch::CompositeAlarm",
        &[
            Take("alarm_name", "AlarmName"),
            Take("alarm_description", "AlarmDescription"),
            Take("actions_enabled", "ActionsEnabled"),
            Take("alarm_actions", "AlarmActions"),
            Take("ok_actions", "OKActions"),
            Take("insufficient_data_actions", "InsufficientDataActions"),
            Take("alarm_rule", "AlarmRule"),
            With("alarm_rule", "Observed.AlarmNames", watched),
            Take("tags_all", "Tags"),
        ],
    )
    .named("alarm_name"),
    Mapping::own(
        "aws_cloudwatch_dashboard",
        "AWS::CloudWatch::Dashboard",
        &[Take("dashboard_name", "DashboardName"), Take("dashboard_body", "DashboardBody")],
    )
    .named("dashboard_name"),
    Mapping::own(
        "aws_cloudwatch_log_group",
        "AWS::Logs::LogGroup",
        &[
            Take("name", "LogGroupName"),
            With("retention_in_days", "RetentionInDays", unless_zero),
            Take("log_group_class", "LogGroupClass"),
            Take("kms_key_id", "KmsKeyId"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cloudwatch_log_metric_filter",
        "AWS::Logs::MetricFilter",
        &[
            Take("name", "FilterName"),
            Take("log_group_name", "LogGroupName"),
            Take("pattern", "FilterPattern"),
            List(
                "metric_transformation",
                "MetricTransformations",
                &[
                    Take("name", "MetricName"),
                    Take("namespace", "MetricNamespace"),
                    Take("value", "MetricValue"),
                    Take("default_value", "DefaultValue"),
                    Take("unit", "Unit"),
                    With("dimensions", "Dimensions", dimensions),
                ],
            ),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cloudwatch_log_subscription_filter",
        "AWS::Logs::SubscriptionFilter",
        &[
            Take("name", "FilterName"),
            Take("log_group_name", "LogGroupName"),
            Take("filter_pattern", "FilterPattern"),
            Take("destination_arn", "DestinationArn"),
            Take("role_arn", "RoleArn"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cloudwatch_query_definition",
        "AWS::Logs::QueryDefinition",
        &[Take("name", "Name"), Take("query_string", "QueryString"), Take("log_group_names", "LogGroupNames")],
    )
    .named("name"),
    Mapping::own(
        "aws_synthetics_canary",
        "AWS::Synthetics::Canary",
        &[
            Take("name", "Name"),
            Take("runtime_version", "RuntimeVersion"),
            Take("artifact_s3_location", "ArtifactS3Location"),
            Take("execution_role_arn", "ExecutionRoleArn"),
            Take("start_canary", "StartCanaryAfterCreation"),
            Take("handler", "Code.Handler"),
            Take("s3_bucket", "Code.S3Bucket"),
            Take("s3_key", "Code.S3Key"),
            Take("success_retention_period", "SuccessRetentionPeriod"),
            Take("failure_retention_period", "FailureRetentionPeriod"),
            One(
                "schedule",
                "Schedule",
                &[Take("expression", "Expression"), Take("duration_in_seconds", "DurationInSeconds")],
            ),
            One(
                "run_config",
                "RunConfig",
                &[
                    Take("active_tracing", "ActiveTracing"),
                    Take("environment_variables", "EnvironmentVariables"),
                    Take("memory_in_mb", "MemoryInMB"),
                    Take("timeout_in_seconds", "TimeoutInSeconds"),
                ],
            ),
            One(
                "vpc_config",
                "VPCConfig",
                &[Take("subnet_ids", "SubnetIds"), Take("security_group_ids", "SecurityGroupIds")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_rum_app_monitor",
        "AWS::RUM::AppMonitor",
        &[
            Take("name", "Name"),
            Take("domain", "Domain"),
            Take("domain_list", "DomainList"),
            Take("cw_log_enabled", "CwLogEnabled"),
            One(
                "app_monitor_configuration",
                "AppMonitorConfiguration",
                &[
                    Take("session_sample_rate", "SessionSampleRate"),
                    Take("telemetries", "Telemetries"),
                    Take("enable_xray", "EnableXRay"),
                    Take("allow_cookies", "AllowCookies"),
                    Take("identity_pool_id", "IdentityPoolId"),
                    Take("guest_role_arn", "GuestRoleArn"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
];

/// Dimensions as CloudFormation has them: a list of names with values.
fn dimensions(node: Node) -> Option<Node> {
    let Value::Map(entries) = node.value else { return Some(node) };
    let pair = |(name, value): (String, Node)| {
        let origin = value.origin;
        let entries = [("Name".to_owned(), Node::new(Value::Text(name.into()), origin)), ("Value".to_owned(), value)];
        Node::new(Value::Map(IndexMap::from(entries)), origin)
    };
    Some(Node { value: Value::List(entries.into_iter().map(pair).collect()), ..node })
}

/// The alarms that a rule speaks of: `ALARM(web) AND NOT OK("db")`. Where the rule is known to the last character
/// there is no reference left that would tell.
fn watched(node: Node) -> Option<Node> {
    let names = as_text(&node)?.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let names = names.map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty());
    let names = names.map(|name| Node::new(Value::Text(name.into()), node.origin)).collect();
    Some(Node::new(Value::List(names), node.origin))
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
    fn dimensions_are_a_list() {
        let wanted = json!([{ "Name": "QueueName", "Value": "orders" }]);
        assert_eq!(dimensions(node(json!({ "QueueName": "orders" }))), Some(node(wanted)));
    }

    #[test]
    fn alarms_that_a_rule_speaks_of() {
        let names = |rule: &str| watched(node(json!(rule)));
        assert_eq!(names("ALARM(web) AND NOT OK(\"db\")"), Some(node(json!(["web", "db"]))));
        assert_eq!(names("TRUE"), Some(node(json!([]))));
    }
}
