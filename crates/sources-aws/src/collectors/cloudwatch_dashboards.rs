//! Amazon CloudWatch: dashboards. Every region lists all of an account, so that one is enough.

use aws_wire::{Call, Pages};
use model::Node;
use serde_json::json;

use crate::collectors::cloudwatch::CLOUDWATCH;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static LIST: Call = Call {
    service: &CLOUDWATCH,
    operation: "ListDashboards",
    path: "",
    action: "cloudwatch:ListDashboards",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::CloudWatch::Dashboard"],
    unset: &[],
};

static BODY: Call = Call {
    service: &CLOUDWATCH,
    operation: "GetDashboard",
    path: "",
    action: "cloudwatch:GetDashboard",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cloudwatch_dashboards",
    reach: Reach::Once,
    calls: &[&LIST, &BODY],
    collect: |run| Box::pin(dashboards(run)),
};

async fn dashboards(run: &Run) -> Result<(), Halt> {
    let entries = run.list(&LIST, json!({}), "DashboardEntries").await?;
    run.each(entries, dashboard).await;
    Ok(())
}

async fn dashboard(run: &Run, entry: Node) -> Vec<Draft> {
    let Some(name) = text(&entry, "DashboardName") else { return Vec::new() };
    let body = run.get(&BODY, json!({ "DashboardName": name })).await;
    let mut draft = Draft::new("AWS::CloudWatch::Dashboard", name, entry.origin).name(name);
    if let Some(arn) = text(&entry, "DashboardArn") {
        draft = draft.arn(arn);
    }
    let names = [("DashboardName", "DashboardName"), ("LastModified", "Observed.LastModified")];
    vec![draft.take(&entry, &names).set("DashboardBody", body.at("DashboardBody"))]
}
