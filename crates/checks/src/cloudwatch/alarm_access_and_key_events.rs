//! `cloudwatch_alarm_access_and_key_events`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm on failed sign-ins, keys switched off and bucket policies changed
///
/// Failed sign-ins in number are someone guessing. A key that is disabled or scheduled for deletion takes the data
/// under it along. A bucket policy is how data is given away. Each is rare enough to be looked at. An account
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
///   FailedSignInsFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }'
///       MetricTransformations: [{ MetricName: FailedSignIns, MetricNamespace: Trail, MetricValue: "1" }]
///   KeysLostFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }'
///       MetricTransformations: [{ MetricName: KeysLost, MetricNamespace: Trail, MetricValue: "1" }]
///   BucketPoliciesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketPolicy) || ($.eventName = DeleteBucketPolicy)) }'
///       MetricTransformations: [{ MetricName: BucketPolicies, MetricNamespace: Trail, MetricValue: "1" }]
///   FailedSignInsAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: FailedSignIns, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   KeysLostAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: KeysLost, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   BucketPoliciesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: BucketPolicies, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.6", "CloudWatch.7", "CloudWatch.8"], cis = ["v3.0.0:4.6", "v3.0.0:4.7", "v3.0.0:4.8", "v5.0.0:4.6", "v5.0.0:4.7", "v5.0.0:4.8"], code = Partly)]
fn cloudwatch_alarm_access_and_key_events(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(
        around,
        &[
            Watch { what: "failed sign-ins", words: &["ConsoleLogin", "Failed authentication"] },
            Watch { what: "keys disabled or deleted", words: &["DisableKey", "ScheduleKeyDeletion"] },
            Watch { what: "changes of bucket policies", words: &["PutBucketPolicy", "DeleteBucketPolicy"] },
        ],
    )
}
