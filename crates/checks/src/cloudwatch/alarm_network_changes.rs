//! `cloudwatch_alarm_network_changes`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;
use crate::views::trail_alarms::Watch;

/// Trails raise an alarm when the network is opened or rerouted
///
/// Security groups, network ACLs, gateways, route tables and VPCs decide what can be reached from where. A change
/// that nobody planned is how a private database becomes public, or how traffic takes a way past inspection. An account
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
///   GroupChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = CreateSecurityGroup) }'
///       MetricTransformations: [{ MetricName: GroupChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   AclChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = CreateNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) }'
///       MetricTransformations: [{ MetricName: AclChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   GatewayChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = AttachInternetGateway) || ($.eventName = DeleteInternetGateway) }'
///       MetricTransformations: [{ MetricName: GatewayChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   RouteChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = CreateRoute) || ($.eventName = ReplaceRoute) }'
///       MetricTransformations: [{ MetricName: RouteChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   VpcChangesFilter:
///     Type: AWS::Logs::MetricFilter
///     Properties:
///       LogGroupName: !Ref Events
///       FilterPattern: '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) }'
///       MetricTransformations: [{ MetricName: VpcChanges, MetricNamespace: Trail, MetricValue: "1" }]
///   GroupChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: GroupChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   AclChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: AclChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   GatewayChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: GatewayChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   RouteChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: RouteChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
///   VpcChangesAlarm:
///     Type: AWS::CloudWatch::Alarm
///     Properties: { MetricName: VpcChanges, Namespace: Trail, AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:security"] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: trail }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(SEC04_BP03, SEC05_BP04, severity = Low, effort = Medium, needs = [Money], fsbp = ["CloudWatch.10", "CloudWatch.11", "CloudWatch.12", "CloudWatch.13", "CloudWatch.14"], cis = ["v3.0.0:4.10", "v3.0.0:4.11", "v3.0.0:4.12", "v3.0.0:4.13", "v3.0.0:4.14", "v5.0.0:4.10", "v5.0.0:4.11", "v5.0.0:4.12", "v5.0.0:4.13", "v5.0.0:4.14"], code = Partly)]
fn cloudwatch_alarm_network_changes(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_alarm_on(
        around,
        &[
            Watch {
                what: "changes of security groups",
                words: &["AuthorizeSecurityGroupIngress", "CreateSecurityGroup"],
            },
            Watch { what: "changes of network ACLs", words: &["CreateNetworkAclEntry", "ReplaceNetworkAclEntry"] },
            Watch { what: "changes of gateways", words: &["AttachInternetGateway", "DeleteInternetGateway"] },
            Watch { what: "changes of route tables", words: &["CreateRoute", "ReplaceRoute"] },
            Watch { what: "changes of VPCs", words: &["CreateVpc", "DeleteVpc"] },
        ],
    )
}
