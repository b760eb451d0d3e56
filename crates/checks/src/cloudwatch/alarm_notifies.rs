//! `cloudwatch_alarm_notifies`

use macros::check;
use model::{At, Inventory, Outcome, Verdict, View};

use crate::views::cloudwatch::AnyAlarm;

/// What goes back to the earlier version when an alarm goes off.
#[derive(Debug, View)]
#[view("AWS::CodeDeploy::DeploymentGroup", "AWS::ECS::Service", "AWS::AppConfig::Environment")]
struct Deployment<'a> {
    at: At<'a>,
}

/// Where those name the alarm.
const WATCHED: [&str; 3] =
    ["AlarmConfiguration.Alarms.*.Name", "DeploymentConfiguration.Alarms.AlarmNames.*", "Monitors.*.AlarmArn"];

/// Alarms of CloudWatch do something when they go off
///
/// An alarm without an action, or with its actions switched off, changes its colour in the console. Nobody looks there at
/// night. An alarm that feeds a composite alarm which acts, or rolls back a deployment, is fine.
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
    let composite =
        around.referring::<AnyAlarm>("AlarmRule", &alarm.at).any("a composite alarm that acts", AnyAlarm::must_act);
    let rollback = WATCHED
        .map(|path| around.referring::<Deployment>(path, &alarm.at).must_exist("a deployment that it rolls back"));
    // That nothing steps in for it is worth no words of its own.
    let others = std::iter::once(composite).chain(rollback).filter(|verdict| verdict.outcome != Outcome::Fail);
    own | model::any(others)
}
