//! `budgets_budget_configured`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::Budgets::Budget", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::Budgets::Budget")]
struct Budget<'a> {
    at: At<'a>,
    #[view(path = "Budget.BudgetType")]
    budget_type: Fact<'a, Text<'a>>,
    notifications_with_subscribers: List<'a, Notification<'a>>,
}

#[derive(Debug, View)]
struct Notification<'a> {
    at: At<'a>,
    #[view(path = "Notification.NotificationType")]
    notification_type: Fact<'a, Text<'a>>,
    subscribers: List<'a, At<'a>>,
}

/// Cost and usage budgets warn before they are spent
///
/// A budget that nobody hears of is a note to oneself. One that speaks up when the money is gone leaves nothing to
/// do but to explain. An alert on the forecast comes when the course of the month can still be changed. An account needs
/// one such budget.
///
/// ## Fix
/// Add to `NotificationsWithSubscribers` a notification with `NotificationType: FORECASTED`, a threshold of 100
/// percent, and a list or topic that people read as its subscriber. Budgets of reservations and savings plans have
/// no forecast.
/// ```yaml,fail
/// Type: AWS::Budgets::Budget
/// Properties:
///   Budget: { BudgetType: COST, TimeUnit: MONTHLY, BudgetLimit: { Amount: 1000, Unit: USD } }
/// ```
/// ```yaml,pass
/// Type: AWS::Budgets::Budget
/// Properties:
///   Budget: { BudgetType: COST, TimeUnit: MONTHLY, BudgetLimit: { Amount: 1000, Unit: USD } }
///   NotificationsWithSubscribers:
///     - Notification: { NotificationType: FORECASTED, ComparisonOperator: GREATER_THAN, Threshold: 100 }
///       Subscribers: [{ SubscriptionType: EMAIL, Address: costs@example.com }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Budgets::Budget
/// Properties: { Budget: { BudgetType: RI_UTILIZATION, TimeUnit: MONTHLY } }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::Budgets::Budget"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Budgets::Budget", "Properties": {
///     "Budget": { "BudgetType": "COST" },
///     "NotificationsWithSubscribers": [
///       { "Notification": { "NotificationType": "FORECASTED" }, "Subscribers": [{ "SubscriptionType": "EMAIL" }] }
///     ] } }
/// ]
/// ```
#[check(COST01_BP03, COST02_BP02, COST01_BP05, severity = Medium, code = Partly)]
fn budgets_budget_configured(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Budget>(&place.at, "a budget that warns on the forecast", |budget| {
        when(budget.budget_type.must_be_one_of(&["COST", "USAGE"]), || {
            budget.notifications_with_subscribers.any("an alert on the forecast", |alert| {
                alert.notification_type.must_be("FORECASTED") & alert.subscribers.must_not_be_empty()
            })
        })
    })
}
