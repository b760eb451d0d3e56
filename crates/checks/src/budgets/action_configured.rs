//! `budgets_action_configured`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::Budgets::BudgetsAction")]
struct Action<'a> {
    at: At<'a>,
    approval_model: Fact<'a, Text<'a>>,
}

/// Budget actions run without waiting for approval
///
/// An action stops instances or takes permissions away when a budget is overdrawn, at any hour. One that waits for
/// approval does what an e-mail does: it waits until someone reads it, while the money goes on being spent.
///
/// ## Fix
/// Set `ApprovalModel: AUTOMATIC` on actions for sandboxes and test environments. In production an alert to people
/// is the better choice: waive it there.
/// ```yaml,fail
/// Type: AWS::Budgets::BudgetsAction
/// Properties: { BudgetName: sandbox, NotificationType: ACTUAL, ActionType: APPLY_IAM_POLICY, ApprovalModel: MANUAL }
/// ```
/// ```yaml,pass
/// Type: AWS::Budgets::BudgetsAction
/// Properties: { BudgetName: sandbox, NotificationType: ACTUAL, ActionType: APPLY_IAM_POLICY, ApprovalModel: AUTOMATIC }
/// ```
#[check(COST02_BP05, severity = Low, needs = [Testing], code = Partly)]
fn budgets_action_configured(action: &Action) -> Verdict {
    action.approval_model.must_be("AUTOMATIC")
}
