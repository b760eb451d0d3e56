//! `iam_role_external_id_required`

use findings::Settings;
use macros::check;
use model::{Outcome, Verdict, when};

use crate::views::iam::Role;

/// IAM roles that trust another account demand an external id
///
/// A provider that works in the accounts of many customers can be talked into using your role for
/// somebody else, who only has to give your role's ARN as theirs. An external id that the provider ties
/// to you rules that out. Judged are roles that trust an account whose number is written out; the
/// numbers of your own accounts belong into the threshold `trusted_accounts`.
///
/// ## Fix
/// Add `Condition: { StringEquals: { sts:ExternalId: ... } }` with the value that the provider gives you.
/// For an account of your own organization demand `aws:PrincipalOrgID` instead.
/// ```yaml,fail
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: sts:AssumeRole }]
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: { AWS: "arn:aws:iam::444455556666:root" }
///         Action: sts:AssumeRole
///         Condition: { StringEquals: { sts:ExternalId: shop-7f3a } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
/// ```
#[check(SEC03_BP09, severity = Medium, code = Partly, thresholds(trusted_accounts = []))]
fn iam_role_external_id_required(role: &Role, settings: &Settings) -> Verdict {
    let trusted = settings.words("trusted_accounts");
    role.trust.statements.all(|statement| {
        when(statement.allows("sts:AssumeRole"), || {
            let at_home = statement.each_principal("AWS", |principal| {
                principal.must_read("a principal of an account of yours", |name| is_at_home(name, trusted))
            });
            if matches!(at_home.outcome, Outcome::Pass | Outcome::NotApplicable) {
                return Verdict::not_applicable();
            }
            at_home
                | statement.must_require(
                    "an external id",
                    |key| ["sts:externalid", "aws:principalorgid", "aws:principalorgpaths"].contains(&key),
                    |_, value| !value.is_empty() && !value.starts_with('*'),
                )
        })
    })
}

/// Whether a principal is of no account that is written out, or of one that is trusted.
fn is_at_home(principal: &str, trusted: &[String]) -> bool {
    let account =
        if principal.starts_with("arn:") { principal.split(':').nth(4).unwrap_or_default() } else { principal };
    if account.contains('*') {
        // Everyone is another check's matter; a parameter may be anyone.
        return principal == "*";
    }
    let is_number = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    !is_number || trusted.iter().any(|known| known == account)
}
