//! `iam_user_no_direct_policies`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::iam::{AttachedPolicy, User, UserPolicy};

/// IAM users get their rights through groups or roles
///
/// Rights that are attached to single users are never alike for two people in the same job, and nobody
/// sees at a glance who may do what. They stay behind when somebody changes teams.
///
/// ## Fix
/// Attach the policy to a group and make the user a member, or better, let them assume a role. Remove
/// `Policies` and `ManagedPolicyArns` of the user, and the user from the `Users` of policies.
/// ```yaml,fail
/// Type: AWS::IAM::User
/// Properties: { ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }
/// ```
/// ```yaml,fail
/// Resources:
///   Auditor: { Type: AWS::IAM::User }
///   Read:
///     Type: AWS::IAM::ManagedPolicy
///     Properties:
///       Users: [!Ref Auditor]
///       PolicyDocument: { Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*" }] }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::User
/// Properties: { Groups: [auditors] }
/// ```
#[check(SEC02_BP06, SEC03_BP02, severity = Low, fsbp = ["IAM.2"], cis = ["v3.0.0:1.15", "v5.0.0:1.14"])]
fn iam_user_no_direct_policies(user: &User, around: &Inventory) -> Verdict {
    user.policies.must_be_empty()
        & user.managed_policy_arns.must_be_empty()
        & around.referring::<AttachedPolicy>("Users.*", &user.at).all(|policy| policy.users.must_be_empty())
        & around.referring::<UserPolicy>("UserName", &user.at).all(|policy| policy.user_name.must_be_unset())
}
