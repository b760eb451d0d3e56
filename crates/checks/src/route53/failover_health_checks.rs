//! `route53_failover_health_checks`

use macros::check;
use model::{At, Fact, FromAt, List, Text, Verdict, View, when};

/// A record set, or a group of them.
#[derive(Debug)]
enum Records<'a> {
    One(Box<Record<'a>>),
    Group(RecordGroup<'a>),
}

impl<'a> FromAt<'a> for Records<'a> {
    fn from_at(at: At<'a>) -> Self {
        match at.resource().kind.as_str() {
            "AWS::Route53::RecordSetGroup" => Records::Group(RecordGroup::from_at(at)),
            _ => Records::One(Box::new(Record::from_at(at))),
        }
    }
}

impl<'a> View<'a> for Records<'a> {
    const KINDS: &'static [&'static str] = &["AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"];

    fn at(&self) -> &At<'a> {
        match self {
            Records::One(record) => &record.at,
            Records::Group(group) => &group.at,
        }
    }
}

#[derive(Debug, View)]
struct RecordGroup<'a> {
    at: At<'a>,
    record_sets: List<'a, Record<'a>>,
}

#[derive(Debug, View)]
struct Record<'a> {
    at: At<'a>,
    failover: Fact<'a, Text<'a>>,
    weight: Fact<'a, i64>,
    region: Fact<'a, Text<'a>>,
    #[view(default = false)]
    multi_value_answer: Fact<'a, bool>,
    health_check_id: Fact<'a, Text<'a>>,
    #[view(path = "AliasTarget.EvaluateTargetHealth", default = false)]
    evaluate_target_health: Fact<'a, bool>,
}

impl Record<'_> {
    fn must_know_the_health_of_its_target(&self) -> Verdict {
        // The secondary of a failover is what is left: it answers whether it is healthy or not.
        let is_one_of_several = self.failover.must_be("PRIMARY")
            | self.weight.must_be_set()
            | self.region.must_be_set()
            | self.multi_value_answer.must_be(true);
        when(is_one_of_several, || self.health_check_id.must_be_set() | self.evaluate_target_health.must_be(true))
    }
}

/// Records that share the traffic know whether their target is healthy
///
/// Failover, weighted, latency and multivalue records send clients to one of several targets. Without a
/// health check Route 53 takes each of them for healthy: it goes on sending a share of the clients, or
/// all of them, to a target that is down, and a failover never happens.
///
/// ## Fix
/// Set `HealthCheckId` to an `AWS::Route53::HealthCheck` of the target, or `EvaluateTargetHealth: true` in
/// the `AliasTarget` of a load balancer.
/// ```yaml,fail
/// Type: AWS::Route53::RecordSet
/// Properties:
///   { Name: shop.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, TTL: "60", ResourceRecords: [192.0.2.1] }
/// ```
/// ```yaml,pass
/// Type: AWS::Route53::RecordSet
/// Properties:
///   Name: shop.example.com
///   Type: A
///   SetIdentifier: one
///   Weight: 50
///   AliasTarget: { DNSName: shop.elb.amazonaws.com, HostedZoneId: Z1, EvaluateTargetHealth: true }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Route53::RecordSet
/// Properties: { Name: shop.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1] }
/// ```
#[check(REL11_BP02, REL02_BP01, severity = Medium, needs = [Money])]
fn route53_failover_health_checks(records: &Records) -> Verdict {
    match records {
        Records::One(record) => record.must_know_the_health_of_its_target(),
        Records::Group(group) => group.record_sets.all(|record| record.must_know_the_health_of_its_target()),
    }
}
