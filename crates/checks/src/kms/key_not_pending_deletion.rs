//! `kms_key_not_pending_deletion`

use macros::check;
use model::Verdict;

use crate::views::kms::Key;

/// No KMS key is about to be deleted
///
/// When its waiting period ends, a key is gone for good, and with it every volume, backup and object that
/// was encrypted under it: nobody can bring it back, AWS included. Whoever wants to destroy data and cannot
/// reach it deletes its key.
///
/// ## Fix
/// Find out in CloudTrail who scheduled it. Unless it is certain that nothing is encrypted under the key any
/// more, cancel with `aws kms cancel-key-deletion` and turn the key on again; a key that is only disabled
/// does the same and can be undone. For a deletion on purpose, a waiver with the date says so.
/// ```account,fail
/// { "Type": "AWS::KMS::Key", "Properties": { "Observed": { "KeyState": "PendingDeletion" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::KMS::Key", "Properties": { "Observed": { "KeyState": "Enabled" } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::KMS::Key", "Properties": { "Observed": { "KeyState": { "Denied": "kms:DescribeKey" } } } }
/// ```
#[check(SEC08_BP01, severity = Critical, fsbp = ["KMS.3"], code = Never)]
fn kms_key_not_pending_deletion(key: &Key) -> Verdict {
    key.state.must_not_be_one_of(&["PendingDeletion", "PendingReplicaDeletion"])
}
