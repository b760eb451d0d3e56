//! `efs_backup_enabled`

use macros::check;
use model::{Inventory, Outcome, State, Verdict};

use crate::views::backup::Selection;
use crate::views::efs::FileSystem;

/// EFS file systems are backed up
///
/// EFS keeps files in several zones and does nothing against a script that deletes them: there is no trash and
/// no earlier version. Only a backup brings them back. File systems made by a template have no automatic
/// backups unless it says so.
///
/// ## Fix
/// Set `BackupPolicy: { Status: ENABLED }` for daily backups that are kept for five weeks, or add the file
/// system to an `AWS::Backup::BackupSelection`.
/// ```yaml,fail
/// Type: AWS::EFS::FileSystem
/// Properties: { Encrypted: true }
/// ```
/// ```yaml,pass
/// Type: AWS::EFS::FileSystem
/// Properties: { Encrypted: true, BackupPolicy: { Status: ENABLED } }
/// ```
#[check(REL09_BP03, severity = Medium, needs = [Money], fsbp = ["EFS.2", "EFS.7"])]
fn efs_backup_enabled(file_system: &FileSystem, around: &Inventory) -> Verdict {
    let mut automatic = file_system.backup_policy.must_be("ENABLED");
    let everywhere = file_system.availability_zone_name.must_be_unset();
    // An account tells whether it is on.
    let is_open = !file_system.at.is_in_account() && file_system.backup_policy.state() == State::Unset;
    if is_open && everywhere.outcome != Outcome::Pass {
        automatic = automatic.weakened();
    }
    match automatic.outcome {
        Outcome::Pass => automatic,
        _ => automatic | Selection::must_cover(&file_system.at, &file_system.file_system_tags, around),
    }
}
