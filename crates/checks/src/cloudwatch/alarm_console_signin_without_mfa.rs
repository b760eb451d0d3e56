//! `cloudwatch_alarm_console_signin_without_mfa`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm when someone signs in without a second factor
///
/// A sign-in with a password alone is what a phished password gives an intruder. Where everyone has a second factor,
/// one that goes without it is a gap in the rules or an attack. An account
/// needs one trail with these alarms. In code, trails that send their events to a log group are judged; alarms that
/// stand in other code are not seen.
///
/// ## Fix
/// Add an `AWS::Logs::MetricFilter` on the log group of the trail, and an `AWS::CloudWatch::Alarm` with an action
/// that reaches the people who answer for security.
/// ```yaml,fail
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
/// ```
/// ```yaml,pass
/// Resources:
///   Events: { Type: AWS::Logs::LogGroup }
///   Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: trail, CloudWatchLogsLogGroupArn: !GetAtt Events.Arn } }
///   NoSecondFactorFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") }'
///       MetricTransformations: [{ MetricName: NoSecondFactor, MetricNamespace: Trail, MetricValue: "1" }]
///   NoSecondFactorAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: NoSecondFactor, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, SEC02_BP01, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.3"], cis = ["v3.0.0:4.2", "v5.0.0:4.2"], code = Partly)]
fn cloudwatch_alarm_console_signin_without_mfa(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(
        around,
        &[Watch { what: "sign-ins without a second factor", words: &["ConsoleLogin", "MFAUsed"] }],
    )
}
