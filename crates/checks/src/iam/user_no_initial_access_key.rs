//! `iam_user_no_initial_access_key`

use jiff::Timestamp;
use macros::check;
use model::{Verdict, all, when};

use crate::views::iam::User;

/// Users of the console were not given an access key that they never used
///
/// Whoever ticks the box for a key along with a new user makes a credential that nobody asked for. The user
/// signs in with a password, and the key lies in a file of the one who made it. Those who need a key can ask
/// for one.
///
/// ## Fix
/// Delete the key that was made together with the user and never used. Do not make keys for users of the
/// console.
/// ```account,fail
/// { "Type": "AWS::IAM::User",
///   "Properties": { "LoginProfile": {}, "Observed": { "Credentials": { "UserCreationTime": "2026-02-01T09:00:00+00:00",
///     "AccessKey1Active": true, "AccessKey1LastRotated": "2026-02-01T09:00:02+00:00", "AccessKey1LastUsedDate": null,
///     "AccessKey2Active": false } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::User",
///   "Properties": { "LoginProfile": {}, "Observed": { "Credentials": { "UserCreationTime": "2026-02-01T09:00:00+00:00",
///     "AccessKey1Active": true, "AccessKey1LastRotated": "2026-02-07T10:00:00+00:00", "AccessKey1LastUsedDate": null,
///     "AccessKey2Active": false } } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::User",
///   "Properties": { "Observed": { "Credentials": { "UserCreationTime": "2026-02-01T09:00:00+00:00",
///     "AccessKey1Active": true, "AccessKey1LastRotated": "2026-02-01T09:00:02+00:00", "AccessKey2Active": false } } } }
/// ```
#[check(SEC02_BP02, severity = Low, cis = ["v3.0.0:1.11", "v5.0.0:1.10"], code = Never)]
fn iam_user_no_initial_access_key(user: &User) -> Verdict {
    let credentials = &user.credentials;
    when(user.login_profile.must_be_set(), || {
        all(credentials.access_keys().iter().map(|key| {
            let was_asked_for = credentials.user_creation_time.and_then(|created| {
                key.last_rotated.must_surely("not made along with the user", |made| is_later(made, created))
            });
            key.active.must_be(false) | key.last_used.must_be_set() | was_asked_for
        }))
    })
}

/// Whether a key was made by itself: the console takes no longer than this for a user and its key.
fn is_later(key: &str, user: &str) -> Option<bool> {
    const TOGETHER: i64 = 5 * 60;
    let (key, user) = (key.parse::<Timestamp>().ok()?, user.parse::<Timestamp>().ok()?);
    Some(key.as_second().abs_diff(user.as_second()) > TOGETHER.unsigned_abs())
}
