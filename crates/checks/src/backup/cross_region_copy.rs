//! `backup_cross_region_copy`

use macros::check;
use model::{BLANK, Inventory, Linked, Verdict};

use crate::views::backup::{Plan, Vault};

/// Backup plans copy backups to another Region or account
///
/// Backups next to the data share its fate when a Region fails, or when someone who should not have it gets the
/// run of the account. A copy elsewhere is what recovery starts from then.
/// Code does not tell which data is critical, so every plan is judged: waive those for the rest.
///
/// ## Fix
/// Add `CopyActions` to at least one rule, with the ARN of a vault in another Region or, better, another
/// account, and a `Lifecycle` of their own. Copies are paid for twice: in transfer and in storage. One rule with
/// weekly copies may do.
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
///     BackupPlanRule:
///       - RuleName: daily
///         TargetBackupVault: Default
///         CopyActions:
///           - DestinationBackupVaultArn: arn:aws:backup:eu-central-1:210987654321:backup-vault:copies
/// ```
/// ```account,fail
/// [
///   {
///     "Type": "AWS::Backup::BackupVault", "Id": "near", "Region": "eu-west-1",
///     "Arn": "arn:aws:backup:eu-west-1:111122223333:backup-vault:near"
///   },
///   {
///     "Type": "AWS::Backup::BackupPlan", "Region": "eu-west-1",
///     "Properties": {
///       "BackupPlan": {
///         "BackupPlanRule": [
///           { "CopyActions": [{ "DestinationBackupVaultArn": "arn:aws:backup:eu-west-1:111122223333:backup-vault:near" }] }
///         ]
///       }
///     }
///   }
/// ]
/// ```
#[check(REL13_BP02, REL09_BP01, severity = Medium, effort = Medium, needs = [Money])]
fn backup_cross_region_copy(plan: &Plan, around: &Inventory) -> Verdict {
    let expected = "a copy to a vault in another Region or account";
    plan.rules.any(expected, |rule| {
        rule.copy_actions.any(expected, |copy| match around.linked::<Vault>(&copy.destination) {
            // A vault that the same template makes is in the same Region of the same account.
            Linked::Found(vault) if vault.at.resource().is_beside(plan.at.resource()) => {
                let own = vault.at.resource().arn.as_deref();
                copy.destination.must_read(expected, |arn| !arn.starts_with(BLANK) && own != Some(arn))
            }
            _ => copy.destination.must_be_set(),
        })
    })
}
