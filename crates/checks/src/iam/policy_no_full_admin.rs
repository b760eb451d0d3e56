//! `iam_policy_no_full_admin`

use macros::check;
use model::{Outcome, Verdict};

use crate::views::iam::Grants;

/// IAM policies do not allow every action on every resource
///
/// Whoever obtains the credentials of such an identity, by a leaked key, a flaw in an application or a
/// mistake in a trust policy, owns the account: data, backups, logs and the means to lock everybody else
/// out. An allowance of everything but a list (`NotAction`) is the same unless the list keeps IAM out,
/// and so is attaching AWS's own `AdministratorAccess`, which is therefore judged here, too.
///
/// ## Fix
/// List the actions the identity uses and the ARNs of the resources it uses them on. IAM Access Analyzer
/// writes a first draft from the calls that CloudTrail has recorded. Keep one administrator role for
/// emergencies, guarded by its trust policy, and waive it by name.
/// ```yaml,fail
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Action: "*", Resource: "*" }]
/// ```
/// ```yaml,fail
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
///   ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
/// ```
/// ```yaml,unknown
/// Parameters: { Boundary: { Type: String } }
/// Resources: { Admin: { Type: AWS::IAM::User, Properties: { ManagedPolicyArns: [!Ref Boundary] } } }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Action: [s3:GetObject, s3:PutObject], Resource: "arn:aws:s3:::images/*" }]
/// ```
#[check(SEC03_BP02, severity = High, effort = Medium, needs = [Testing], fsbp = ["IAM.1"], cis = ["v3.0.0:1.16", "v5.0.0:1.15"])]
fn iam_policy_no_full_admin(grants: &Grants) -> Verdict {
    let attached = match grants.managed_policy_arns.must_not_be_empty() {
        none if none.outcome == Outcome::Fail => Verdict::not_applicable(),
        _ => grants.managed_policy_arns.all(|arn| arn.must_not_end_with(":iam::aws:policy/AdministratorAccess")),
    };
    grants.each_policy(|policy| policy.must_not_grant_everything()) & attached
}
