//! `servicequotas_usage_alarm_exists`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm")]
struct Alarm<'a> {
    at: At<'a>,
    namespace: Fact<'a, Text<'a>>,
    metrics: List<'a, Query<'a>>,
}

#[derive(Debug, View)]
struct Query<'a> {
    at: At<'a>,
    expression: Fact<'a, Text<'a>>,
    #[view(path = "MetricStat.Metric.Namespace")]
    namespace: Fact<'a, Text<'a>>,
}

/// Alarms on usage compare it with the quota
///
/// Metrics in `AWS/Usage` count calls and resources. A fixed threshold on them is wrong as soon as the quota is
/// raised, and wrong in every account and Region where it is another. `SERVICE_QUOTA()` knows the quota that holds,
/// so that the alarm goes off at, say, eight tenths of it everywhere.
/// An account needs one such alarm.
///
/// ## Fix
/// Alarm on an expression: `m1 / SERVICE_QUOTA(m1) * 100` with a threshold of 80, where `m1` is the metric.
/// ```yaml,fail
/// Type: AWS::CloudWatch::Alarm
/// Properties:
///   Namespace: AWS/Usage
///   MetricName: ResourceCount
///   Threshold: 900
///   ComparisonOperator: GreaterThanThreshold
///   EvaluationPeriods: 1
/// ```
/// ```yaml,pass
/// Type: AWS::CloudWatch::Alarm
/// Properties:
///   Metrics:
///     - { Id: share, Expression: m1 / SERVICE_QUOTA(m1) * 100 }
///     - Id: m1
///       MetricStat: { Metric: { Namespace: AWS/Usage, MetricName: ResourceCount }, Period: 300, Stat: Maximum }
///       ReturnData: false
///   Threshold: 80
///   ComparisonOperator: GreaterThanThreshold
///   EvaluationPeriods: 1
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudWatch::Alarm
/// Properties: { Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudWatch::Alarm"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Metrics": [
///     { "Id": "share", "Expression": "m1 / SERVICE_QUOTA(m1) * 100" },
///     { "Id": "m1", "MetricStat": { "Metric": { "Namespace": "AWS/Usage", "MetricName": "ResourceCount" } } }
///   ] } }
/// ]
/// ```
#[check(REL01_BP04, REL01_BP05, severity = Medium, code = Partly)]
fn servicequotas_usage_alarm_exists(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Alarm>(&place.at, "an alarm that compares usage with a quota", |alarm| {
        let on_usage = alarm.namespace.must_be("AWS/Usage")
            | alarm.metrics.any("a metric of usage", |query| query.namespace.must_be("AWS/Usage"));
        when(on_usage, || {
            let expected = "an expression with SERVICE_QUOTA";
            alarm.metrics.any(expected, |query| query.expression.must_contain("SERVICE_QUOTA("))
        })
    })
}
