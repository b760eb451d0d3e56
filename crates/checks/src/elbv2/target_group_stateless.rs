//! `elbv2_target_group_stateless`

use macros::check;
use model::Verdict;

use crate::views::elbv2::TargetGroup;

/// Target groups send requests to any target
///
/// With sticky sessions a user is bound to one target. When it fails, is replaced or scaled in, the
/// session is lost, and new targets get no load from those who are already there. Sessions in a shared
/// store make every target as good as any other.
///
/// ## Fix
/// Move session state to ElastiCache, MemoryDB or DynamoDB, or into a signed token, then set the attribute
/// `stickiness.enabled` to false.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::TargetGroup
/// Properties:
///   VpcId: vpc-1
///   TargetGroupAttributes: [{ Key: stickiness.enabled, Value: "true" }]
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::TargetGroup
/// Properties: { VpcId: vpc-1 }
/// ```
#[check(REL05_BP06, severity = Low, effort = Large, needs = [Testing])]
fn elbv2_target_group_stateless(targets: &TargetGroup) -> Verdict {
    targets.must_leave_off("stickiness.enabled")
}
