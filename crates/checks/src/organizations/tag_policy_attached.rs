//! `organizations_tag_policy_attached`

use macros::check;
use model::{Verdict, when};

use crate::views::organizations::Policy;

/// Tag policies are attached to something
///
/// A tag policy says how keys are spelt and which values they take, so that costs add up instead of
/// falling apart into `prod`, `Prod` and `production`. One that is attached to nothing says it to nobody.
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
#[check(COST02_BP01, COST03_BP02, severity = Low, code = Partly)]
fn organizations_tag_policy_attached(policy: &Policy) -> Verdict {
    when(policy.kind.must_be("TAG_POLICY"), || policy.target_ids.must_not_be_empty())
}
