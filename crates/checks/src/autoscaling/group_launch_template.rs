//! `autoscaling_group_launch_template`

use macros::check;
use model::Verdict;

use crate::views::autoscaling::Group;

/// Auto Scaling groups use a launch template
///
/// Launch configurations are frozen: new instance types and features do not come to them, and accounts
/// made since 2023 cannot create any. Launch templates have versions, so a change can be rolled out by an
/// instance refresh and taken back.
///
/// ## Fix
/// Copy the launch configuration to an `AWS::EC2::LaunchTemplate` and refer to it by `LaunchTemplate` or
/// `MixedInstancesPolicy` in place of `LaunchConfigurationName`.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", LaunchConfigurationName: shop }
/// ```
/// ```yaml,pass
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", LaunchTemplate: { LaunchTemplateName: shop, Version: "4" } }
/// ```
#[check(REL08_BP04, OPS05_BP04, severity = Medium, effort = Medium, fsbp = ["AutoScaling.9"])]
fn autoscaling_group_launch_template(group: &Group) -> Verdict {
    group.launch_template.must_be_set() | group.mixed_instances_policy.launch_template.must_be_set()
}
