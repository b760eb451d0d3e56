//! `ec2_instance_in_auto_scaling_group`

use macros::check;
use model::{Verdict, when};

use crate::views::elbv2::TargetGroup;

/// Instances behind a load balancer come from an Auto Scaling group
///
/// An instance that is registered by hand is replaced by hand: when it fails at night its share of the
/// capacity is gone until morning, and it cannot become two when there is more to do. A group starts a new
/// one by itself, from a template, so that nobody depends on what was once installed. Instances that are
/// not behind a load balancer are not judged: whether they do an application's work cannot be told.
///
/// ## Fix
/// Put what the instance is made of into an `AWS::EC2::LaunchTemplate`, create an
/// `AWS::AutoScaling::AutoScalingGroup` with the target group in `TargetGroupARNs`, and remove `Targets`. A
/// group of one instance is enough for a replacement.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::TargetGroup
/// Properties: { VpcId: vpc-1, Port: 80, Protocol: HTTP, Targets: [{ Id: i-0123456789abcdef0 }] }
/// ```
/// ```yaml,pass
/// Resources:
///   Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: vpc-1, Port: 80, Protocol: HTTP } }
///   Shop:
///     Type: AWS::AutoScaling::AutoScalingGroup
///     Properties: { MinSize: "2", MaxSize: "4", TargetGroupARNs: [!Ref Targets] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::TargetGroup
/// Properties: { VpcId: vpc-1, Port: 80, Protocol: HTTP, TargetType: ip }
/// ```
#[check(
    REL07_BP01,
    REL11_BP03,
    REL10_BP02,
    severity = Medium,
    effort = Large,
    needs = [Downtime, Testing],
    code = Partly
)]
fn ec2_instance_in_auto_scaling_group(group: &TargetGroup) -> Verdict {
    when(group.target_type.must_be("instance"), || group.targets.must_be_empty())
}
