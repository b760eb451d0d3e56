//! `iam_user_none_defined`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::iam::{AccessKey, User};

/// IAM users have no password and no access key
///
/// The credentials of a user are valid until somebody remembers to revoke them, and they travel: into
/// files, laptops, chat and repositories. Roles and sign-in through an identity provider give credentials
/// that expire within hours. A user without password and key cannot sign in at all and is not at fault.
///
/// ## Fix
/// Let people sign in through IAM Identity Center, and give machines a role: an instance profile, a task
/// role, a pipeline's web identity, or IAM Roles Anywhere outside of AWS. Then remove `LoginProfile` and
/// the `AWS::IAM::AccessKey`.
/// ```yaml,fail
/// Resources:
///   Deployer: { Type: AWS::IAM::User }
///   DeployerKey: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref Deployer } }
/// ```
/// ```yaml,fail
/// Type: AWS::IAM::User
/// Properties: { LoginProfile: { Password: "{{resolve:secretsmanager:first-password}}" } }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::User
/// ```
#[check(SEC02_BP02, SEC02_BP04, severity = Medium, effort = Large, needs = [Testing], cis = ["v3.0.0:1.21", "v5.0.0:1.20"], code = Partly)]
fn iam_user_none_defined(user: &User, around: &Inventory) -> Verdict {
    user.login_profile.must_be_unset()
        & around.referring::<AccessKey>("UserName", &user.at).all(|key| key.status.must_be("Inactive"))
}
