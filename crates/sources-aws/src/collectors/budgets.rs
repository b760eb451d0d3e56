//! AWS Budgets: budgets with whom they warn, and what they do by themselves.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use indexmap::IndexMap;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static BUDGETS: Service = Service {
    endpoint: "budgets",
    signing: "budgets",
    variable: "BUDGETS",
    protocol: Protocol::Json { target: "AWSBudgetServiceGateway", version: "1.1" },
    scope: Scope::Global,
};

static LIST: Call = Call {
    service: &BUDGETS,
    operation: "DescribeBudgets",
    path: "",
    action: "budgets:ViewBudget",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Budgets::Budget"],
    unset: &[],
};

/// A budget has ten notifications at most: one page.
static NOTIFICATIONS: Call = Call {
    service: &BUDGETS,
    operation: "DescribeNotificationsForBudget",
    path: "",
    action: "budgets:ViewBudget",
    pages: Pages::One,
    yields: &[],
    unset: &["NotFoundException"],
};

static SUBSCRIBERS: Call = Call {
    service: &BUDGETS,
    operation: "DescribeSubscribersForNotification",
    path: "",
    action: "budgets:ViewBudget",
    pages: Pages::One,
    yields: &[],
    unset: &["NotFoundException"],
};

static ACTIONS: Call = Call {
    service: &BUDGETS,
    operation: "DescribeBudgetActionsForAccount",
    path: "",
    action: "budgets:DescribeBudgetActionsForAccount",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Budgets::BudgetsAction"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "budgets",
    reach: Reach::Once,
    calls: &[&LIST, &NOTIFICATIONS, &SUBSCRIBERS, &ACTIONS],
    collect: |run| Box::pin(budgets(run)),
};

async fn budgets(run: &Run) -> Result<(), Halt> {
    let asked = json!({ "AccountId": run.account(), "MaxResults": 100 });
    let (budgets, actions) =
        tokio::join!(run.list(&LIST, asked.clone(), "Budgets"), run.list(&ACTIONS, asked, "Actions"));
    let listed = budgets.as_ref().map(drop).map_err(|halt| *halt);
    run.each(budgets.unwrap_or_default(), budget).await;
    for found in actions.iter().flatten() {
        let Some(id) = text(found, "ActionId") else { continue };
        run.add(Draft::new("AWS::Budgets::BudgetsAction", id, found.origin).take(
            found,
            &[
                ("BudgetName", "BudgetName"),
                ("NotificationType", "NotificationType"),
                ("ActionType", "ActionType"),
                ("ActionThreshold", "ActionThreshold"),
                ("ExecutionRoleArn", "ExecutionRoleArn"),
                ("ApprovalModel", "ApprovalModel"),
                ("Definition", "Definition"),
                ("Subscribers", "Subscribers"),
                ("Status", "Observed.Status"),
            ],
        ));
    }
    listed.and(actions.map(drop))
}

async fn budget(run: &Run, found: Node) -> Vec<Draft> {
    let Some(name) = text(&found, "BudgetName") else { return Vec::new() };
    let asked = json!({ "AccountId": run.account(), "BudgetName": name, "MaxResults": 100 });
    let notifications = match run.get(&NOTIFICATIONS, asked).await.at("Notifications") {
        Some(Node { value: Value::List(items), origin, .. }) => {
            let mut list = Vec::new();
            for item in items {
                list.push(notification(run, name, item).await);
            }
            Some(Node::new(Value::List(list), origin))
        }
        other => other,
    };
    let draft = Draft::new("AWS::Budgets::Budget", name, found.origin).name(name).take(
        &found,
        &[
            ("BudgetName", "Budget.BudgetName"),
            ("BudgetType", "Budget.BudgetType"),
            ("BudgetLimit", "Budget.BudgetLimit"),
            ("PlannedBudgetLimits", "Budget.PlannedBudgetLimits"),
            ("AutoAdjustData", "Budget.AutoAdjustData"),
            ("CostFilters", "Budget.CostFilters"),
            ("FilterExpression", "Budget.FilterExpression"),
            ("CostTypes", "Budget.CostTypes"),
            ("TimeUnit", "Budget.TimeUnit"),
            ("TimePeriod", "Budget.TimePeriod"),
            ("CalculatedSpend", "Observed.CalculatedSpend"),
            ("LastUpdatedTime", "Observed.LastUpdatedTime"),
        ],
    );
    vec![draft.set("NotificationsWithSubscribers", notifications)]
}

/// A notification is asked for by what it is made of; its state is no part of that.
async fn notification(run: &Run, budget: &str, found: Node) -> Node {
    let mut asked = serde_json::Map::new();
    for name in ["NotificationType", "ComparisonOperator", "ThresholdType"] {
        if let Some(text) = text(&found, name) {
            asked.insert(name.to_owned(), text.into());
        }
    }
    if let Some(Node { value: Value::Number(threshold), .. }) = part(&found, "Threshold") {
        asked.insert("Threshold".to_owned(), serde_json::from_str(&threshold).unwrap_or_default());
    }
    let asked = json!({ "AccountId": run.account(), "BudgetName": budget, "Notification": asked, "MaxResults": 100 });
    let answer = run.get(&SUBSCRIBERS, asked).await;
    let origin = found.origin;
    let mut entries = IndexMap::from([("Notification".to_owned(), found)]);
    entries.extend(answer.at("Subscribers").map(|subscribers| ("Subscribers".to_owned(), subscribers)));
    Node::new(Value::Map(entries), origin)
}
