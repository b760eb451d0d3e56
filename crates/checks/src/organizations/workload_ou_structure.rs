//! `organizations_workload_ou_structure`

use macros::check;
use model::{BLANK, Inventory, Linked, Verdict, when};

use crate::views::organizations::{Account, Organization};

/// Accounts stand in organizational units
///
/// Guardrails, budgets and permissions are given to units: production, tests, security. An account right
/// below the root gets only what everybody gets, and each exception for it has to be made by hand.
///
/// ## Fix
/// Name an organizational unit for its environment or purpose in `ParentIds`. Moving an account takes
/// effect at once; look at the policies of the unit beforehand.
/// ```yaml,fail
/// Type: AWS::Organizations::Account
/// Properties: { AccountName: shop, Email: aws-shop@example.com, ParentIds: [r-ab12] }
/// ```
/// ```yaml,fail
/// Type: AWS::Organizations::Account
/// Properties: { AccountName: shop, Email: aws-shop@example.com }
/// ```
/// ```yaml,fail
/// Resources:
///   Organization: { Type: AWS::Organizations::Organization }
///   Shop:
///     Type: AWS::Organizations::Account
///     Properties: { AccountName: shop, Email: aws-shop@example.com, ParentIds: [!GetAtt Organization.RootId] }
/// ```
/// ```yaml,pass
/// Resources:
///   Production:
///     Type: AWS::Organizations::OrganizationalUnit
///     Properties: { Name: production, ParentId: r-ab12 }
///   Shop:
///     Type: AWS::Organizations::Account
///     Properties: { AccountName: shop, Email: aws-shop@example.com, ParentIds: [!Ref Production] }
/// ```
/// ```account,fail
/// { "Type": "AWS::Organizations::Account", "Properties": { "ParentIds": ["r-ab12"], "Observed": { "Status": "ACTIVE" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::Organizations::Account", "Properties": { "ParentIds": ["r-ab12"], "Observed": { "Status": "SUSPENDED" } } }
/// ```
#[check(SEC01_BP01, OPS05_BP08, COST02_BP03, severity = Medium, needs = [Testing], code = Partly)]
fn organizations_workload_ou_structure(account: &Account, around: &Inventory) -> Verdict {
    let in_a_unit = || {
        account.parent_ids.any("an organizational unit", |parent| {
            // What an organization has to refer to is its root.
            let is_root = matches!(around.linked::<Organization>(&parent), Linked::Found(_));
            parent
                .must_read("an organizational unit", |id| !is_root && (id.starts_with("ou-") || id.starts_with(BLANK)))
        })
    };
    match account.at.is_in_account() {
        // One that is being closed runs nothing any more.
        true => when(account.status.must_not_be_one_of(&["SUSPENDED", "PENDING_CLOSURE"]), in_a_unit),
        false => in_a_unit(),
    }
}
