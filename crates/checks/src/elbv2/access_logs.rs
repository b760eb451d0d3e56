//! `elbv2_access_logs`

use macros::check;
use model::{Verdict, when};

use crate::views::elbv2::LoadBalancer;

/// Application load balancers log the requests they get
///
/// The access log holds client, path, answer and latency of every request. It is what tells after an
/// attack what was asked and answered, and during an outage which target and which path are slow.
/// Network load balancers are left out: they log TLS connections only.
///
/// ## Fix
/// Set the attributes `access_logs.s3.enabled` to true and `access_logs.s3.bucket` to a bucket of the
/// same region whose policy lets Elastic Load Balancing write, and give the bucket a lifecycle rule.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Subnets: [subnet-1, subnet-2] }
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties:
///   Subnets: [subnet-1, subnet-2]
///   LoadBalancerAttributes:
///     - { Key: access_logs.s3.enabled, Value: "true" }
///     - { Key: access_logs.s3.bucket, Value: logs }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Type: network, Subnets: [subnet-1, subnet-2] }
/// ```
#[check(SEC04_BP01, OPS08_BP02, severity = Medium, effort = Medium, needs = [Money], fsbp = ["ELB.5"])]
fn elbv2_access_logs(balancer: &LoadBalancer) -> Verdict {
    when(balancer.kind.must_be("application"), || balancer.must_turn_on("access_logs.s3.enabled"))
}
