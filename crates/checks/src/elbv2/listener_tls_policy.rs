//! `elbv2_listener_tls_policy`

use macros::check;
use model::{Verdict, when};

use crate::views::elbv2::Listener;

/// What the names of policies begin with that offer nothing older than TLS 1.2 (Elastic Load Balancing
/// User Guides, "Security policies").
const CURRENT: [&str; 4] = [
    "ELBSecurityPolicy-TLS13-1-2-",
    "ELBSecurityPolicy-TLS13-1-3-",
    "ELBSecurityPolicy-TLS-1-2-",
    "ELBSecurityPolicy-FS-1-2-",
];

/// TLS listeners offer nothing older than TLS 1.2
///
/// TLS 1.0 and 1.1 have known weaknesses, and an attacker on the way can make a client use the oldest
/// version that both sides know. A listener that names no policy gets `ELBSecurityPolicy-2016-08`, which
/// offers both.
///
/// ## Fix
/// Set `SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`, or another one with `TLS13-1-2` in its
/// name. Look into the access logs first for clients that still use an older version.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties: { LoadBalancerArn: shop, Port: 443, Protocol: HTTPS, DefaultActions: [{ Type: forward, TargetGroupArn: shop }] }
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties:
///   LoadBalancerArn: shop
///   Port: 443
///   Protocol: HTTPS
///   SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06
///   DefaultActions: [{ Type: forward, TargetGroupArn: shop }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties: { LoadBalancerArn: shop, Port: 5432, Protocol: TCP, DefaultActions: [{ Type: forward, TargetGroupArn: shop }] }
/// ```
#[check(SEC09_BP02, severity = Medium, needs = [Testing], fsbp = ["ELB.17"])]
fn elbv2_listener_tls_policy(listener: &Listener) -> Verdict {
    when(listener.protocol.must_be_one_of(&["HTTPS", "TLS"]), || {
        listener
            .ssl_policy
            .must("a policy with TLS 1.2 or later only", |policy| CURRENT.iter().any(|start| policy.starts_with(start)))
    })
}
