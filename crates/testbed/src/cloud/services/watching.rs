//! Amazon CloudWatch and its logs.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{Kind, name};

pub(super) fn logs(account: &Account<'_>) -> Option<Answer> {
    let (population, region) = (account.population, account.region());
    if account.question.operation != "DescribeLogGroups" {
        return None;
    }
    let group = |number| {
        let mut dice = population.dice(Kind::LogGroup, region, number);
        let named = format!("/aws/lambda/{}", name(number));
        let mut group = json!({
            "logGroupName": named,
            "creationTime": 1_714_550_400_000_u64,
            "metricFilterCount": 0,
            "arn": account.arn("logs", &format!("log-group:{named}:*")),
            "logGroupArn": account.arn("logs", &format!("log-group:{named}")),
            "storedBytes": dice.below(1 << 30),
            "logGroupClass": "STANDARD",
        });
        if dice.happens(60) {
            group["retentionInDays"] = json!(30);
        }
        group
    };
    let (groups, next) = account.items(population.count(Kind::LogGroup, region), "limit", 50, group);
    Some(with(json!({ "logGroups": groups }), "nextToken", next))
}

pub(super) fn metrics(account: &Account<'_>) -> Option<Answer> {
    match account.question.operation.as_str() {
        "DescribeAlarms" => Some(alarms(account)),
        "GetMetricData" => Some(data(account)),
        _ => None,
    }
}

/// What is asked for, each with a value for the first day: an account in which everything is used a little.
fn data(account: &Account<'_>) -> Answer {
    let day = account.question.text("StartTime").to_owned();
    let asked = |number: usize| account.question.text(&format!("MetricDataQueries.member.{number}.Id")).to_owned();
    let results: Vec<Value> = (1..)
        .map(asked)
        .take_while(|id| !id.is_empty())
        .map(|id| {
            json!({
                "Id": id,
                "Label": id,
                "Timestamps": { "member": [day] },
                "Values": { "member": ["12.5"] },
                "StatusCode": "Complete",
            })
        })
        .collect();
    Answer::Tree(json!({ "MetricDataResults": { "member": results }, "Messages": Value::Null }))
}

/// Alarms are asked for by their type; there are none of alarms.
fn alarms(account: &Account<'_>) -> Answer {
    let (population, region) = (account.population, account.region());
    let types = account.question.list("AlarmTypes");
    let metric = types.is_empty() || types.iter().any(|name| name == "MetricAlarm");
    let total = if metric { population.count(Kind::Alarm, region) } else { 0 };
    let (alarms, next) = account.items(total, "MaxRecords", 50, |number| alarm(account, number));
    let tree = json!({ "MetricAlarms": { "member": alarms }, "CompositeAlarms": Value::Null });
    with(tree, "NextToken", next)
}

fn alarm(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::Alarm, region, number);
    let action = account.arn("sns", &name(0));
    let actions = if dice.happens(80) { json!({ "member": [action] }) } else { Value::Null };
    let instance = population.id("i", Kind::Instance, region, number);
    json!({
        "AlarmName": name(number),
        "AlarmArn": account.arn("cloudwatch", &format!("alarm:{}", name(number))),
        "AlarmConfigurationUpdatedTimestamp": "2025-05-01T09:00:00.000Z",
        "ActionsEnabled": dice.happens(95),
        "OKActions": Value::Null,
        "AlarmActions": actions,
        "InsufficientDataActions": Value::Null,
        "StateValue": dice.one(&["OK", "OK", "ALARM", "INSUFFICIENT_DATA"]),
        "StateUpdatedTimestamp": "2026-10-30T09:00:00.000Z",
        "MetricName": "CPUUtilization",
        "Namespace": "AWS/EC2",
        "Statistic": "Average",
        "Dimensions": { "member": [{ "Name": "InstanceId", "Value": instance }] },
        "Period": 300,
        "EvaluationPeriods": 3,
        "Threshold": "80.0",
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "missing",
    })
}
