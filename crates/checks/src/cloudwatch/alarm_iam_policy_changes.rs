//! `cloudwatch_alarm_iam_policy_changes`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm when policies of IAM change
///
/// A change of a policy changes who may do what. An intruder who widens a role stays that way; so does a mistake.
/// Both are found at once, or at the next audit. An account
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
///   PolicyChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = AttachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = CreatePolicyVersion) }'
///       MetricTransformations: [{ MetricName: PolicyChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   PolicyChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: PolicyChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.4"], cis = ["v3.0.0:4.4", "v5.0.0:4.4"], code = Partly)]
fn cloudwatch_alarm_iam_policy_changes(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(
        around,
        &[Watch {
            what: "changes of policies",
            words: &["PutRolePolicy", "PutUserPolicy", "AttachRolePolicy", "AttachUserPolicy", "CreatePolicyVersion"],
        }],
    )
}
