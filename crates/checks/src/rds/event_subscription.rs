//! `rds_event_subscription`

use macros::check;
use model::{At, Fact, List, State, Text, Verdict, View, all, when};

#[derive(Debug, View)]
#[view("AWS::RDS::EventSubscription")]
struct Subscription<'a> {
    at: At<'a>,
    #[view(default = true)]
    enabled: Fact<'a, bool>,
    source_type: Fact<'a, Text<'a>>,
    event_categories: List<'a, Fact<'a, Text<'a>>>,
}

/// What no subscription should miss, by the type of source (AWS Security Hub User Guide, RDS.19 to RDS.22).
const CRITICAL: [(&str, &[&str]); 4] = [
    ("db-instance", &["maintenance", "configuration change", "failure"]),
    ("db-cluster", &["maintenance", "failure"]),
    ("db-parameter-group", &["configuration change"]),
    ("db-security-group", &["configuration change", "failure"]),
];

/// RDS event subscriptions cover the events that matter
///
/// RDS announces failovers, failures, maintenance and changed parameters as events. A subscription that is
/// disabled, or leaves out one of these categories, looks like monitoring and stays silent on the day it
/// is needed.
///
/// ## Fix
/// Leave `Enabled` on. Leave out `EventCategories` to get all of them, or list at least `maintenance` and
/// `failure` for clusters, `configuration change` besides for instances and security groups, and
/// `configuration change` for parameter groups.
/// ```yaml,fail
/// Type: AWS::RDS::EventSubscription
/// Properties:
///   SnsTopicArn: arn:aws:sns:eu-west-1:123456789012:databases
///   SourceType: db-instance
///   EventCategories: [backup]
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::EventSubscription
/// Properties:
///   SnsTopicArn: arn:aws:sns:eu-west-1:123456789012:databases
///   SourceType: db-instance
///   EventCategories: [maintenance, configuration change, failure, failover]
/// ```
#[check(
    REL06_BP03, REL11_BP06,
    severity = Low, fsbp = ["RDS.19", "RDS.20", "RDS.21", "RDS.22"], code = Partly
)]
fn rds_event_subscription(subscription: &Subscription) -> Verdict {
    let categories = match subscription.event_categories.state() {
        State::Unset => Verdict::not_applicable(),
        _ => all(CRITICAL.map(|(source, wanted)| {
            when(subscription.source_type.must_be(source), || {
                all(wanted.iter().map(|category| subscription.event_categories.must_contain(category)))
            })
        })),
    };
    subscription.enabled.must_be(true) & categories
}
