//! `costmanagement_anomaly_detection_configured`

use macros::check;
use model::{At, Inventory, List, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::CE::AnomalyMonitor", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CE::AnomalyMonitor")]
struct Monitor<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CE::AnomalySubscription")]
struct Subscription<'a> {
    at: At<'a>,
    subscribers: List<'a, At<'a>>,
}

/// Cost anomaly monitors tell someone what they find
///
/// A loop that calls an API, a forgotten cluster or a stolen key shows up in the cost of a service within a day. A
/// monitor without a subscription sees it, too, and keeps it to itself until someone opens the console. An account needs
/// one of each.
///
/// ## Fix
/// Add an `AWS::CE::AnomalySubscription` with the ARN of the monitor in `MonitorArnList`, a subscriber, and a
/// `ThresholdExpression` that keeps small change out.
/// ```yaml,fail
/// Type: AWS::CE::AnomalyMonitor
/// Properties: { MonitorName: services, MonitorType: DIMENSIONAL, MonitorDimension: SERVICE }
/// ```
/// ```yaml,pass
/// Resources:
///   Services:
///     Type: AWS::CE::AnomalyMonitor
///     Properties: { MonitorName: services, MonitorType: DIMENSIONAL, MonitorDimension: SERVICE }
///   Tell:
///     Type: AWS::CE::AnomalySubscription
///     Properties:
///       SubscriptionName: tell
///       Frequency: DAILY
///       MonitorArnList: [!Ref Services]
///       Subscribers: [{ Type: EMAIL, Address: costs@example.com }]
/// ```
/// ```account,fail
/// {
///   "Listed": ["AWS::CE::AnomalyMonitor", "AWS::CE::AnomalySubscription"],
///   "Resources": [{ "Type": "Pilaster::Account" }]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CE::AnomalyMonitor", "Arn": "arn:aws:ce::111122223333:anomalymonitor/1" },
///   { "Type": "AWS::CE::AnomalySubscription", "Properties": {
///     "MonitorArnList": ["arn:aws:ce::111122223333:anomalymonitor/1"],
///     "Subscribers": [{ "Type": "EMAIL", "Address": "costs@example.com" }] } }
/// ]
/// ```
#[check(COST01_BP06, COST03_BP05, COST01_BP05, severity = Medium, code = Partly)]
fn costmanagement_anomaly_detection_configured(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Monitor>(&place.at, "a monitor whose findings somebody gets", |monitor| {
        around
            .referring::<Subscription>("MonitorArnList.*", &monitor.at)
            .any("a subscription", |subscription| subscription.subscribers.must_not_be_empty())
    })
}
