//! `backup_restore_tested`

use macros::check;
use model::{At, Inventory, Verdict, View};

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
/// nothing to do and reports no failure.
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
#[check(REL09_BP04, REL13_BP03, severity = Medium, needs = [Money], code = Partly)]
fn backup_restore_tested(plan: &TestingPlan, around: &Inventory) -> Verdict {
    around
        .referring::<TestingSelection>("RestoreTestingPlanName", &plan.at)
        .must_exist("a selection of what to restore")
}
