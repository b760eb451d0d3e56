//! Buses, rules and schedules for events.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::mapping::{From, Mapping, One, Rule, Take, Unless, With, argument, properties};
use crate::shape::{enabled_capitals, json};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_cloudwatch_event_bus",
        "AWS::Events::EventBus",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("event_source_name", "EventSourceName"),
            Take("kms_key_identifier", "KmsKeyIdentifier"),
            One("dead_letter_config", "DeadLetterConfig", &[Take("arn", "Arn")]),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cloudwatch_event_bus_policy",
        "AWS::Events::EventBusPolicy",
        &[Take("event_bus_name", "EventBusName"), Take("policy", "Statement")],
    )
    .split(statements),
    Mapping::own(
        "aws_cloudwatch_event_permission",
        "AWS::Events::EventBusPolicy",
        &[
            Take("event_bus_name", "EventBusName"),
            Take("statement_id", "StatementId"),
            Take("action", "Action"),
            Take("principal", "Principal"),
            One("condition", "Condition", &[Take("key", "Key"), Take("type", "Type"), Take("value", "Value")]),
        ],
    ),
    Mapping::own(
        "aws_cloudwatch_event_rule",
        "AWS::Events::Rule",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("event_bus_name", "EventBusName"),
            With("event_pattern", "EventPattern", json),
            Take("schedule_expression", "ScheduleExpression"),
            Take("state", "State"),
            // Its only name until v5.37; v6 has no more of it.
            Unless("state", &With("is_enabled", "State", enabled_capitals)),
            Take("role_arn", "RoleArn"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_cloudwatch_event_target",
        &["AWS::Events::Rule"],
        "rule",
        &[From(&["arn", "dead_letter_config"], "Targets[]", target)],
    ),
    Mapping::own(
        "aws_scheduler_schedule",
        "AWS::Scheduler::Schedule",
        &[
            Take("name", "Name"),
            Take("group_name", "GroupName"),
            Take("description", "Description"),
            Take("schedule_expression", "ScheduleExpression"),
            Take("schedule_expression_timezone", "ScheduleExpressionTimezone"),
            Take("state", "State"),
            Take("kms_key_arn", "KmsKeyArn"),
            One(
                "flexible_time_window",
                "FlexibleTimeWindow",
                &[Take("mode", "Mode"), Take("maximum_window_in_minutes", "MaximumWindowInMinutes")],
            ),
            One(
                "target",
                "Target",
                &[
                    Take("arn", "Arn"),
                    Take("role_arn", "RoleArn"),
                    Take("input", "Input"),
                    One("dead_letter_config", "DeadLetterConfig", &[Take("arn", "Arn")]),
                    One("retry_policy", "RetryPolicy", RETRY_POLICY),
                ],
            ),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_scheduler_schedule_group",
        "AWS::Scheduler::ScheduleGroup",
        &[Take("name", "Name"), Take("tags_all", "Tags")],
    )
    .named("name"),
];

const RETRY_POLICY: &[Rule] = &[
    Take("maximum_retry_attempts", "MaximumRetryAttempts"),
    Take("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds"),
];

/// One of the targets of a rule.
fn target(values: &Node) -> Option<Node> {
    const RULES: &[Rule] = &[
        Take("arn", "Arn"),
        Take("target_id", "Id"),
        Take("role_arn", "RoleArn"),
        Take("input", "Input"),
        Take("input_path", "InputPath"),
        One("dead_letter_config", "DeadLetterConfig", &[Take("arn", "Arn")]),
        One("retry_policy", "RetryPolicy", RETRY_POLICY),
        One("sqs_target", "SqsParameters", &[Take("message_group_id", "MessageGroupId")]),
        One(
            "ecs_target",
            "EcsParameters",
            &[
                Take("task_definition_arn", "TaskDefinitionArn"),
                Take("task_count", "TaskCount"),
                Take("launch_type", "LaunchType"),
            ],
        ),
    ];
    Some(properties(RULES, values))
}

/// Terraform has the policy of a bus in one, CloudFormation every statement of it for itself.
fn statements(values: &Node) -> Vec<Node> {
    let whole = || vec![values.clone()];
    let Value::Map(arguments) = &values.value else { return whole() };
    let Some(document) = argument(values, "policy").cloned().and_then(json) else { return whole() };
    let Some(statement) = document.get("Statement") else { return whole() };
    let statements = match &statement.value {
        Value::List(statements) => statements.clone(),
        _ => vec![statement.clone()],
    };
    let with = |statement: Node| {
        let mut arguments: IndexMap<String, Node> = arguments.clone();
        arguments.insert("policy".to_owned(), statement);
        Node { value: Value::Map(arguments), ..values.clone() }
    };
    statements.into_iter().map(with).collect()
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
    fn every_statement_of_the_policy_of_a_bus_is_one() {
        let split = |policy: &str| statements(&node(json!({ "event_bus_name": "shop", "policy": policy })));
        let one = |statement| node(json!({ "event_bus_name": "shop", "policy": statement }));
        let two = split(r#"{ "Statement": [{ "Sid": "a" }, { "Sid": "b" }] }"#);
        assert_eq!(two, [one(json!({ "Sid": "a" })), one(json!({ "Sid": "b" }))]);
        assert_eq!(split(r#"{ "Statement": { "Sid": "a" } }"#), [one(json!({ "Sid": "a" }))]);
        assert_eq!(split("no document"), [one(json!("no document"))]);
    }
}
