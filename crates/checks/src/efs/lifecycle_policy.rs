//! `efs_lifecycle_policy`

use macros::check;
use model::Verdict;

use crate::views::efs::FileSystem;

/// EFS file systems move files that are not read to cheaper storage
///
/// Most files are never opened again a month after they were written, and standard storage costs many times
/// what infrequent access or archive storage costs. EFS moves such files by itself when told after how many
/// days, and clients see no difference but a slower first read.
///
/// ## Fix
/// Set `LifecyclePolicies` with `TransitionToIA: AFTER_30_DAYS`, and with
/// `TransitionToPrimaryStorageClass: AFTER_1_ACCESS` where files that are read once are read again.
/// ```yaml,fail
/// Type: AWS::EFS::FileSystem
/// Properties: { Encrypted: true }
/// ```
/// ```yaml,pass
/// Type: AWS::EFS::FileSystem
/// Properties: { Encrypted: true, LifecyclePolicies: [{ TransitionToIA: AFTER_30_DAYS }] }
/// ```
#[check(COST06_BP02, SUS04_BP03, COST04_BP05, severity = Low)]
fn efs_lifecycle_policy(file_system: &FileSystem) -> Verdict {
    file_system.lifecycle_policies.any("a move to infrequent access or archive storage", |policy| {
        policy.transition_to_ia.must_be_set() | policy.transition_to_archive.must_be_set()
    })
}
