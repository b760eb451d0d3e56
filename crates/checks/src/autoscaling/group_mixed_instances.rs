//! `autoscaling_group_mixed_instances`

use macros::check;
use model::Verdict;

use crate::views::autoscaling::Group;

/// Auto Scaling groups can choose among several instance types
///
/// When a zone has run out of the one type a group knows, the group cannot grow, often just when a zone
/// has failed and everybody wants more. With a choice it takes the next type, and a part of the capacity
/// can come from Spot.
///
/// ## Fix
/// Set `MixedInstancesPolicy` with at least two types under `Overrides`, or with
/// `InstanceRequirements`, which names the CPUs and the memory wanted and lets EC2 choose.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", LaunchTemplate: { LaunchTemplateName: shop, Version: "4" } }
/// ```
/// ```yaml,pass
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties:
///   MinSize: "2"
///   MaxSize: "4"
///   MixedInstancesPolicy:
///     LaunchTemplate:
///       LaunchTemplateSpecification: { LaunchTemplateName: shop, Version: "4" }
///       Overrides: [{ InstanceType: m7g.large }, { InstanceType: m6g.large }]
/// ```
#[check(REL10_BP01, COST07_BP04, PERF02_BP02, severity = Low, needs = [Testing], fsbp = ["AutoScaling.6"])]
fn autoscaling_group_mixed_instances(group: &Group) -> Verdict {
    let overrides = &group.mixed_instances_policy.overrides;
    overrides
        .must_have_at_least(2)
        .or_perhaps(overrides.any("instance requirements", |choice| choice.instance_requirements.must_be_set()))
}
