//! `elbv2_listener_https_redirect`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::elbv2::{Listener, ListenerRule};

/// HTTP listeners only redirect to HTTPS
///
/// What a client sends over plain HTTP, cookies and passwords included, can be read and changed on the
/// way. A listener on port 80 should do no more than send the client to HTTPS. Its rules count, too: one
/// that forwards serves its paths in the clear. Fixed responses are accepted: nothing behind the load
/// balancer is asked.
///
/// ## Fix
/// Replace the default action, and the actions of every rule, by a redirect with `Protocol: HTTPS`,
/// `Port: "443"` and `StatusCode: HTTP_301`, and add an HTTPS listener with a certificate from ACM.
/// ```yaml,fail
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties:
///   LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1
///   Port: 80
///   Protocol: HTTP
///   DefaultActions: [{ Type: forward, TargetGroupArn: shop }]
/// ```
/// ```yaml,pass
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties:
///   LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1
///   Port: 80
///   Protocol: HTTP
///   DefaultActions: [{ Type: redirect, RedirectConfig: { Protocol: HTTPS, Port: "443", StatusCode: HTTP_301 } }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElasticLoadBalancingV2::Listener
/// Properties:
///   LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1
///   Port: 443
///   Protocol: HTTPS
///   DefaultActions: [{ Type: forward, TargetGroupArn: shop }]
/// ```
#[check(SEC09_BP02, severity = Medium, needs = [Testing], fsbp = ["ELB.1", "ELB.18"])]
fn elbv2_listener_https_redirect(listener: &Listener, around: &Inventory) -> Verdict {
    when(listener.protocol.must_be("HTTP"), || {
        let rules = around.referring::<ListenerRule>("ListenerArn", &listener.at).certainly();
        listener.default_actions.all(|action| action.must_not_serve_plain_http())
            & rules.all(|rule| rule.actions.all(|action| action.must_not_serve_plain_http()))
    })
}
