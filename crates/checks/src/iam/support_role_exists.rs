//! `iam_support_role_exists`

use macros::check;
use model::{At, Inventory, Verdict, View};

use crate::views::iam::Identity;

#[derive(Debug, View)]
#[view("Pilaster::Account")]
struct Account<'a> {
    at: At<'a>,
}

/// Managed policies of AWS for work with its support.
const SUPPORT: [&str; 2] = [":iam::aws:policy/AWSSupportAccess", ":iam::aws:policy/job-function/SupportUser"];

/// Somebody in the account may open cases with AWS Support
///
/// When an outage or an intrusion needs AWS, the hour is lost that is spent on finding somebody who may open
/// a case. A role for this, apart from those of administrators, lets people on call do so without more.
///
/// ## Fix
/// Attach `AWSSupportAccess` to the role of those who handle incidents.
/// ```account,fail
/// { "Listed": ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [{ "Type": "Pilaster::Account" },
///  { "Type": "AWS::IAM::Role", "Properties": { "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AWSSupportAccess"] } }]
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::Account" }
/// ```
#[check(SEC10_BP01, OPS07_BP06, severity = Low, fsbp = ["IAM.18"], cis = ["v3.0.0:1.17", "v5.0.0:1.16"], code = Never)]
fn iam_support_role_exists(account: &Account, around: &Inventory) -> Verdict {
    let expected = "a role, user or group with AWSSupportAccess";
    around.in_account::<Identity>(&account.at).any(expected, |identity| {
        identity.managed_policy_arns.any("AWSSupportAccess", |policy| {
            policy.must("AWSSupportAccess", |arn| SUPPORT.iter().any(|name| arn.ends_with(name)))
        })
    })
}
