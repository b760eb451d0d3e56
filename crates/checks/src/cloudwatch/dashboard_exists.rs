//! `cloudwatch_dashboard_exists`

use macros::check;
use model::{At, FromAt, Inventory, List, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Dashboard", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CloudWatch::Dashboard")]
struct Dashboard<'a> {
    at: At<'a>,
    #[view(path = "DashboardBody")]
    body: At<'a>,
}

/// Dashboards of CloudWatch show something
///
/// In an incident, a page that shows the state of the whole workload saves the minutes in which everyone looks for the
/// right metric. An account needs one. A dashboard in the code shows that there is one, and is evidence for the practice; code without any is
/// not judged, because dashboards often stand elsewhere.
///
/// ## Fix
/// Put the metrics that tell whether users are served well on the dashboard: requests, errors, latency, saturation.
/// ```yaml,fail
/// Type: AWS::CloudWatch::Dashboard
/// Properties: { DashboardBody: '{"widgets": []}' }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudWatch::Dashboard
/// Properties:
///   DashboardBody: !Sub '{"widgets": [{"type": "metric", "properties": {"region": "${AWS::Region}", "metrics": [["AWS/SQS", "NumberOfMessagesSent"]]}}]}'
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudWatch::Dashboard"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CloudWatch::Dashboard", "Properties": { "DashboardBody": { "widgets": [{ "type": "metric" }] } } }
/// ]
/// ```
#[check(OPS08_BP05, OPS10_BP06, PERF05_BP02, severity = Low, code = Partly)]
fn cloudwatch_dashboard_exists(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Dashboard>(&place.at, "a dashboard that shows something", |dashboard| {
        dashboard.body.as_json(|body| List::<At>::from_at(body.child("widgets")).must_not_be_empty())
    })
}
