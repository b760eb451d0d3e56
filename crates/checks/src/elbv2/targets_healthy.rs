//! `elbv2_targets_healthy`

use macros::check;
use model::{At, Fact, Inventory, Linked, List, Outcome, State, Text, Verdict, View, at_least_distinct, when};

#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::TargetGroup")]
struct TargetGroup<'a> {
    at: At<'a>,
    #[view(default = "instance")]
    target_type: Fact<'a, Text<'a>>,
    #[view(path = "Observed.LoadBalancerArns")]
    load_balancers: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Observed.Targets")]
    targets: List<'a, Target<'a>>,
}

#[derive(Debug, View)]
struct Target<'a> {
    at: At<'a>,
    id: Fact<'a, Text<'a>>,
    availability_zone: Fact<'a, Text<'a>>,
    state: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
struct Instance<'a> {
    at: At<'a>,
    availability_zone: Fact<'a, Text<'a>>,
}

impl<'a> Target<'a> {
    /// The zone it is in: of an instance the load balancer does not tell.
    fn zone(self, around: &'a Inventory) -> Fact<'a, Text<'a>> {
        match around.linked::<Instance>(&self.id) {
            Linked::Found(instance) => instance.availability_zone,
            _ => self.availability_zone,
        }
    }
}

impl<'a> TargetGroup<'a> {
    /// Its healthy targets are in two zones or more. What is outside of the network, `all`, has no zone of AWS.
    fn must_be_healthy_in_two_zones(&self, around: &'a Inventory) -> Verdict {
        // That targets are not known is said where a healthy one is looked for.
        let State::Set(targets) = self.targets.state() else { return Verdict::not_applicable() };
        let health = |target: &Target| target.state.must_be("healthy").outcome;
        let uncertain = targets.iter().any(|target| health(target) == Outcome::Unknown);
        let healthy = targets.into_iter().filter(|target| health(target) == Outcome::Pass);
        let zones = healthy.map(|target| target.zone(around));
        let spread = at_least_distinct(&self.at, zones, 2, "zones of healthy targets");
        let spread = if uncertain { spread.weakened() } else { spread };
        spread.or_perhaps(self.targets.any("a target outside", |target| {
            target.availability_zone.must_be("all") & target.state.must_be("healthy")
        }))
    }
}

/// Target groups have healthy targets in two or more zones
///
/// A load balancer in three zones with all healthy targets in one is as available as that zone. Of a group with no
/// healthy target a load balancer takes them all for healthy: it goes on to send requests, to targets that are broken.
/// Targets whose first checks are under way (`initial`) may be healthy in a minute. Judged are groups that a load
/// balancer sends requests to and that have targets: one that has none, such as the idle half of a blue/green
/// deployment, is not. Functions and load balancers as targets are in many zones by themselves.
///
/// ## Fix
/// Find out why targets are unhealthy: the reason stands beside their state. Mostly it is the path or the port of the
/// health check, or a security group that does not let the load balancer in. Run targets in a second zone.
/// ```account,fail
/// {
///   "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
///   "Properties": {
///     "TargetType": "ip",
///     "Observed": {
///       "LoadBalancerArns": ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1"],
///       "Targets": [
///         { "Id": "10.0.1.10", "AvailabilityZone": "eu-west-1a", "State": "healthy" },
///         { "Id": "10.0.2.10", "AvailabilityZone": "eu-west-1b", "State": "unhealthy" }
///       ]
///     }
///   }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
///   "Properties": {
///     "TargetType": "ip",
///     "Observed": {
///       "LoadBalancerArns": ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1"],
///       "Targets": [
///         { "Id": "10.0.1.10", "AvailabilityZone": "eu-west-1a", "State": "healthy" },
///         { "Id": "10.0.2.10", "AvailabilityZone": "eu-west-1b", "State": "healthy" }
///       ]
///     }
///   }
/// }
/// ```
#[check(REL11_BP01, REL11_BP02, severity = High, effort = Medium, code = Never)]
fn elbv2_targets_healthy(group: &TargetGroup, around: &Inventory) -> Verdict {
    let is_used = group.load_balancers.must_not_be_empty() & group.targets.must_not_be_empty();
    when(is_used & group.target_type.must_not_be("lambda"), || {
        let healthy = group.targets.any("a healthy target", |target| target.state.must_be("healthy"));
        let spread = when(group.target_type.must_not_be("alb"), || group.must_be_healthy_in_two_zones(around));
        // Where there is none, which zones it is in is no question.
        let verdict = if healthy.outcome == Outcome::Pass { healthy & spread } else { healthy };
        let starting = group.targets.any("a target that starts", |target| target.state.must_be("initial"));
        if starting.outcome == Outcome::Pass { verdict.weakened() } else { verdict }
    })
}
