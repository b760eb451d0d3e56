//! `macie_enabled`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// Macie in a region.
#[derive(Debug, View)]
#[view("AWS::Macie::Session")]
struct Session<'a> {
    at: At<'a>,
    #[view(default = "ENABLED")]
    status: Fact<'a, Text<'a>>,
}

/// Macie is not paused
///
/// Macie looks into buckets for what should not be there unprotected: names, card numbers, credentials.
/// Paused, it neither looks at objects nor at how buckets are configured, while everybody believes that
/// it does. Whether it runs in every region with data, a template does not say.
///
/// ## Fix
/// Set `Status: ENABLED`, and turn on automated discovery of sensitive data, which samples all buckets
/// at a bounded cost.
/// ```yaml,fail
/// Type: AWS::Macie::Session
/// Properties: { Status: PAUSED }
/// ```
/// ```yaml,pass
/// Type: AWS::Macie::Session
/// Properties: { FindingPublishingFrequency: SIX_HOURS }
/// ```
#[check(
    SEC07_BP03,
    severity = Medium, needs = [Money], fsbp = ["Macie.1"], cis = ["v3.0.0:2.1.3", "v5.0.0:2.1.3"], code = Partly
)]
fn macie_enabled(session: &Session) -> Verdict {
    session.status.must_be("ENABLED")
}
