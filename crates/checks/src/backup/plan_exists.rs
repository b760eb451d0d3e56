//! `backup_plan_exists`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::backup::{Plan, Selection};

/// Backup plans have rules and select what they back up
///
/// A plan alone backs up nothing: it says when and for how long, and a selection says what. A plan without one
/// shows up in every list of backup plans, and its vault stays empty until the day something has to be restored.
///
/// ## Fix
/// Give the plan an `AWS::Backup::BackupSelection` that names resources or a tag such as `backup: daily`, and
/// at least one rule in `BackupPlanRule`.
/// ```yaml,fail
/// Type: AWS::Backup::BackupPlan
/// Properties:
///   BackupPlan:
///     BackupPlanName: daily
///     BackupPlanRule: [{ RuleName: daily, TargetBackupVault: Default, ScheduleExpression: cron(0 3 * * ? *) }]
/// ```
/// ```yaml,pass
/// Resources:
///   Daily:
///     Type: AWS::Backup::BackupPlan
///     Properties:
///       BackupPlan:
///         BackupPlanName: daily
///         BackupPlanRule: [{ RuleName: daily, TargetBackupVault: Default, ScheduleExpression: cron(0 3 * * ? *) }]
///   Tagged:
///     Type: AWS::Backup::BackupSelection
///     Properties:
///       BackupPlanId: !Ref Daily
///       BackupSelection:
///         SelectionName: tagged
///         IamRoleArn: arn:aws:iam::123456789012:role/backup
///         ListOfTags: [{ ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily }]
/// ```
#[check(REL09_BP01, REL09_BP03, severity = High, needs = [Money], code = Partly)]
fn backup_plan_exists(plan: &Plan, around: &Inventory) -> Verdict {
    let selections = around.referring::<Selection>("BackupPlanId", &plan.at);
    plan.rules.must_not_be_empty() & selections.must_exist("a selection of what to back up")
}
