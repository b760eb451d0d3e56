//! `health_events_routed`

use macros::check;
use model::{At, Fact, FromAt, List, Text, Verdict, View, when};

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
/// if someone were told.
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
#[check(REL11_BP06, OPS10_BP01, severity = Medium, code = Partly)]
fn health_events_routed(rule: &Rule) -> Verdict {
    let on_health = rule
        .event_pattern
        .as_json(|pattern| List::<Fact<Text>>::from_at(pattern.child("source")).must_contain("aws.health"));
    when(on_health, || rule.state.must_be("ENABLED") & rule.targets.must_not_be_empty())
}
