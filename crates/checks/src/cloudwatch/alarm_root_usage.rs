//! `cloudwatch_alarm_root_usage`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm when the root user is used
///
/// Nothing restrains the root user of an account, and next to nothing needs it. Its use is an emergency, a mistake or
/// an intruder, and each is worth a look within minutes. An account
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
///   RootUsageFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'
///       MetricTransformations: [{ MetricName: RootUsage, MetricNamespace: Trail, MetricValue: "1" }]
///   RootUsageAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: RootUsage, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, SEC01_BP02, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.1"], cis = ["v3.0.0:4.3", "v5.0.0:4.3"], code = Partly)]
fn cloudwatch_alarm_root_usage(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(around, &[Watch { what: "use of the root user", words: &["userIdentity.type", "Root"] }])
}
