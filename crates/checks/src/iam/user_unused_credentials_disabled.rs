//! `iam_user_unused_credentials_disabled`

use findings::Settings;
use macros::check;
use model::{Verdict, all, when};

use crate::moment::must_be_in_use;
use crate::views::iam::User;

/// Passwords and access keys of IAM users are in use
///
/// A credential that nobody uses is one whose theft nobody notices: it belongs to somebody who left, or to a
/// job that was moved. It still opens whatever its user may do. What was never used counts from the day it
/// was made.
///
/// ## Fix
/// Delete the password, deactivate the key, and delete it when nothing has missed it for some days. `days`
/// is how long a credential may lie idle; keys of jobs that run once a quarter should be roles.
/// ```account,fail
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "PasswordEnabled": true, "PasswordLastUsed": "2026-06-01T09:00:00+00:00",
///     "AccessKey1Active": false, "AccessKey2Active": false } } } }
/// ```
/// ```account,fail
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "PasswordEnabled": false, "AccessKey1Active": true,
///     "AccessKey1LastRotated": "2025-06-01T09:00:00+00:00", "AccessKey1LastUsedDate": null, "AccessKey2Active": false } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "PasswordEnabled": true, "PasswordLastUsed": "2026-10-30T09:00:00+00:00",
///     "AccessKey1Active": true, "AccessKey1LastRotated": "2026-10-20T09:00:00+00:00", "AccessKey1LastUsedDate": null,
///     "AccessKey2Active": false, "AccessKey2LastUsedDate": "2020-01-01T09:00:00+00:00" } } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "Denied": "iam:GetCredentialReport" } } } }
/// ```
#[check(SEC03_BP06, SEC03_BP04, severity = Medium, needs = [Testing], fsbp = ["IAM.22", "IAM.8"], cis = ["v3.0.0:1.12", "v5.0.0:1.11"], code = Never, thresholds(days = 45))]
fn iam_user_unused_credentials_disabled(user: &User, settings: &Settings) -> Verdict {
    let days = settings.number("days");
    let credentials = &user.credentials;
    when(credentials.password_enabled.must_be(true), || {
        must_be_in_use(&credentials.password_last_used, &credentials.password_last_changed, days, settings)
    }) & all(credentials
        .access_keys()
        .iter()
        .map(|key| when(key.active.must_be(true), || must_be_in_use(key.last_used, key.last_rotated, days, settings))))
}
