//! `backup_plan_exists`

use macros::check;
use model::{At, Inventory, Verdict, View};

use crate::views::backup::{Plan, Selection};

#[derive(Debug, View)]
#[view("AWS::Backup::BackupPlan", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

/// Backup plans have rules and select what they back up
///
/// A plan alone backs up nothing: it says when and for how long, and a selection says what. A plan without one
/// shows up in every list of backup plans, and its vault stays empty until the day something has to be restored. An
/// account needs one that does select something.
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
/// ```account,fail
/// { "Listed": ["AWS::Backup::BackupPlan"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Backup::BackupPlan", "Id": "plan-1", "Properties": { "BackupPlan": { "BackupPlanRule": [{ "RuleName": "daily" }] } } },
///   { "Type": "AWS::Backup::BackupSelection", "Properties": { "BackupPlanId": "plan-1" } }
/// ]
/// ```
#[check(REL09_BP01, REL09_BP03, severity = High, needs = [Money], code = Partly)]
fn backup_plan_exists(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Plan>(&place.at, "a plan that backs something up", |plan| {
        let selections = around.referring::<Selection>("BackupPlanId", &plan.at);
        plan.rules.must_not_be_empty() & selections.must_exist("a selection of what to back up")
    })
}
