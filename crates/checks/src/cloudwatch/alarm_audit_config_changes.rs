//! `cloudwatch_alarm_audit_config_changes`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm when CloudTrail or Config is changed
///
/// Before doing harm, an intruder who knows AWS switches off what records it. The last event a trail records may be
/// the one that stops it: an alarm on that event is heard all the same. Events of AWS Organizations are left out,
/// because they appear only in the management account. An account
/// needs one trail with these alarms. In code, trails that send their events to a log group are judged; alarms that
/// stand in other code are not seen.
///
/// ## Fix
/// Add an `AWS::Logs::MetricFilter` for each on the log group of the trail, and an `AWS::CloudWatch::Alarm` with an
/// action that reaches the people who answer for security.
/// ```yaml,fail
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
/// ```
/// ```yaml,pass
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
///   TrailChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = StopLogging) || ($.eventName = DeleteTrail) || ($.eventName = UpdateTrail) }'
///       MetricTransformations: [{ MetricName: TrailChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   ConfigChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) }'
///       MetricTransformations: [{ MetricName: ConfigChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   TrailChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: TrailChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   ConfigChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: ConfigChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.5", "CloudWatch.9"], cis = ["v3.0.0:4.5", "v3.0.0:4.9", "v5.0.0:4.5", "v5.0.0:4.9"], code = Partly)]
fn cloudwatch_alarm_audit_config_changes(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(
        around,
        &[
            Watch { what: "changes of CloudTrail", words: &["StopLogging", "DeleteTrail", "UpdateTrail"] },
            Watch { what: "changes of Config", words: &["StopConfigurationRecorder", "DeleteDeliveryChannel"] },
        ],
    )
}
