//! `iam_root_hardware_mfa`

use macros::check;
use model::{Verdict, when};

use crate::views::iam::RootUser;

/// The root user signs in with a hardware device
///
/// The codes of an authenticator app can be asked for on a fake page, and the app moves to a new phone with
/// a backup. A security key answers only to the real page and cannot be copied. As long as an app is
/// registered beside the key, the app is enough to get in.
///
/// ## Fix
/// Register a FIDO2 security key or a hardware token for the root user, and a second one that is kept
/// elsewhere, then remove the virtual device. Where this does not scale to all accounts of an organization,
/// remove their root credentials and turn on centralized root access.
/// ```account,fail
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountMFAEnabled": 1, "AccountPasswordPresent": 1,
///     "VirtualMFADevices": ["arn:aws:iam::111122223333:mfa/root-account-mfa-device"] } }
/// ```
/// ```account,fail
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountMFAEnabled": 0, "AccountPasswordPresent": 1, "VirtualMFADevices": [] } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountMFAEnabled": 1, "AccountPasswordPresent": 1, "VirtualMFADevices": [] } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountMFAEnabled": 1, "AccountPasswordPresent": 1,
///     "VirtualMFADevices": { "Denied": "iam:ListVirtualMFADevices" } } }
/// ```
#[check(SEC01_BP02, severity = Critical, effort = Medium, needs = [Money], fsbp = ["IAM.6"], cis = ["v3.0.0:1.6", "v5.0.0:1.5"], code = Never)]
fn iam_root_hardware_mfa(root: &RootUser) -> Verdict {
    when(root.can_sign_in(), || root.mfa_enabled.must_be(1) & root.virtual_devices.must_be_empty())
}
