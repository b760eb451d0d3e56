//! `iam_role_trust_no_public_principal`

use macros::check;
use model::Verdict;

use crate::views::iam::Role;

/// IAM roles cannot be assumed by just anyone
///
/// A role that trusts every principal can be assumed from any AWS account in the world. All it takes is
/// the ARN, and ARNs of roles can be guessed. An external id does not help: it is no secret.
///
/// ## Fix
/// Name the accounts, roles or services in `Principal`. Where the callers are all of your organization,
/// add a condition on `aws:PrincipalOrgID`.
/// ```yaml,fail
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { AWS: "*" }, Action: sts:AssumeRole }]
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: { AWS: "*" }
///         Action: sts:AssumeRole
///         Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
/// ```
#[check(SEC03_BP07, SEC03_BP08, severity = Critical)]
fn iam_role_trust_no_public_principal(role: &Role) -> Verdict {
    role.trust.must_not_admit_everyone()
}
