//! AWS AppConfig: applications, environments, and strategies of deployment.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static APPCONFIG: Service = Service {
    endpoint: "appconfig",
    signing: "appconfig",
    variable: "APPCONFIG",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static STRATEGIES: Call = Call {
    service: &APPCONFIG,
    operation: "ListDeploymentStrategies",
    path: "GET /deploymentstrategies",
    action: "appconfig:ListDeploymentStrategies",
    pages: Pages::Token { answer: "NextToken", parameter: "next_token" },
    yields: &["AWS::AppConfig::DeploymentStrategy"],
    unset: &[],
};

static APPLICATIONS: Call = Call {
    service: &APPCONFIG,
    operation: "ListApplications",
    path: "GET /applications",
    action: "appconfig:ListApplications",
    pages: Pages::Token { answer: "NextToken", parameter: "next_token" },
    yields: &["AWS::AppConfig::Application", "AWS::AppConfig::Environment"],
    unset: &[],
};

static ENVIRONMENTS: Call = Call {
    service: &APPCONFIG,
    operation: "ListEnvironments",
    path: "GET /applications/{ApplicationId}/environments",
    action: "appconfig:ListEnvironments",
    pages: Pages::Token { answer: "NextToken", parameter: "next_token" },
    yields: &["AWS::AppConfig::Environment"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "appconfig",
    reach: Reach::EveryRegion,
    calls: &[&STRATEGIES, &APPLICATIONS, &ENVIRONMENTS],
    collect: |run| Box::pin(appconfig(run)),
};

async fn appconfig(run: &Run) -> Result<(), Halt> {
    let (strategies, applications) = tokio::join!(strategies(run), applications(run));
    strategies.and(applications)
}

/// Those that AWS has defined are listed as well, and are nobody's choice until they are used.
async fn strategies(run: &Run) -> Result<(), Halt> {
    for found in run.list(&STRATEGIES, json!({ "max_results": 50 }), "Items").await? {
        let Some(id) = text(&found, "Id").filter(|id| !id.starts_with("AppConfig.")) else { continue };
        let names = [
            ("Name", "Name"),
            ("Description", "Description"),
            ("DeploymentDurationInMinutes", "DeploymentDurationInMinutes"),
            ("GrowthType", "GrowthType"),
            ("GrowthFactor", "GrowthFactor"),
            ("FinalBakeTimeInMinutes", "FinalBakeTimeInMinutes"),
            ("ReplicateTo", "ReplicateTo"),
        ];
        run.add(Draft::new("AWS::AppConfig::DeploymentStrategy", id, found.origin).name(id).take(&found, &names));
    }
    Ok(())
}

async fn applications(run: &Run) -> Result<(), Halt> {
    let applications = run.list(&APPLICATIONS, json!({ "max_results": 50 }), "Items").await?;
    run.each(applications, application).await;
    Ok(())
}

/// An application and its environments.
async fn application(run: &Run, found: Node) -> Vec<Draft> {
    let Some(id) = text(&found, "Id") else { return Vec::new() };
    let names = [("Name", "Name"), ("Description", "Description")];
    let mut drafts = vec![Draft::new("AWS::AppConfig::Application", id, found.origin).name(id).take(&found, &names)];
    // What cannot be read is a gap.
    let environments =
        run.list(&ENVIRONMENTS, json!({ "ApplicationId": id, "max_results": 50 }), "Items").await.unwrap_or_default();
    drafts.extend(environments.iter().filter_map(environment));
    drafts
}

fn environment(found: &Node) -> Option<Draft> {
    let id = text(found, "Id")?;
    let names = [
        ("ApplicationId", "ApplicationId"),
        ("Name", "Name"),
        ("Description", "Description"),
        ("Monitors", "Monitors"),
        ("State", "Observed.State"),
    ];
    Some(Draft::new("AWS::AppConfig::Environment", id, found.origin).name(id).take(found, &names))
}
