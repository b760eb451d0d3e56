//! `cloudwatch_alarm_unauthorized_api_calls`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm on calls that are denied
///
/// Whoever holds a stolen key begins by finding out what it may do, and most of those calls are denied. A burst of
/// denials is often the first sign of it; otherwise it is a role that lacks a permission, which is worth knowing as
/// well. An account
/// needs one trail with these alarms. In code, trails that send their events to a log group are judged; alarms that
/// stand in other code are not seen.
///
/// ## Fix
/// Add an `AWS::Logs::MetricFilter` on the log group of the trail, and an `AWS::CloudWatch::Alarm` with an action
/// that reaches the people who answer for security. Choose a threshold above the usual noise.
/// ```yaml,fail
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
/// ```
/// ```yaml,pass
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
///   DeniedFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
///       MetricTransformations: [{ MetricName: Denied, MetricNamespace: Trail, MetricValue: "1" }]
///   DeniedAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: Denied, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.2"], cis = ["v3.0.0:4.1", "v5.0.0:4.1"], code = Partly)]
fn cloudwatch_alarm_unauthorized_api_calls(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(around, &[Watch { what: "denied calls", words: &["UnauthorizedOperation", "AccessDenied"] }])
}
