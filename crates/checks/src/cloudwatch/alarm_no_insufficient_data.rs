//! `cloudwatch_alarm_no_insufficient_data`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm")]
struct Alarm<'a> {
    at: At<'a>,
    #[view(default = true)]
    actions_enabled: Fact<'a, bool>,
    #[view(path = "Observed.StateValue")]
    state: Fact<'a, Text<'a>>,
    #[view(path = "Observed.StateTransitionedTimestamp")]
    since: Fact<'a, Text<'a>>,
}

/// Alarms have data to judge
///
/// An alarm without data for a week mostly watches what is gone: an instance that was replaced, a queue of another
/// name, a metric nobody sends any more. It will never go off, and the resource that took the place of the old one is
/// watched by nobody.
///
/// ## Fix
/// Correct the name of the metric and its dimensions, or delete the alarm. Where no data is what is hoped for, as with
/// errors, set `TreatMissingData` to `notBreaching`. How many days it may be without data is the threshold `max_days`.
/// ```account,fail
/// {
///   "Type": "AWS::CloudWatch::Alarm",
///   "Properties": { "Observed": {
///     "StateValue": "INSUFFICIENT_DATA", "StateTransitionedTimestamp": "2026-03-01T09:30:00Z"
///   } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::CloudWatch::Alarm",
///   "Properties": { "Observed": { "StateValue": "OK", "StateTransitionedTimestamp": "2026-03-01T09:30:00Z" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::CloudWatch::Alarm",
///   "Properties": { "Observed": {
///     "StateValue": "INSUFFICIENT_DATA", "StateTransitionedTimestamp": "2026-10-31T09:30:00Z"
///   } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "AWS::CloudWatch::Alarm",
///   "Properties": { "ActionsEnabled": false, "Observed": { "StateValue": "INSUFFICIENT_DATA" } }
/// }
/// ```
#[check(REL06_BP06, PERF05_BP07, severity = Low, code = Never, thresholds(max_days = 7))]
fn cloudwatch_alarm_no_insufficient_data(alarm: &Alarm, settings: &Settings) -> Verdict {
    // Those of target tracking and others that are switched off on purpose tell nobody anyway.
    when(alarm.actions_enabled.must_be(true), || {
        let lately =
            when(alarm.since.must_be_set(), || must_be_within(&alarm.since, settings.number("max_days"), settings));
        alarm.state.must_not_be("INSUFFICIENT_DATA") | lately
    })
}
