//! AWS Cost Management: anomaly monitors, who hears of what they find, and cost categories.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static CE: Service = Service {
    endpoint: "ce",
    signing: "ce",
    variable: "COST_EXPLORER",
    protocol: Protocol::Json { target: "AWSInsightsIndexService", version: "1.1" },
    scope: Scope::Global,
};

static MONITORS: Call = Call {
    service: &CE,
    operation: "GetAnomalyMonitors",
    path: "",
    action: "ce:GetAnomalyMonitors",
    pages: Pages::Token { answer: "NextPageToken", parameter: "NextPageToken" },
    yields: &["AWS::CE::AnomalyMonitor"],
    unset: &[],
};

static SUBSCRIPTIONS: Call = Call {
    service: &CE,
    operation: "GetAnomalySubscriptions",
    path: "",
    action: "ce:GetAnomalySubscriptions",
    pages: Pages::Token { answer: "NextPageToken", parameter: "NextPageToken" },
    yields: &["AWS::CE::AnomalySubscription"],
    unset: &[],
};

static CATEGORIES: Call = Call {
    service: &CE,
    operation: "ListCostCategoryDefinitions",
    path: "",
    action: "ce:ListCostCategoryDefinitions",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::CE::CostCategory"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ce",
    reach: Reach::Once,
    calls: &[&MONITORS, &SUBSCRIPTIONS, &CATEGORIES],
    collect: |run| Box::pin(costs(run)),
};

/// Where a kind of thing is listed, its type, what holds its ARN and its name, and its properties.
type Listed =
    (&'static Call, &'static str, &'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const MONITOR: Listed = (
    &MONITORS,
    "AnomalyMonitors",
    "AWS::CE::AnomalyMonitor",
    "MonitorArn",
    "MonitorName",
    &[
        ("MonitorName", "MonitorName"),
        ("MonitorType", "MonitorType"),
        ("MonitorDimension", "MonitorDimension"),
        ("MonitorSpecification", "MonitorSpecification"),
        ("LastEvaluatedDate", "Observed.LastEvaluatedDate"),
    ],
);

const SUBSCRIPTION: Listed = (
    &SUBSCRIPTIONS,
    "AnomalySubscriptions",
    "AWS::CE::AnomalySubscription",
    "SubscriptionArn",
    "SubscriptionName",
    &[
        ("SubscriptionName", "SubscriptionName"),
        ("MonitorArnList", "MonitorArnList"),
        ("Subscribers", "Subscribers"),
        ("Threshold", "Threshold"),
        ("ThresholdExpression", "ThresholdExpression"),
        ("Frequency", "Frequency"),
    ],
);

const CATEGORY: Listed = (
    &CATEGORIES,
    "CostCategoryReferences",
    "AWS::CE::CostCategory",
    "CostCategoryArn",
    "Name",
    &[
        ("Name", "Name"),
        ("DefaultValue", "DefaultValue"),
        ("NumberOfRules", "Observed.NumberOfRules"),
        ("ProcessingStatus", "Observed.ProcessingStatus"),
    ],
);

async fn costs(run: &Run) -> Result<(), Halt> {
    let (monitors, subscriptions, categories) =
        tokio::join!(read(run, MONITOR), read(run, SUBSCRIPTION), read(run, CATEGORY));
    monitors.and(subscriptions).and(categories)
}

async fn read(run: &Run, (call, path, kind, arn, name, properties): Listed) -> Result<(), Halt> {
    for found in run.list(call, json!({ "MaxResults": 100 }), path).await? {
        let Some(arn) = text(&found, arn) else { continue };
        let mut draft = Draft::new(kind, arn, found.origin).arn(arn);
        if let Some(name) = text(&found, name) {
            draft = draft.name(name);
        }
        run.add(draft.take(&found, properties));
    }
    Ok(())
}
