//! `iam_root_not_recently_used`

use findings::Settings;
use macros::check;
use model::{Fact, Text, Verdict, all};

use crate::moment::must_be_past;
use crate::views::iam::RootUser;

/// The root user is not used for daily work
///
/// What the root user does cannot be limited and cannot be told apart by person. It is meant for the few
/// tasks that nothing else can do, such as closing the account. Use in recent weeks that nobody can account
/// for is either a habit or a break-in.
///
/// ## Fix
/// Look up in CloudTrail what root did and who it was. Give those people a role that may do it, lock root's
/// credentials away, and have an alarm on every sign-in. `quiet_days` is how long root must not have been
/// used; after a task that needed it, a waiver with a date says so.
/// ```account,fail
/// { "Type": "Pilaster::RootUser", "Properties": { "Credentials": { "PasswordLastUsed": "2026-10-20T08:00:00+00:00" } } }
/// ```
/// ```account,fail
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "Credentials": { "PasswordLastUsed": null, "AccessKey2LastUsedDate": "2026-10-20T08:00:00+00:00" } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::RootUser", "Properties": { "Credentials": { "PasswordLastUsed": "2024-03-01T08:00:00+00:00" } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::RootUser", "Properties": { "Credentials": { "PasswordEnabled": false, "PasswordLastUsed": null } } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::RootUser", "Properties": { "Credentials": { "Denied": "iam:GetCredentialReport" } } }
/// ```
#[check(SEC01_BP02, severity = High, effort = Medium, cis = ["v3.0.0:1.7", "v5.0.0:1.6"], code = Never, thresholds(quiet_days = 30))]
fn iam_root_not_recently_used(root: &RootUser, settings: &Settings) -> Verdict {
    let days = settings.number("quiet_days");
    let is_long_ago = |last: &Fact<Text>| last.must_be_unset() | must_be_past(last, days, settings);
    is_long_ago(&root.credentials.password_last_used)
        & all(root.credentials.access_keys().iter().map(|key| is_long_ago(key.last_used)))
}
