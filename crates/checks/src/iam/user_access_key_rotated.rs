//! `iam_user_access_key_rotated`

use findings::Settings;
use macros::check;
use model::{Verdict, when};

use crate::days::must_be_within;
use crate::views::iam::AccessKey;

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
/// { "Type": "AWS::IAM::AccessKey",
///   "Properties": { "UserName": "deploy", "Status": "Active", "Observed": { "LastRotated": "2026-01-10T09:00:00+00:00" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::AccessKey",
///   "Properties": { "UserName": "deploy", "Status": "Active", "Observed": { "LastRotated": "2026-09-10T09:00:00+00:00" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::AccessKey",
///   "Properties": { "UserName": "deploy", "Status": "Inactive", "Observed": { "LastRotated": "2020-01-10T09:00:00+00:00" } } }
/// ```
#[check(SEC02_BP05, severity = Medium, effort = Medium, needs = [Testing], fsbp = ["IAM.3"], cis = ["v3.0.0:1.14", "v5.0.0:1.13"], code = Never, thresholds(days = 90))]
fn iam_user_access_key_rotated(key: &AccessKey, settings: &Settings) -> Verdict {
    when(key.status.must_be("Active") & key.user_name.must_not_be("<root_account>"), || {
        must_be_within(&key.last_rotated, settings.number("days"), settings.today)
    })
}
