//! `elbv2_multi_az`

use macros::check;
use model::{Verdict, when};

use crate::views::elbv2::LoadBalancer;

/// Load balancers work in two or more zones
///
/// A load balancer in one zone goes down with it, and with it everything behind it, in whatever zones
/// that may be. Elastic Load Balancing takes one subnet for each zone, so two subnets are two zones.
///
/// ## Fix
/// Add a subnet of another zone to `Subnets` or `SubnetMappings`. Check that the targets run there, too.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Type: network, Subnets: [subnet-1] }
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Type: network, Subnets: [subnet-1, subnet-2] }
/// ```
/// ```yaml,unknown
/// Parameters: { Subnets: { Type: "List<AWS::EC2::Subnet::Id>" } }
/// Resources:
///   Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: !Ref Subnets } }
/// ```
#[check(REL10_BP01, REL02_BP01, severity = Medium, needs = [Money], fsbp = ["ELB.13"])]
fn elbv2_multi_az(balancer: &LoadBalancer) -> Verdict {
    // A load balancer has one of the two lists.
    let mappings =
        when(balancer.subnet_mappings.must_not_be_empty(), || balancer.subnet_mappings.must_have_at_least(2));
    let subnets = when(balancer.subnet_mappings.must_be_empty(), || balancer.subnets.must_have_at_least(2));
    mappings & subnets
}
