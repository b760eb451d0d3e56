//! What things cost, and who hears of it.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Take, argument};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_budgets_budget",
        "AWS::Budgets::Budget",
        &[
            Take("name", "Budget.BudgetName"),
            Take("budget_type", "Budget.BudgetType"),
            Take("time_unit", "Budget.TimeUnit"),
            Take("limit_amount", "Budget.BudgetLimit.Amount"),
            Take("limit_unit", "Budget.BudgetLimit.Unit"),
            One(
                "auto_adjust_data",
                "Budget.AutoAdjustData",
                &[
                    Take("auto_adjust_type", "AutoAdjustType"),
                    One(
                        "historical_options",
                        "HistoricalOptions",
                        &[Take("budget_adjustment_period", "BudgetAdjustmentPeriod")],
                    ),
                ],
            ),
            List(
                "notification",
                "NotificationsWithSubscribers",
                &[
                    Take("comparison_operator", "Notification.ComparisonOperator"),
                    Take("notification_type", "Notification.NotificationType"),
                    Take("threshold", "Notification.Threshold"),
                    Take("threshold_type", "Notification.ThresholdType"),
                    From(&["subscriber_email_addresses", "subscriber_sns_topic_arns"], "Subscribers", subscribers),
                ],
            ),
            Take("tags_all", "ResourceTags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_budgets_budget_action",
        "AWS::Budgets::BudgetsAction",
        &[
            Take("budget_name", "BudgetName"),
            Take("action_type", "ActionType"),
            Take("approval_model", "ApprovalModel"),
            Take("notification_type", "NotificationType"),
            Take("execution_role_arn", "ExecutionRoleArn"),
            One(
                "action_threshold",
                "ActionThreshold",
                &[Take("action_threshold_type", "Type"), Take("action_threshold_value", "Value")],
            ),
            List("subscriber", "Subscribers", &[Take("address", "Address"), Take("subscription_type", "Type")]),
            Take("tags_all", "ResourceTags"),
        ],
    ),
    Mapping::own(
        "aws_ce_anomaly_monitor",
        "AWS::CE::AnomalyMonitor",
        &[
            Take("name", "MonitorName"),
            Take("monitor_type", "MonitorType"),
            Take("monitor_dimension", "MonitorDimension"),
            Take("monitor_specification", "MonitorSpecification"),
            Take("tags_all", "ResourceTags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ce_anomaly_subscription",
        "AWS::CE::AnomalySubscription",
        &[
            Take("name", "SubscriptionName"),
            Take("frequency", "Frequency"),
            Take("monitor_arn_list", "MonitorArnList"),
            List("subscriber", "Subscribers", &[Take("address", "Address"), Take("type", "Type")]),
            Take("tags_all", "ResourceTags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ce_cost_category",
        "AWS::CE::CostCategory",
        &[
            Take("name", "Name"),
            Take("rule_version", "RuleVersion"),
            Take("default_value", "DefaultValue"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ce_cost_allocation_tag",
        "Pilaster::CostAllocationTag",
        &[Take("tag_key", "TagKey"), Take("type", "Type")],
    )
    .when("status", "Active"),
    Mapping::own(
        "aws_cur_report_definition",
        "AWS::CUR::ReportDefinition",
        &[
            Take("report_name", "ReportName"),
            Take("time_unit", "TimeUnit"),
            Take("format", "Format"),
            Take("compression", "Compression"),
            Take("additional_schema_elements", "AdditionalSchemaElements"),
            Take("additional_artifacts", "AdditionalArtifacts"),
            Take("refresh_closed_reports", "RefreshClosedReports"),
            Take("report_versioning", "ReportVersioning"),
            Take("s3_bucket", "S3Bucket"),
            Take("s3_prefix", "S3Prefix"),
            Take("s3_region", "S3Region"),
        ],
    )
    .named("report_name"),
    Mapping::own(
        "aws_bcmdataexports_export",
        "AWS::BCMDataExports::Export",
        &[
            One(
                "export",
                "Export",
                &[
                    Take("name", "Name"),
                    Take("description", "Description"),
                    One(
                        "data_query",
                        "DataQuery",
                        &[
                            Take("query_statement", "QueryStatement"),
                            Take("table_configurations", "TableConfigurations"),
                        ],
                    ),
                    One("refresh_cadence", "RefreshCadence", &[Take("frequency", "Frequency")]),
                    One(
                        "destination_configurations",
                        "DestinationConfigurations",
                        &[One(
                            "s3_destination",
                            "S3Destination",
                            &[
                                Take("s3_bucket", "S3Bucket"),
                                Take("s3_prefix", "S3Prefix"),
                                Take("s3_region", "S3Region"),
                                One(
                                    "s3_output_configurations",
                                    "S3OutputConfigurations",
                                    &[
                                        Take("compression", "Compression"),
                                        Take("format", "Format"),
                                        Take("output_type", "OutputType"),
                                        Take("overwrite", "Overwrite"),
                                    ],
                                ),
                            ],
                        )],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_computeoptimizer_enrollment_status",
        "Pilaster::ComputeOptimizer",
        &[Take("status", "Observed.Status"), Take("include_member_accounts", "Observed.MemberAccountsEnrolled")],
    ),
];

/// Those who hear of a budget, by address and by topic.
fn subscribers(values: &Node) -> Option<Node> {
    let mut found = Vec::new();
    let mut origin = values.origin;
    let kinds = [("subscriber_email_addresses", "EMAIL"), ("subscriber_sns_topic_arns", "SNS")];
    for (name, kind) in kinds {
        let Some(addresses) = argument(values, name) else { continue };
        origin = addresses.origin;
        match &addresses.value {
            Value::List(items) => found.extend(items.iter().map(|address| subscriber(kind, address))),
            _ => found.push(addresses.clone()),
        }
    }
    (!found.is_empty()).then(|| Node::new(Value::List(found), origin))
}

fn subscriber(kind: &str, address: &Node) -> Node {
    let kind = Node::new(Value::Text(kind.into()), address.origin);
    let entries = [("SubscriptionType".to_owned(), kind), ("Address".to_owned(), address.clone())];
    Node::new(Value::Map(entries.into_iter().collect::<IndexMap<_, _>>()), address.origin)
}
