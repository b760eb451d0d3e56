//! Amazon EC2 Auto Scaling.

use model::{At, Fact, List, Tags, Text, View};

/// A group of instances.
#[derive(Debug, View)]
#[view("AWS::AutoScaling::AutoScalingGroup")]
pub(crate) struct Group<'a> {
    pub(crate) at: At<'a>,
    pub(crate) availability_zones: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "VPCZoneIdentifier")]
    pub(crate) subnets: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) min_size: Fact<'a, i64>,
    pub(crate) max_size: Fact<'a, i64>,
    #[view(default = "EC2")]
    pub(crate) health_check_type: Fact<'a, Text<'a>>,
    #[view(path = "TargetGroupARNs")]
    pub(crate) target_groups: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "LoadBalancerNames")]
    pub(crate) classic_load_balancers: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) launch_template: At<'a>,
    pub(crate) tags: Tags<'a>,
    pub(crate) mixed_instances_policy: MixedInstances<'a>,
}

#[derive(Debug, View)]
pub(crate) struct MixedInstances<'a> {
    pub(crate) at: At<'a>,
    pub(crate) launch_template: At<'a>,
    /// All of them, unless told otherwise.
    #[view(path = "InstancesDistribution.OnDemandPercentageAboveBaseCapacity", default = 100)]
    pub(crate) on_demand_percentage: Fact<'a, i64>,
    #[view(path = "LaunchTemplate.Overrides")]
    pub(crate) overrides: List<'a, Override<'a>>,
}

#[derive(Debug, View)]
pub(crate) struct Override<'a> {
    pub(crate) at: At<'a>,
    pub(crate) instance_requirements: At<'a>,
}
