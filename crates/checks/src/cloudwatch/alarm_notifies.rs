//! `cloudwatch_alarm_notifies`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudwatch::AnyAlarm;

/// Alarms of CloudWatch do something when they go off
///
/// An alarm without an action, or with its actions switched off, changes its colour in the console. Nobody looks there at
/// night. An alarm that only feeds a composite alarm which acts is fine.
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
    // That no composite alarm steps in is worth no words of its own.
    if composite.outcome == model::Outcome::Fail { own } else { own | composite }
}
