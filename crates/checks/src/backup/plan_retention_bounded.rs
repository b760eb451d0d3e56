//! `backup_plan_retention_bounded`

use macros::check;
use model::Verdict;

use crate::views::backup::Plan;

/// Backup plans delete backups after a set time
///
/// A rule without a lifecycle keeps every backup for ever. After a few years the backups cost more than the data,
/// and hold personal data that had to be deleted long ago.
///
/// ## Fix
/// Set `Lifecycle.DeleteAfterDays` on every rule. Where backups are kept for more than a few months,
/// `MoveToColdStorageAfterDays` makes them cheaper for the resources that support it.
/// ```yaml,fail
/// Type: AWS::Backup::BackupPlan
/// Properties:
///   BackupPlan:
///     BackupPlanName: daily
///     BackupPlanRule: [{ RuleName: daily, TargetBackupVault: Default }]
/// ```
/// ```yaml,pass
/// Type: AWS::Backup::BackupPlan
/// Properties:
///   BackupPlan:
///     BackupPlanName: daily
///     BackupPlanRule: [{ RuleName: daily, TargetBackupVault: Default, Lifecycle: { DeleteAfterDays: 35 } }]
/// ```
#[check(COST04_BP05, SUS04_BP08, SUS04_BP03, severity = Low)]
fn backup_plan_retention_bounded(plan: &Plan) -> Verdict {
    plan.rules.all(|rule| rule.delete_after_days.must_be_at_least(1))
}
