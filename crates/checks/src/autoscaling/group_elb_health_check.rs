//! `autoscaling_group_elb_health_check`

use macros::check;
use model::{Verdict, when};

use crate::views::autoscaling::Group;

/// Auto Scaling groups behind a load balancer replace instances that fail its health check
///
/// By itself a group looks at the instance only, not at the application. When the application hangs, the
/// load balancer stops sending requests there, but the group keeps the instance, and the capacity stays
/// lost until somebody looks.
///
/// ## Fix
/// Set `HealthCheckType: ELB`, and `HealthCheckGracePeriod` to the time the application needs to start:
/// with less, the group replaces instances that have not yet come up, again and again.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", TargetGroupARNs: [shop] }
/// ```
/// ```yaml,pass
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", TargetGroupARNs: [shop], HealthCheckType: ELB, HealthCheckGracePeriod: 120 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4" }
/// ```
#[check(REL11_BP03, REL11_BP01, REL07_BP02, severity = Low, needs = [Testing], fsbp = ["AutoScaling.1"])]
fn autoscaling_group_elb_health_check(group: &Group) -> Verdict {
    let is_behind_one = group.target_groups.must_not_be_empty() | group.classic_load_balancers.must_not_be_empty();
    when(is_behind_one, || {
        group.health_check_type.must("ELB", |kinds| kinds.split(',').any(|kind| kind.trim() == "ELB"))
    })
}
