//! `autoscaling_group_spot_for_fault_tolerant`

use findings::Settings;
use macros::check;
use model::{Verdict, any, when};

use crate::views::autoscaling::Group;

/// Auto Scaling groups that are not for production take a part of their capacity from Spot
///
/// Spot instances cost up to 90 % less and can be taken back with two minutes of notice. Environments for
/// development and tests can live with that: the group starts another one. A group counts as such by its
/// tags.
///
/// ## Fix
/// Set `MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity` to 50 or less, offer
/// several types under `Overrides`, and let `SpotAllocationStrategy` be `price-capacity-optimized`.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties:
///   MinSize: "1"
///   MaxSize: "4"
///   LaunchTemplate: { LaunchTemplateName: shop, Version: "4" }
///   Tags: [{ Key: Environment, Value: test, PropagateAtLaunch: true }]
/// ```
/// ```yaml,pass
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties:
///   MinSize: "1"
///   MaxSize: "4"
///   MixedInstancesPolicy:
///     InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0, SpotAllocationStrategy: price-capacity-optimized }
///     LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: shop, Version: "4" } }
///   Tags: [{ Key: Environment, Value: test, PropagateAtLaunch: true }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties:
///   MinSize: "1"
///   MaxSize: "4"
///   Tags: [{ Key: Environment, Value: production, PropagateAtLaunch: true }]
/// ```
#[check(
    COST07_BP04,
    COST07_BP01,
    severity = Low,
    needs = [Testing],
    thresholds(
        tag_keys = ["Environment", "environment", "Env", "env", "Stage", "stage"],
        tag_values = ["dev", "development", "test", "testing", "qa", "staging", "sandbox", "Development", "Test", "Staging"],
        max_on_demand_percent = 99
    )
)]
fn autoscaling_group_spot_for_fault_tolerant(group: &Group, settings: &Settings) -> Verdict {
    let values: Vec<&str> = settings.words("tag_values").iter().map(String::as_str).collect();
    let is_not_for_production = any(settings.words("tag_keys").iter().map(|key| group.tags.must_have(key, &values)));
    when(is_not_for_production, || {
        group.mixed_instances_policy.on_demand_percentage.must_be_at_most(settings.number("max_on_demand_percent"))
    })
}
