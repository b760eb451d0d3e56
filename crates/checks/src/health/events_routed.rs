//! `health_events_routed`

use macros::check;
use model::{At, Fact, FromAt, Inventory, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::Events::Rule", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::Events::Rule")]
struct Rule<'a> {
    at: At<'a>,
    event_pattern: At<'a>,
    #[view(default = "ENABLED")]
    state: Fact<'a, Text<'a>>,
    targets: List<'a, At<'a>>,
}

/// Rules for AWS Health events are enabled and have a target
///
/// AWS Health announces outages of services, instances that will be retired and certificates that will expire. The
/// e-mails go to the address of the account, which few read. A rule that is disabled, or leads nowhere, only looks as
/// if someone were told. An account needs one rule at least; regions that run anything need one each, unless it is in the
/// region that receives a copy of all events.
///
/// ## Fix
/// Leave `State` at `ENABLED`, and list in `Targets` the topic or queue of the people on call.
/// ```yaml,fail
/// Type: AWS::Events::Rule
/// Properties:
///   EventPattern: { source: [aws.health] }
///   State: DISABLED
///   Targets: [{ Id: call, Arn: "arn:aws:sns:eu-west-1:123456789012:on-call" }]
/// ```
/// ```yaml,pass
/// Type: AWS::Events::Rule
/// Properties:
///   EventPattern: { source: [aws.health] }
///   Targets: [{ Id: call, Arn: "arn:aws:sns:eu-west-1:123456789012:on-call" }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Events::Rule
/// Properties: { ScheduleExpression: rate(1 day) }
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Events::Rule", "Properties": { "ScheduleExpression": "rate(1 day)", "State": "ENABLED", "Targets": [{}] } }
/// ]
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Events::Rule",
///     "Properties": { "EventPattern": { "source": ["aws.health"] }, "State": "ENABLED", "Targets": [{ "Id": "call" }] } }
/// ]
/// ```
#[check(REL11_BP06, OPS10_BP01, severity = Medium, code = Partly)]
fn health_events_routed(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Rule>(&place.at, "a rule that passes events of AWS Health on", |rule| {
        let on_health = rule
            .event_pattern
            .as_json(|pattern| List::<Fact<Text>>::from_at(pattern.child("source")).must_contain("aws.health"));
        when(on_health, || rule.state.must_be("ENABLED") & rule.targets.must_not_be_empty())
    })
}
