//! `elbv2_waf_associated`

use macros::check;
use model::{At, Inventory, Verdict, View, when};

use crate::views::elbv2::LoadBalancer;

/// A web ACL that guards a resource.
#[derive(Debug, View)]
#[view("AWS::WAFv2::WebACLAssociation")]
struct Association<'a> {
    at: At<'a>,
}

/// Application load balancers on the internet have a web ACL
///
/// Everything that is public is probed: for flaws in frameworks, with stolen passwords, with floods of
/// requests. A web ACL stops the known part of that before the application sees it, and is the place
/// where a new attack can be stopped within minutes.
///
/// ## Fix
/// Create an `AWS::WAFv2::WebACL` with the managed rule groups of AWS and a rate-based rule, count only at
/// first, and join it with an `AWS::WAFv2::WebACLAssociation`. Where CloudFront stands before the load
/// balancer and has a web ACL, waive the check.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Subnets: [subnet-1, subnet-2] }
/// ```
/// ```yaml,pass
/// Resources:
///   Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [subnet-1, subnet-2] } }
///   Guard:
///     Type: AWS::WAFv2::WebACLAssociation
///     Properties: { ResourceArn: !Ref Balancer, WebACLArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::LoadBalancer
/// Properties: { Scheme: internal, Subnets: [subnet-1, subnet-2] }
/// ```
#[check(SEC05_BP03, severity = Medium, effort = Medium, needs = [Money, Testing], fsbp = ["ELB.16"], code = Partly)]
fn elbv2_waf_associated(balancer: &LoadBalancer, around: &Inventory) -> Verdict {
    when(balancer.kind.must_be("application") & balancer.scheme.must_be("internet-facing"), || {
        around.referring::<Association>("ResourceArn", &balancer.at).must_exist("a web ACL")
    })
}
