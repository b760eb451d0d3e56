//! `elbv2_cross_zone_enabled`

use macros::check;
use model::{Verdict, when};

use crate::views::elbv2::LoadBalancer;

/// Network load balancers spread connections over the targets of all zones
///
/// Without cross-zone load balancing each zone's share goes to the targets of that zone alone. Two
/// targets in one zone and eight in the other means that each of the two gets four times the load, and a
/// zone without healthy targets answers nobody. Application load balancers always spread.
///
/// ## Fix
/// Set the attribute `load_balancing.cross_zone.enabled` to true. Traffic between zones is charged. Where
/// zones are kept apart on purpose, leave it off and waive the check.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Type: network, Subnets: [subnet-1, subnet-2] }
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties:
///   Type: network
///   Subnets: [subnet-1, subnet-2]
///   LoadBalancerAttributes: [{ Key: load_balancing.cross_zone.enabled, Value: "true" }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Subnets: [subnet-1, subnet-2] }
/// ```
#[check(REL10_BP01, PERF04_BP04, severity = Low, needs = [Money])]
fn elbv2_cross_zone_enabled(balancer: &LoadBalancer) -> Verdict {
    when(balancer.kind.must_be("network"), || balancer.must_turn_on("load_balancing.cross_zone.enabled"))
}
