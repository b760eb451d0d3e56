//! `iam_role_external_id_required`

use std::cell::OnceCell;
use std::collections::HashSet;

use findings::Settings;
use macros::check;
use model::{At, Inventory, Outcome, State, Verdict, when};

use crate::views::iam::Role;
use crate::views::organizations::{Account, Organization};

/// IAM roles that trust another account demand an external id
///
/// A provider that works in the accounts of many customers can be talked into using your role for
/// somebody else, who only has to give your role's ARN as theirs. An external id that the provider ties
/// to you rules that out. Judged are roles that trust an account whose number is written out; the
/// numbers of your own accounts belong into the threshold `trusted_accounts`. In an account, its own number and those of its
/// organization, as far as it may see them, count as trusted.
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
/// ```account,not_applicable
/// { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": { "Statement": [
///   { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole" }
/// ] } } }
/// ```
#[check(SEC03_BP09, severity = Medium, code = Partly, thresholds(trusted_accounts = []))]
fn iam_role_external_id_required(role: &Role, around: &Inventory, settings: &Settings) -> Verdict {
    let trusted = settings.words("trusted_accounts");
    // Most roles trust nobody outside, and there may be many of both.
    let family = OnceCell::new();
    let is_trusted = |account: &str| {
        trusted.iter().any(|known| known == account)
            || family.get_or_init(|| family_of(&role.at, around)).contains(&account)
    };
    role.trust.statements.all(|statement| {
        when(statement.allows("sts:AssumeRole"), || {
            let at_home = statement.each_principal("AWS", |principal| {
                principal.must_read("a principal of an account of yours", |name| is_at_home(name, is_trusted))
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

/// The account of a role, and those of its organization. Code tells neither.
fn family_of<'a>(at: &At<'a>, around: &'a Inventory) -> HashSet<&'a str> {
    let Some(own) = at.resource().account.as_deref() else { return HashSet::new() };
    let mut family = HashSet::from([own]);
    let is_here = |other: &At<'_>| other.resource().account.as_deref() == Some(own);
    for organization in around.all::<Organization>().filter(|organization| is_here(&organization.at)) {
        if let State::Set(management) = organization.management.state() {
            family.insert(management);
        }
    }
    let members = around.all::<Account>().filter(|account| is_here(&account.at));
    family.extend(members.map(|account| account.at.resource().id.as_str()));
    family
}

/// Whether a principal is of no account that is written out, or of one that is trusted.
fn is_at_home(principal: &str, is_trusted: impl Fn(&str) -> bool) -> bool {
    let account =
        if principal.starts_with("arn:") { principal.split(':').nth(4).unwrap_or_default() } else { principal };
    if account.contains('*') {
        // Everyone is another check's matter; a parameter may be anyone.
        return principal == "*";
    }
    let is_number = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    !is_number || is_trusted(account)
}
