//! AWS Resilience Hub: applications.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static RESILIENCEHUB: Service = Service {
    endpoint: "resiliencehub",
    signing: "resiliencehub",
    variable: "RESILIENCEHUB",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &RESILIENCEHUB,
    operation: "ListApps",
    path: "GET /list-apps",
    action: "resiliencehub:ListApps",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::ResilienceHub::App"],
    unset: &[],
};

static APP: Call = Call {
    service: &RESILIENCEHUB,
    operation: "DescribeApp",
    path: "POST /describe-app",
    action: "resiliencehub:DescribeApp",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "resiliencehub",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &APP],
    collect: |run| Box::pin(apps(run)),
};

async fn apps(run: &Run) -> Result<(), Halt> {
    let apps = run.list(&LIST, json!({ "maxResults": 100 }), "appSummaries").await?;
    run.each(apps, app).await;
    Ok(())
}

async fn app(run: &Run, found: Node) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&found, "name"), text(&found, "appArn")) else { return Vec::new() };
    let answer = run.get(&APP, json!({ "appArn": arn })).await;
    let names = [
        ("name", "Name"),
        ("description", "Description"),
        ("complianceStatus", "Observed.ComplianceStatus"),
        ("resiliencyScore", "Observed.ResiliencyScore"),
        ("lastAppComplianceEvaluationTime", "Observed.LastAppComplianceEvaluationTime"),
    ];
    let draft = Draft::new("AWS::ResilienceHub::App", name, found.origin).name(name).arn(arn).take(&found, &names);
    let draft = draft
        .set("ResiliencyPolicyArn", answer.at("app.policyArn"))
        .set("AppAssessmentSchedule", answer.at("app.assessmentSchedule"))
        .set("Tags", answer.at("app.tags"));
    vec![draft]
}
