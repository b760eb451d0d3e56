//! `cloudwatch_alarm_no_insufficient_data`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm")]
struct Alarm<'a> {
    at: At<'a>,
    alarm_name: Fact<'a, Text<'a>>,
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
/// watched by nobody. Alarms of scaling policies with a target (`TargetTracking-…`) are AWS's own, and those that
/// are switched off tell nobody anyway: neither is judged.
///
/// ## Fix
/// Correct the name of the metric and its dimensions, or delete the alarm. Where no data is what is hoped for, as with
/// errors, or with `KMSKeyError` and `KMSKeyInaccessible` of OpenSearch, set `TreatMissingData` to `notBreaching`.
/// How many days it may be without data is the threshold `max_days`.
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
/// ```account,not_applicable
/// {
///   "Type": "AWS::CloudWatch::Alarm",
///   "Properties": { "AlarmName": "TargetTracking-table/orders-AlarmLow-0f5c", "Observed": {
///     "StateValue": "INSUFFICIENT_DATA", "StateTransitionedTimestamp": "2026-03-01T09:30:00Z"
///   } }
/// }
/// ```
#[check(REL06_BP06, PERF05_BP07, severity = Low, code = Never, thresholds(max_days = 7))]
fn cloudwatch_alarm_no_insufficient_data(alarm: &Alarm, settings: &Settings) -> Verdict {
    // Scaling policies make alarms of their own, which nobody may change or delete. Those of DynamoDB have no data
    // while a table is idle, which is no fault (Application Auto Scaling User Guide, "Target tracking").
    let is_own = alarm.alarm_name.must_be_unset()
        | alarm.alarm_name.must("an alarm of one's own", |name| !name.starts_with("TargetTracking-"));
    when(alarm.actions_enabled.must_be(true) & is_own, || {
        let lately =
            when(alarm.since.must_be_set(), || must_be_within(&alarm.since, settings.number("max_days"), settings));
        alarm.state.must_not_be("INSUFFICIENT_DATA") | lately
    })
}
