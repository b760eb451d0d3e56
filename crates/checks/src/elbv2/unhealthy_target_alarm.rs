//! `elbv2_unhealthy_target_alarm`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::cloudwatch::Alarm;
use crate::views::elbv2::TargetGroup;

/// Target groups have an alarm on the number of their healthy targets
///
/// Targets that fail their health check get no more requests, quietly. The rest carries the load until it
/// is too much. An alarm tells while there is still something left.
///
/// ## Fix
/// Add an `AWS::CloudWatch::Alarm` on `UnHealthyHostCount` or `HealthyHostCount` with the dimensions
/// `TargetGroup` (`!GetAtt Targets.TargetGroupFullName`) and `LoadBalancer`, and a topic as its action.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::TargetGroup
/// Properties: { Port: 443, Protocol: HTTPS, VpcId: vpc-1 }
/// ```
/// ```yaml,pass
/// Resources:
///   Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Port: 443, Protocol: HTTPS, VpcId: vpc-1 } }
///   Unhealthy:
///     Type: AWS::CloudWatch::Alarm
///     Properties:
///       Namespace: AWS/ApplicationELB
///       MetricName: UnHealthyHostCount
///       Dimensions: [{ Name: TargetGroup, Value: !GetAtt Targets.TargetGroupFullName }]
///       Statistic: Maximum
///       Period: 60
///       EvaluationPeriods: 3
///       Threshold: 1
///       ComparisonOperator: GreaterThanOrEqualToThreshold
/// ```
#[check(REL11_BP01, OPS08_BP04, severity = Medium, code = Partly)]
fn elbv2_unhealthy_target_alarm(targets: &TargetGroup, around: &Inventory) -> Verdict {
    let metrics = ["UnHealthyHostCount", "HealthyHostCount", "HealthyStateRouting", "UnhealthyStateRouting"];
    when(targets.target_type.must_not_be("lambda"), || {
        Alarm::must_watch(around, &targets.at, &metrics, "an alarm on the number of healthy targets")
    })
}
