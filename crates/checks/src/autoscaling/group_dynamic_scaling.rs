//! `autoscaling_group_dynamic_scaling`

use macros::check;
use model::{At, Fact, Inventory, Outcome, Text, Verdict, View};

use crate::views::autoscaling::Group;

/// A rule, or a plan by the clock, by which a group changes its size.
#[derive(Debug, View)]
#[view("AWS::AutoScaling::ScalingPolicy", "AWS::AutoScaling::ScheduledAction")]
struct Policy<'a> {
    at: At<'a>,
}

/// What lets Amazon ECS size a group to its tasks.
#[derive(Debug, View)]
#[view("AWS::ECS::CapacityProvider")]
struct CapacityProvider<'a> {
    at: At<'a>,
    #[view(path = "AutoScalingGroupProvider.ManagedScaling.Status")]
    managed_scaling: Fact<'a, Text<'a>>,
}

/// Auto Scaling groups grow and shrink with demand
///
/// A group of a fixed size is too small at the peak and too large at night: users wait in the one case,
/// and money and energy are spent for nothing in the other. A group that can change its size does so only
/// when a policy tells it to.
///
/// ## Fix
/// Set `MaxSize` above `MinSize` and add an `AWS::AutoScaling::ScalingPolicy` with target tracking, on CPU
/// or on requests per target. For load by the clock, add an `AWS::AutoScaling::ScheduledAction`. Where the
/// size is fixed on purpose, waive the check.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "8" }
/// ```
/// ```yaml,pass
/// Resources:
///   Shop: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: "2", MaxSize: "8" } }
///   OnCpu:
///     Type: AWS::AutoScaling::ScalingPolicy
///     Properties:
///       AutoScalingGroupName: !Ref Shop
///       PolicyType: TargetTrackingScaling
///       TargetTrackingConfiguration:
///         PredefinedMetricSpecification: { PredefinedMetricType: ASGAverageCPUUtilization }
///         TargetValue: 50
/// ```
#[check(
    REL07_BP03,
    PERF02_BP05,
    COST09_BP03,
    SUS02_BP01,
    PERF05_BP05,
    severity = Medium,
    effort = Medium,
    needs = [Testing],
    code = Partly
)]
fn autoscaling_group_dynamic_scaling(group: &Group, around: &Inventory) -> Verdict {
    let can_change = group.min_size.and_then(|least| group.max_size.must_be_at_least(least.saturating_add(1)));
    let policy =
        around.referring::<Policy>("AutoScalingGroupName", &group.at).must_exist("a scaling policy or schedule");
    let by_ecs = around
        .referring::<CapacityProvider>("AutoScalingGroupProvider.AutoScalingGroupArn", &group.at)
        .any("managed scaling", |provider| provider.managed_scaling.must_be("ENABLED"));
    // That Amazon ECS does not do it either says nothing new.
    let policy = if by_ecs.outcome == Outcome::Fail { policy } else { policy | by_ecs };
    can_change & policy
}
