//! `iam_user_single_active_access_key`

use macros::check;
use model::Verdict;

use crate::views::iam::User;

/// IAM users have no more than one active access key
///
/// The second key is there for the days in which the first is replaced. Where both stay active, a rotation
/// was never finished or two things share a user, and there is twice as much to lose and to watch.
///
/// ## Fix
/// Look up when and by whom each key was last used. Deactivate the one that is not needed and delete it some
/// days later; give things that share the user a role each.
/// ```account,fail
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "AccessKey1Active": true, "AccessKey2Active": true } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "AccessKey1Active": false, "AccessKey2Active": true } } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::IAM::User", "Properties": { "Observed": { "Credentials": { "Denied": "iam:GetCredentialReport" } } } }
/// ```
#[check(SEC02_BP05, severity = Low, needs = [Testing], cis = ["v3.0.0:1.13", "v5.0.0:1.12"], code = Never)]
fn iam_user_single_active_access_key(user: &User) -> Verdict {
    let [first, second] = user.credentials.access_keys();
    first.active.must_be(false) | second.active.must_be(false)
}
