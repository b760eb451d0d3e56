//! `elbv2_deletion_protection`

use macros::check;
use model::Verdict;

use crate::views::elbv2::LoadBalancer;

/// Load balancers are protected from deletion
///
/// A load balancer that is deleted by mistake, by a wrong click or by a change that replaces it, takes
/// its name in DNS and its addresses with it. Everything behind it is unreachable until all that points
/// there has been changed. Protection is on in no load balancer by itself.
/// Code does not tell production from the rest, so every load balancer is judged.
///
/// ## Fix
/// Set the attribute `deletion_protection.enabled` to true. Turn it off in a step of its own before the
/// load balancer is to be removed: deleting the stack fails until then.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Subnets: [subnet-1, subnet-2] }
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties:
///   Subnets: [subnet-1, subnet-2]
///   LoadBalancerAttributes: [{ Key: deletion_protection.enabled, Value: "true" }]
/// ```
#[check(OPS06_BP01, severity = Medium, fsbp = ["ELB.6"])]
fn elbv2_deletion_protection(balancer: &LoadBalancer) -> Verdict {
    balancer.must_turn_on("deletion_protection.enabled")
}
