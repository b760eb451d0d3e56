//! `backup_restore_tested`

use macros::check;
use model::{At, Inventory, Verdict, View, when};

use crate::views::backup::Plan;

#[derive(Debug, View)]
#[view("AWS::Backup::RestoreTestingPlan", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::Backup::RestoreTestingPlan")]
struct TestingPlan<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::Backup::RestoreTestingSelection")]
struct TestingSelection<'a> {
    at: At<'a>,
}

/// Restore testing plans select what they restore
///
/// A backup nobody has ever restored is a hope. A restore testing plan restores backups on a schedule, measures
/// how long it takes and cleans up after itself, but only of what a selection names: without one it runs, finds
/// nothing to do and reports no failure. An account that has backup plans needs one that restores something.
///
/// ## Fix
/// Add an `AWS::Backup::RestoreTestingSelection` for every type of resource you back up, with the
/// `RestoreTestingPlanName` of the plan.
/// ```yaml,fail
/// Type: AWS::Backup::RestoreTestingPlan
/// Properties:
///   RestoreTestingPlanName: monthly
///   ScheduleExpression: cron(0 5 1 * ? *)
///   RecoveryPointSelection: { Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT] }
/// ```
/// ```yaml,pass
/// Resources:
///   Monthly:
///     Type: AWS::Backup::RestoreTestingPlan
///     Properties:
///       RestoreTestingPlanName: monthly
///       ScheduleExpression: cron(0 5 1 * ? *)
///       RecoveryPointSelection: { Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT] }
///   Databases:
///     Type: AWS::Backup::RestoreTestingSelection
///     Properties:
///       RestoreTestingPlanName: !Ref Monthly
///       RestoreTestingSelectionName: databases
///       ProtectedResourceType: RDS
///       ProtectedResourceArns: ["*"]
///       IamRoleArn: arn:aws:iam::123456789012:role/restore
/// ```
/// ```account,fail
/// {
///   "Listed": ["AWS::Backup::RestoreTestingPlan"],
///   "Resources": [{ "Type": "Pilaster::Account" }, { "Type": "AWS::Backup::BackupPlan" }]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Backup::BackupPlan" },
///   { "Type": "AWS::Backup::RestoreTestingPlan", "Name": "monthly" },
///   { "Type": "AWS::Backup::RestoreTestingSelection", "Properties": { "RestoreTestingPlanName": "monthly" } }
/// ]
/// ```
/// ```account,not_applicable
/// { "Listed": ["AWS::Backup::BackupPlan"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
#[check(REL09_BP04, REL13_BP03, severity = Medium, needs = [Money], code = Partly)]
fn backup_restore_tested(place: &Place, around: &Inventory) -> Verdict {
    let expected = "a selection of what to restore";
    let is_tested = || {
        around.one_of::<TestingPlan>(&place.at, "a plan that restores something", |plan| {
            around.referring::<TestingSelection>("RestoreTestingPlanName", &plan.at).must_exist(expected)
        })
    };
    if place.at.is_in_account() {
        when(around.in_account::<Plan>(&place.at).must_exist("a backup plan"), is_tested)
    } else {
        is_tested()
    }
}
