//! Amazon CloudWatch: alarms on metrics, and on the state of others.

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

pub(crate) use crate::metrics::CLOUDWATCH;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

/// An answer holds both kinds of alarm, of which only the one that was asked for is filled.
static ALARMS: Call = Call {
    service: &CLOUDWATCH,
    operation: "DescribeAlarms",
    path: "",
    action: "cloudwatch:DescribeAlarms",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cloudwatch",
    reach: Reach::EveryRegion,
    calls: &[&ALARMS],
    collect: |run| Box::pin(alarms(run)),
};

const COMMON: &[(&str, &str)] = &[
    ("AlarmName", "AlarmName"),
    ("AlarmDescription", "AlarmDescription"),
    ("ActionsEnabled", "ActionsEnabled"),
    ("OKActions", "OKActions"),
    ("AlarmActions", "AlarmActions"),
    ("InsufficientDataActions", "InsufficientDataActions"),
    ("StateValue", "Observed.StateValue"),
    ("StateUpdatedTimestamp", "Observed.StateUpdatedTimestamp"),
    ("AlarmConfigurationUpdatedTimestamp", "Observed.AlarmConfigurationUpdatedTimestamp"),
];

const METRIC: &[(&str, &str)] = &[
    ("MetricName", "MetricName"),
    ("Namespace", "Namespace"),
    ("Statistic", "Statistic"),
    ("ExtendedStatistic", "ExtendedStatistic"),
    ("Dimensions", "Dimensions"),
    ("Period", "Period"),
    ("Unit", "Unit"),
    ("EvaluationPeriods", "EvaluationPeriods"),
    ("DatapointsToAlarm", "DatapointsToAlarm"),
    ("Threshold", "Threshold"),
    ("ComparisonOperator", "ComparisonOperator"),
    ("TreatMissingData", "TreatMissingData"),
    ("EvaluateLowSampleCountPercentile", "EvaluateLowSampleCountPercentile"),
    ("Metrics", "Metrics"),
    ("ThresholdMetricId", "ThresholdMetricId"),
];

const COMPOSITE: &[(&str, &str)] = &[
    ("AlarmRule", "AlarmRule"),
    ("ActionsSuppressor", "ActionsSuppressor"),
    ("ActionsSuppressorWaitPeriod", "ActionsSuppressorWaitPeriod"),
    ("ActionsSuppressorExtensionPeriod", "ActionsSuppressorExtensionPeriod"),
];

async fn alarms(run: &Run) -> Result<(), Halt> {
    let asked = |kind: &str| json!({ "AlarmTypes": [kind], "MaxRecords": 100 });
    let (metric, composite) = tokio::join!(
        run.list(&ALARMS, asked("MetricAlarm"), "MetricAlarms"),
        run.list(&ALARMS, asked("CompositeAlarm"), "CompositeAlarms"),
    );
    for found in metric.iter().flatten() {
        if let Some(alarm) = alarm("AWS::CloudWatch::Alarm", found) {
            run.add(alarm.take(found, METRIC));
        }
    }
    for found in composite.iter().flatten() {
        if let Some(alarm) = alarm("AWS::CloudWatch::CompositeAlarm", found) {
            run.add(alarm.take(found, COMPOSITE).set("Observed.AlarmNames", watched(found)));
        }
    }
    metric.and(composite).map(drop)
}

fn alarm(kind: &str, found: &Node) -> Option<Draft> {
    let name = text(found, "AlarmName")?;
    let mut alarm = Draft::new(kind, name, found.origin).name(name);
    if let Some(arn) = text(found, "AlarmArn") {
        alarm = alarm.arn(arn);
    }
    Some(alarm.take(found, COMMON))
}

/// The names or ARNs of the alarms that a rule speaks of.
fn watched(found: &Node) -> Option<Node> {
    let rule = text(found, "AlarmRule")?;
    // Functions take a bare name as well: `ALARM(web) AND NOT OK("db")`.
    let names =
        rule.split('(').skip(1).filter_map(|rest| rest.split(')').next()).map(|name| name.trim().trim_matches('"'));
    let names = names.filter(|name| !name.is_empty());
    Some(Node::new(
        Value::List(names.map(|name| Node::new(Value::Text(name.into()), found.origin)).collect()),
        found.origin,
    ))
}
