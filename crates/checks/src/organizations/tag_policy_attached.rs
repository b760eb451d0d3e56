//! `organizations_tag_policy_attached`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::organizations::PolicyOfAccount;

/// Tag policies are attached to something
///
/// A tag policy says how keys are spelt and which values they take, so that costs add up instead of
/// falling apart into `prod`, `Prod` and `production`. One that is attached to nothing says it to nobody. An organization needs one.
///
/// ## Fix
/// Name the root or the units of workloads in `TargetIds`.
/// ```yaml,fail
/// Type: AWS::Organizations::Policy
/// Properties: { Name: tags, Type: TAG_POLICY, Content: { tags: {} } }
/// ```
/// ```yaml,pass
/// Type: AWS::Organizations::Policy
/// Properties: { Name: tags, Type: TAG_POLICY, Content: { tags: {} }, TargetIds: [r-ab12] }
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
#[check(COST02_BP01, COST03_BP02, severity = Low, code = Partly)]
fn organizations_tag_policy_attached(policy: &PolicyOfAccount, around: &Inventory) -> Verdict {
    policy.must_be_attached(around, "TAG_POLICY")
}
