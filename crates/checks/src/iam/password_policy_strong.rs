//! `iam_password_policy_strong`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Verdict, View, when};

use crate::views::iam::User;

/// What an account demands of the passwords of its users.
#[derive(Debug, View)]
#[view("Pilaster::PasswordPolicy")]
struct PasswordPolicy<'a> {
    at: At<'a>,
    /// Where no policy is set, IAM demands 8 characters (IAM User Guide, "Default password policy").
    #[view(default = 8)]
    minimum_password_length: Fact<'a, i64>,
    #[view(default = 0)]
    password_reuse_prevention: Fact<'a, i64>,
}

/// The passwords of IAM users are long and not used again
///
/// Without a policy of its own, an account takes passwords of eight characters, and the same one again after
/// every change. Length is what makes guessing hopeless; remembering former passwords is what makes a change
/// after a leak worth something. Accounts in which no user has a password are not judged.
///
/// ## Fix
/// Set the password policy of the account under "Account settings" of IAM: `min_length` characters, and
/// `remembered` passwords that cannot come back. It counts from each user's next change. Better still, let
/// people sign in by IAM Identity Center and delete the passwords.
/// ```account,fail
/// [{ "Type": "Pilaster::PasswordPolicy" }, { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": {} } }]
/// ```
/// ```account,fail
/// [{ "Type": "Pilaster::PasswordPolicy", "Properties": { "MinimumPasswordLength": "14" } },
///  { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": {} } }]
/// ```
/// ```account,pass
/// [{ "Type": "Pilaster::PasswordPolicy",
///    "Properties": { "MinimumPasswordLength": "16", "PasswordReusePrevention": "24" } },
///  { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": {} } }]
/// ```
/// ```account,not_applicable
/// [{ "Type": "Pilaster::PasswordPolicy" }, { "Type": "AWS::IAM::User" }]
/// ```
/// ```account,unknown
/// [{ "Type": "Pilaster::PasswordPolicy" },
///  { "Type": "AWS::IAM::User", "Properties": { "LoginProfile": { "Denied": "iam:GetCredentialReport" } } }]
/// ```
#[check(SEC02_BP01, severity = Medium, fsbp = ["IAM.7", "IAM.15", "IAM.16"], cis = ["v3.0.0:1.8", "v3.0.0:1.9", "v5.0.0:1.7", "v5.0.0:1.8"], code = Never, thresholds(min_length = 14, remembered = 24))]
fn iam_password_policy_strong(policy: &PasswordPolicy, around: &Inventory, settings: &Settings) -> Verdict {
    let users = around.in_account::<User>(&policy.at);
    when(users.any("a user with a password", |user| user.login_profile.must_be_set()), || {
        policy.minimum_password_length.must_be_at_least(settings.number("min_length"))
            & policy.password_reuse_prevention.must_be_at_least(settings.number("remembered"))
    })
}
