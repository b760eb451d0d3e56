//! `elbv2_idle`

use findings::{Saving, Settings};
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::cost::{Cost, known};
use crate::moment::must_be_past;
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::LoadBalancer")]
struct LoadBalancer<'a> {
    at: At<'a>,
    #[view(path = "Type", default = "application")]
    kind: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreatedTime")]
    created: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.RequestCount")]
    requests: Metric<'a>,
    #[view(path = "Observed.Metrics.HTTP_Redirect_Count")]
    redirects: Metric<'a>,
    #[view(path = "Observed.Metrics.HTTP_Fixed_Response_Count")]
    fixed_responses: Metric<'a>,
    /// Of load balancers that do not look into requests.
    #[view(path = "Observed.Metrics.NewFlowCount")]
    flows: Metric<'a>,
    #[view(path = "Observed.Metrics.ActiveFlowCount")]
    active_flows: Metric<'a>,
}

/// Load balancers have had something to balance within the last fortnight
///
/// A load balancer is charged by the hour in every zone it is in, with a public address in each if it faces
/// the internet. One without a single request in a fortnight serves nobody; if it is public, it is still
/// something to attack. Elastic Load Balancing reports metrics only while there are requests (User Guide for
/// Application Load Balancers, "CloudWatch metrics"), so no value means none. Health checks do not count.
///
/// ## Fix
/// See whether any name in DNS still points to the load balancer, and delete it with its target groups and
/// security groups.
/// ```account,fail
/// {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "application", "Observed": {
///   "CreatedTime": "2022-01-01T10:00:00Z", "Metrics": {"RequestCount": {"Days": 0},
///     "HTTP_Redirect_Count": {"Days": 0}, "HTTP_Fixed_Response_Count": {"Days": 0}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "application", "Observed": {
///   "CreatedTime": "2022-01-01T10:00:00Z", "Metrics": {"RequestCount": {"Sum": 120, "Days": 3},
///     "HTTP_Redirect_Count": {"Days": 0}, "HTTP_Fixed_Response_Count": {"Days": 0}}}}}
/// ```
/// ```account,fail
/// {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "network", "Observed": {
///   "CreatedTime": "2022-01-01T10:00:00Z", "Metrics": {"NewFlowCount": {"Sum": 0, "Days": 14},
///     "ActiveFlowCount": {"Maximum": 0, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "application", "Observed": {
///   "CreatedTime": "2099-01-01T10:00:00Z", "Metrics": {"RequestCount": {"Days": 0},
///     "HTTP_Redirect_Count": {"Days": 0}, "HTTP_Fixed_Response_Count": {"Days": 0}}}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "application", "Observed": {
///   "CreatedTime": "2022-01-01T10:00:00Z", "Metrics": {"RequestCount": {"Denied": "cloudwatch:GetMetricData"},
///     "HTTP_Redirect_Count": {"Days": 0}, "HTTP_Fixed_Response_Count": {"Days": 0}}}}}
/// ```
#[check(
    COST04_BP03, SUS02_BP03,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(days = 14),
    saves = removed(balancer)
)]
fn elbv2_idle(balancer: &LoadBalancer, settings: &Settings) -> Verdict {
    when(must_be_past(&balancer.created, settings.number("days"), settings), || {
        let counts = [&balancer.requests, &balancer.redirects, &balancer.fixed_responses, &balancer.flows];
        let active = balancer.active_flows.peak(|most| most.must("more than 0", |most| *most > 0.0));
        model::any(counts.map(Metric::must_count_something)) | active
    })
}

/// The hours alone: what is charged for use is nothing where there is none.
fn removed(balancer: &LoadBalancer<'_>) -> Option<Saving> {
    let (what, item) = match known(&balancer.kind)? {
        "application" => ("Application Load Balancer", "alb"),
        "network" => ("Network Load Balancer", "nlb"),
        _ => return None,
    };
    Cost::hourly(1, what, pricing::price("elb", item)?)?.saved()
}
