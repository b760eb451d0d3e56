//! `backup_vault_locked`

use macros::check;
use model::Verdict;

use crate::views::backup::Vault;

/// Backup vaults are locked
///
/// Whoever takes over an account deletes the backups first, and then the data: that is how ransom is asked for.
/// A vault lock refuses to delete backups, or to shorten their life, below a minimum age, and in compliance
/// mode even the root user and AWS cannot lift it.
/// Code does not tell which data is critical, so every vault is judged: waive those for the rest.
///
/// ## Fix
/// Set `LockConfiguration` with `MinRetentionDays`, and with `ChangeableForDays` for compliance mode. That can
/// never be taken back once its days are over, and every backup in the vault is paid for until its time has
/// come: begin without it.
/// ```yaml,fail
/// Type: AWS::Backup::BackupVault
/// Properties: { BackupVaultName: databases }
/// ```
/// ```yaml,pass
/// Type: AWS::Backup::BackupVault
/// Properties: { BackupVaultName: databases, LockConfiguration: { MinRetentionDays: 7 } }
/// ```
#[check(REL09_BP02, severity = Medium, needs = [Money])]
fn backup_vault_locked(vault: &Vault) -> Verdict {
    vault.lock_configuration.must_be_set()
}
