//! `efs_encrypted`

use macros::check;
use model::Verdict;

use crate::views::efs::FileSystem;

/// EFS file systems are encrypted at rest
///
/// A file system often holds home directories, uploads and configuration of many servers at once. Encryption
/// costs nothing, is not noticed by clients, and adds the key as a second lock. It can only be turned on when
/// the file system is created, and CloudFormation leaves it off unless told otherwise.
///
/// ## Fix
/// Set `Encrypted: true`, with a `KmsKeyId` of your own where you need to control who may use the key. This
/// replaces the file system: copy its files with DataSync or a backup first.
/// ```yaml,fail
/// Type: AWS::EFS::FileSystem
/// ```
/// ```yaml,pass
/// Type: AWS::EFS::FileSystem
/// Properties: { Encrypted: true }
/// ```
#[check(
    SEC08_BP02,
    severity = Medium, effort = Medium, needs = [Downtime], fsbp = ["EFS.1", "EFS.8"], cis = ["v3.0.0:2.4.1", "v5.0.0:2.3.1"]
)]
fn efs_encrypted(file_system: &FileSystem) -> Verdict {
    file_system.encrypted.must_be(true)
}
