//! `kms_key_rotation`

use macros::check;
use model::{Verdict, when};

use crate::views::kms::Key;

/// KMS keys are rotated every year
///
/// Rotation limits how much data one piece of key material protects, and so what its loss would cost.
/// KMS does it without a change to the key's id or to what uses it, and keeps the old material to decrypt
/// with. Asymmetric keys, keys for signatures and keys with material of your own cannot be rotated this
/// way and are left out, and so is a key in an account that waits for its deletion.
///
/// ## Fix
/// Set `EnableKeyRotation: true`. Nothing has to be encrypted anew. The first two rotations of a key add
/// to its monthly price.
/// ```yaml,fail
/// Type: AWS::KMS::Key
/// Properties: { Description: orders }
/// ```
/// ```yaml,pass
/// Type: AWS::KMS::Key
/// Properties: { EnableKeyRotation: true }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::KMS::Key
/// Properties: { KeySpec: RSA_2048, KeyUsage: SIGN_VERIFY }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::KMS::Key", "Properties": { "EnableKeyRotation": false, "Observed": { "KeyState": "PendingDeletion" } } }
/// ```
/// ```account,fail
/// { "Type": "AWS::KMS::Key", "Properties": { "EnableKeyRotation": false, "Observed": { "KeyState": "Enabled" } } }
/// ```
#[check(SEC08_BP01, severity = Medium, needs = [Money], fsbp = ["KMS.4"], cis = ["v3.0.0:3.6", "v5.0.0:3.6"])]
fn kms_key_rotation(key: &Key) -> Verdict {
    let rotates = || when(key.can_rotate(), || key.enable_key_rotation.must_be(true));
    match key.at.is_in_account() {
        true => when(key.state.must_not_be_one_of(&["PendingDeletion", "PendingReplicaDeletion"]), rotates),
        false => rotates(),
    }
}
