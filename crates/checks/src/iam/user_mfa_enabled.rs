//! `iam_user_mfa_enabled`

use macros::check;
use model::{Verdict, when};

use crate::views::iam::User;

/// IAM users with a password sign in with a second factor
///
/// Passwords are reused, phished and found in leaks. Where a password alone opens the console, one of these
/// is a break-in with all that the user may do. Users without a password are not judged.
///
/// ## Fix
/// Have the user register a device under "Security credentials", and deny everything but that by a policy
/// with `aws:MultiFactorAuthPresent` until it is done. Where people sign in by an identity provider, delete
/// the password instead.
/// ```account,fail
/// { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": {}, "Observed": { "Credentials": { "MfaActive": false } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": {}, "Observed": { "Credentials": { "MfaActive": true } } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "MfaActive": false } } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::IAM::User",
///   "Properties": { "LoginProfile": { "Denied": "iam:GetCredentialReport" },
///     "Observed": { "Credentials": { "Denied": "iam:GetCredentialReport" } } } }
/// ```
#[check(SEC02_BP01, severity = High, fsbp = ["IAM.5", "IAM.19"], cis = ["v3.0.0:1.10", "v5.0.0:1.9"], code = Never)]
fn iam_user_mfa_enabled(user: &User) -> Verdict {
    when(user.login_profile.must_be_set(), || user.credentials.mfa_active.must_be(true))
}
