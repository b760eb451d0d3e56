//! `iam_root_mfa_enabled`

use macros::check;
use model::{Verdict, when};

use crate::views::iam::RootUser;

/// The root user signs in with a second factor
///
/// Nothing limits the root user: it can delete everything, close the account and change who is billed. Its
/// password can be reset by whoever reads the mail of its address. Without a second factor, that mailbox is
/// all that stands before the account. The question does not arise for a member of an organization whose
/// root user has no credentials.
///
/// ## Fix
/// Sign in as root and register a device under "Security credentials", best a passkey or a security key, and
/// a second one for the day the first is lost. In an organization, rather remove the root credentials of
/// member accounts: turn on centralized root access in IAM.
/// ```account,fail
/// { "Type": "Pilaster::RootUser", "Properties": { "AccountMFAEnabled": 0, "AccountPasswordPresent": 1 } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::RootUser", "Properties": { "AccountMFAEnabled": 1, "AccountPasswordPresent": 1 } }
/// ```
/// ```account,not_applicable
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountMFAEnabled": 0, "AccountPasswordPresent": 0, "AccountAccessKeysPresent": 0 } }
/// ```
#[check(SEC01_BP02, SEC02_BP01, severity = Critical, fsbp = ["IAM.9"], cis = ["v3.0.0:1.5", "v5.0.0:1.4"], code = Never)]
fn iam_root_mfa_enabled(root: &RootUser) -> Verdict {
    when(root.can_sign_in(), || root.mfa_enabled.must_be(1))
}
