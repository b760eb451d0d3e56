//! `cloudwatch_alarm_notifies`

use macros::check;
use model::{At, Inventory, Outcome, Verdict, View};

use crate::views::cloudwatch::AnyAlarm;

/// What looks at an alarm itself: deployments that are taken back, experiments that stop, health checks of names.
#[derive(Debug, View)]
#[view(
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::ECS::Service",
    "AWS::AppConfig::Environment",
    "AWS::FIS::ExperimentTemplate",
    "AWS::Route53::HealthCheck"
)]
struct Watcher<'a> {
    at: At<'a>,
}

/// Where those name the alarm.
const WATCHED: [&str; 5] = [
    "AlarmConfiguration.Alarms.*.Name",
    "DeploymentConfiguration.Alarms.AlarmNames.*",
    "Monitors.*.AlarmArn",
    "StopConditions.*.Value",
    "HealthCheckConfig.AlarmIdentifier.Name",
];

/// Alarms of CloudWatch do something when they go off
///
/// An alarm without an action, or with its actions switched off, changes its colour in the console. Nobody looks there at
/// night. An alarm that feeds a composite alarm which acts, rolls back a deployment, stops an experiment or decides a
/// health check is fine.
///
/// ## Fix
/// Name an Amazon SNS topic, or another action, in `AlarmActions`, and leave `ActionsEnabled` at true.
/// ```yaml,fail
/// Type: AWS::CloudWatch::Alarm
/// Properties: { Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage }
/// ```
/// ```yaml,fail
/// Type: AWS::CloudWatch::Alarm
/// Properties:
///   Namespace: AWS/SQS
///   MetricName: ApproximateAgeOfOldestMessage
///   ActionsEnabled: false
///   AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:on-call"]
/// ```
/// ```yaml,pass
/// Type: AWS::CloudWatch::Alarm
/// Properties:
///   Namespace: AWS/SQS
///   MetricName: ApproximateAgeOfOldestMessage
///   AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:on-call"]
/// ```
#[check(REL06_BP03, OPS08_BP04, OPS10_BP02, severity = High, fsbp = ["CloudWatch.15", "CloudWatch.17"])]
fn cloudwatch_alarm_notifies(alarm: &AnyAlarm, around: &Inventory) -> Verdict {
    let own = alarm.must_act();
    // An account writes the names into the text of the rule; there they are read out of it.
    let composite = around
        .referring::<AnyAlarm>("AlarmRule", &alarm.at)
        .with(around.referring::<AnyAlarm>("Observed.AlarmNames.*", &alarm.at))
        .any("a composite alarm that acts", AnyAlarm::must_act);
    let watched =
        WATCHED.map(|path| around.referring::<Watcher>(path, &alarm.at).must_exist("something that watches it"));
    // That nothing steps in for it is worth no words of its own.
    let others = std::iter::once(composite).chain(watched).filter(|verdict| verdict.outcome != Outcome::Fail);
    own | model::any(others)
}
