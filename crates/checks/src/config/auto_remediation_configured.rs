//! `config_auto_remediation_configured`

use macros::check;
use model::{At, Fact, Verdict, View};

/// What puts right what a rule has found.
#[derive(Debug, View)]
#[view("AWS::Config::RemediationConfiguration")]
struct Remediation<'a> {
    at: At<'a>,
    #[view(default = false)]
    automatic: Fact<'a, bool>,
}

/// Remediations of AWS Config run by themselves
///
/// A remediation that waits for somebody to press a button closes nothing at night or during a holiday.
/// Until then a bucket stays open that the runbook would have closed within minutes. Whether rules
/// without a remediation should have one, code does not tell.
///
/// ## Fix
/// Set `Automatic: true` with `MaximumAutomaticAttempts` and `RetryAttemptSeconds`. Try the runbook on
/// single resources first, and leave those manual whose effect could take down production.
/// ```yaml,fail
/// Type: AWS::Config::RemediationConfiguration
/// Properties: { ConfigRuleName: s3-public, TargetType: SSM_DOCUMENT, TargetId: AWS-DisableS3BucketPublicReadWrite }
/// ```
/// ```yaml,pass
/// Type: AWS::Config::RemediationConfiguration
/// Properties:
///   ConfigRuleName: s3-public
///   TargetType: SSM_DOCUMENT
///   TargetId: AWS-DisableS3BucketPublicReadWrite
///   Automatic: true
///   MaximumAutomaticAttempts: 3
///   RetryAttemptSeconds: 60
/// ```
#[check(SEC04_BP04, OPS10_BP07, REL06_BP04, severity = Low, needs = [Testing], code = Partly)]
fn config_auto_remediation_configured(remediation: &Remediation) -> Verdict {
    remediation.automatic.must_be(true)
}
