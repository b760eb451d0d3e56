//! `elb_classic_migrated`

use macros::check;
use model::{At, Verdict, View};

/// A load balancer of any generation.
#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer")]
struct AnyLoadBalancer<'a> {
    at: At<'a>,
}

/// Load balancers are application, network or gateway load balancers, not classic ones
///
/// The classic load balancer is the first generation. It knows no HTTP/2, no rules by path or host, no
/// redirects, no web ACL and no targets by address, and nothing is added to it any more. An application
/// load balancer does the work of several classic ones.
///
/// ## Fix
/// Create an `AWS::ElasticLoadBalancingV2::LoadBalancer` with listeners and target groups beside it, move
/// the DNS record over bit by bit with weights, and delete the classic one.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancing::LoadBalancer
/// Properties:
///   Subnets: [subnet-1, subnet-2]
///   Listeners: [{ LoadBalancerPort: "443", InstancePort: "8080", Protocol: HTTPS }]
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Subnets: [subnet-1, subnet-2] }
/// ```
#[check(PERF04_BP02, COST10_BP02, SUS06_BP03, severity = Low, effort = Large, needs = [Testing])]
fn elb_classic_migrated(balancer: &AnyLoadBalancer) -> Verdict {
    balancer.at.must_be_a("AWS::ElasticLoadBalancingV2::LoadBalancer")
}
