//! `kms_key_rotation`

use macros::check;
use model::{Verdict, when};

use crate::views::kms::Key;

/// KMS keys are rotated every year
///
/// Rotation limits how much data one piece of key material protects, and so what its loss would cost.
/// KMS does it without a change to the key's id or to what uses it, and keeps the old material to decrypt
/// with. Asymmetric keys, keys for signatures and keys with material of your own cannot be rotated this
/// way and are left out.
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
#[check(SEC08_BP01, severity = Medium, needs = [Money], fsbp = ["KMS.4"], cis = ["v3.0.0:3.6", "v5.0.0:3.6"])]
fn kms_key_rotation(key: &Key) -> Verdict {
    when(key.can_rotate(), || key.enable_key_rotation.must_be(true))
}
