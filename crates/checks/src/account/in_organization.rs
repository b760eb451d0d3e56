//! `account_in_organization`

use macros::check;
use model::{At, Inventory, Verdict, View};

use crate::views::organizations::Organization;

#[derive(Debug, View)]
#[view("Pilaster::Account")]
struct Account<'a> {
    at: At<'a>,
}

/// The account belongs to an organization
///
/// Only an organization can set limits that even the administrators and the root user of an account cannot
/// cross, keep the logs of all accounts in one place, and show what all of them cost together. An account by
/// itself has nothing above it, and makes people put everything into one.
///
/// ## Fix
/// Create an organization with all features in an account that runs nothing else, or invite this account to
/// the one you have. The bill of this account becomes part of the organization's.
/// ```account,fail
/// { "Listed": ["AWS::Organizations::Organization"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [{ "Type": "Pilaster::Account" }, { "Type": "AWS::Organizations::Organization" }]
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::Account" }
/// ```
#[check(SEC01_BP01, COST02_BP03, severity = High, effort = Large, fsbp = ["Account.2"], code = Never)]
fn account_in_organization(account: &Account, around: &Inventory) -> Verdict {
    around.in_account::<Organization>(&account.at).must_exist("an organization")
}
