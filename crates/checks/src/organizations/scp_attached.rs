//! `organizations_scp_attached`

use macros::check;
use model::{Verdict, when};

use crate::views::organizations::Policy;

/// Service control policies are attached to something
///
/// Such a policy is the guardrail that holds even against the administrators of an account: no regions
/// but these, no switching off the trail. One that is attached to nothing guards nothing, and looks as if
/// it did.
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
#[check(SEC03_BP05, SEC01_BP03, severity = Medium, needs = [Testing], code = Partly)]
fn organizations_scp_attached(policy: &Policy) -> Verdict {
    when(policy.kind.must_be("SERVICE_CONTROL_POLICY"), || policy.target_ids.must_not_be_empty())
}
