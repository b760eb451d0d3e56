//! `organizations_scp_attached`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::organizations::PolicyOfAccount;

/// Service control policies are attached to something
///
/// Such a policy is the guardrail that holds even against the administrators of an account: no regions
/// but these, no switching off the trail. One that is attached to nothing guards nothing, and looks as if
/// it did. An organization needs one beside that of AWS, which forbids nothing.
///
/// ## Fix
/// Name organizational units or accounts in `TargetIds`. Attach it to a unit for tests first: a denial
/// takes effect at once, for everybody in it.
/// ```yaml,fail
/// Type: AWS::Organizations::Policy
/// Properties: { Name: regions, Type: SERVICE_CONTROL_POLICY, Content: { Statement: [] } }
/// ```
/// ```yaml,pass
/// Type: AWS::Organizations::Policy
/// Properties: { Name: regions, Type: SERVICE_CONTROL_POLICY, Content: { Statement: [] }, TargetIds: [ou-ab12-34cd56ef] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Organizations::Policy
/// Properties: { Name: backups, Type: BACKUP_POLICY, Content: {} }
/// ```
/// ```account,fail
/// {
///   "Listed": ["AWS::Organizations::Policy"],
///   "Resources": [
///     { "Type": "Pilaster::Account" },
///     { "Type": "AWS::Organizations::Organization", "Properties": { "Observed": { "ManagementAccountId": "111122223333" } } }
///   ]
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Listed": ["AWS::Organizations::Organization", "AWS::Organizations::Policy"],
///   "Resources": [{ "Type": "Pilaster::Account" }]
/// }
/// ```
#[check(SEC03_BP05, SEC01_BP03, severity = Medium, needs = [Testing], code = Partly)]
fn organizations_scp_attached(policy: &PolicyOfAccount, around: &Inventory) -> Verdict {
    policy.must_be_attached(around, "SERVICE_CONTROL_POLICY")
}
