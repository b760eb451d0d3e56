//! `guardduty_protection_plans`

use macros::check;
use model::{Verdict, when};

use crate::views::guardduty::Detector;

/// GuardDuty detectors use all their protection plans
///
/// The logs that GuardDuty always reads tell about the account and the network. What happens in buckets,
/// clusters, functions, databases and within machines it sees only by the plans for them. A new detector
/// has all of them but runtime monitoring, which has to be turned on.
///
/// ## Fix
/// Remove features with `Status: DISABLED`, and add `RUNTIME_MONITORING` with `Status: ENABLED` and agent
/// management for what you run. Plans are charged by volume; waive those whose service you do not use.
/// ```yaml,fail
/// Type: AWS::GuardDuty::Detector
/// Properties: { Enable: true }
/// ```
/// ```yaml,fail
/// Type: AWS::GuardDuty::Detector
/// Properties:
///   Enable: true
///   Features:
///     - { Name: S3_DATA_EVENTS, Status: DISABLED }
///     - { Name: RUNTIME_MONITORING, Status: ENABLED }
/// ```
/// ```yaml,pass
/// Type: AWS::GuardDuty::Detector
/// Properties:
///   Enable: true
///   Features: [{ Name: RUNTIME_MONITORING, Status: ENABLED }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::GuardDuty::Detector
/// Properties: { Enable: false }
/// ```
#[check(
    SEC04_BP03, SEC06_BP05, SEC08_BP04,
    severity = High, needs = [Money],
    fsbp = ["GuardDuty.5", "GuardDuty.6", "GuardDuty.8", "GuardDuty.9", "GuardDuty.10", "GuardDuty.11"]
)]
fn guardduty_protection_plans(detector: &Detector) -> Verdict {
    when(detector.enable.must_be(true), || detector.must_turn_off_nothing() & detector.must_monitor_runtime())
}
