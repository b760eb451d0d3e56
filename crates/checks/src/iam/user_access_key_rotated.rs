//! `iam_user_access_key_rotated`

use findings::Settings;
use macros::check;
use model::{Verdict, all, when};

use crate::moment::must_be_within;
use crate::views::iam::User;

/// Access keys of IAM users are replaced regularly
///
/// A key is valid until somebody deletes it, and nobody knows where its copies are: in old laptops, images,
/// logs and chats. The older it is, the more there are. Replacing it makes all of them worthless. The root
/// user is not judged here: it must not have a key at all.
///
/// ## Fix
/// Where it can be, replace the key by a role, which needs no key. Otherwise make a second key, move its
/// users over, deactivate the first one, and delete it some days later. `days` is how old a key may be.
/// ```account,fail
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "AccessKey1Active": true,
///     "AccessKey1LastRotated": "2026-01-10T09:00:00+00:00", "AccessKey2Active": false } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "AccessKey1Active": false,
///     "AccessKey1LastRotated": "2020-01-10T09:00:00+00:00", "AccessKey2Active": true,
///     "AccessKey2LastRotated": "2026-09-10T09:00:00+00:00" } } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "AccessKey1Active": false,
///     "AccessKey1LastRotated": "2020-01-10T09:00:00+00:00", "AccessKey2Active": false } } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "Denied": "iam:GetCredentialReport" } } } }
/// ```
#[check(SEC02_BP05, severity = Medium, effort = Medium, needs = [Testing], fsbp = ["IAM.3"], cis = ["v3.0.0:1.14", "v5.0.0:1.13"], code = Never, thresholds(days = 90))]
fn iam_user_access_key_rotated(user: &User, settings: &Settings) -> Verdict {
    let days = settings.number("days");
    all(user
        .credentials
        .access_keys()
        .iter()
        .map(|key| when(key.active.must_be(true), || must_be_within(key.last_rotated, days, settings))))
}
