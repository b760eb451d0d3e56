//! `ecs_service_auto_scaling`

use macros::check;
use model::{At, Inventory, Verdict, View, when};

use crate::views::ecs::Service;

/// A rule by which Application Auto Scaling moves a number.
#[derive(Debug, View)]
#[view("AWS::ApplicationAutoScaling::ScalingPolicy")]
struct ScalingPolicy<'a> {
    at: At<'a>,
}

/// ECS services scale with their load
///
/// A fixed number of tasks is too small at the peak, when requests queue up and fail, and too large for the rest of
/// the day, when tasks that idle are paid for and use energy. Services that run one task on every host are not
/// judged.
///
/// ## Fix
/// Register the service as an `AWS::ApplicationAutoScaling::ScalableTarget` and add a target tracking policy on CPU or
/// on requests per target. Leave `DesiredCount` out, or each deployment resets the number.
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties: { DesiredCount: 2 }
/// ```
/// ```yaml,pass
/// Resources:
///   Shop: { Type: AWS::ECS::Cluster }
///   Web: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref Shop } }
///   WebTasks:
///     Type: AWS::ApplicationAutoScaling::ScalableTarget
///     Properties: { ResourceId: !Sub "service/${Shop}/${Web.Name}", MinCapacity: 2, MaxCapacity: 10 }
///   WebLoad:
///     Type: AWS::ApplicationAutoScaling::ScalingPolicy
///     Properties:
///       ScalingTargetId: !Ref WebTasks
///       PolicyType: TargetTrackingScaling
///       TargetTrackingScalingPolicyConfiguration:
///         TargetValue: 60
///         PredefinedMetricSpecification: { PredefinedMetricType: ECSServiceAverageCPUUtilization }
/// ```
#[check(REL07_BP03, PERF02_BP05, COST09_BP03, SUS02_BP01, severity = Medium, effort = Medium, needs = [Testing], code = Partly)]
fn ecs_service_auto_scaling(service: &Service, around: &Inventory) -> Verdict {
    when(service.scheduling_strategy.must_be("REPLICA"), || {
        service.must_scale(around, "a scalable target with a policy", |target| {
            let policy =
                around.referring::<ScalingPolicy<'_>>("ScalingTargetId", &target.at).must_exist("a scaling policy")
                    | around.referring::<ScalingPolicy<'_>>("ResourceId", &service.at).must_exist("a scaling policy");
            policy.or_perhaps(target.scheduled_actions.must_not_be_empty())
        })
    })
}
