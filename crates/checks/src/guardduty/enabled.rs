//! `guardduty_enabled`

use macros::check;
use model::Verdict;

use crate::views::guardduty::Detector;

/// GuardDuty detectors are switched on
///
/// GuardDuty sees what no configuration shows: a key used from an unusual country, a machine that talks
/// to a mining pool, a bucket that is being emptied. A detector that is switched off costs nothing and
/// sees nothing. Whether every region has one, a template does not say.
///
/// ## Fix
/// Set `Enable: true`. Switch it on in all regions by a delegated administrator of the organization, and
/// have findings reach somebody.
/// ```yaml,fail
/// Type: AWS::GuardDuty::Detector
/// Properties: { Enable: false }
/// ```
/// ```yaml,pass
/// Type: AWS::GuardDuty::Detector
/// Properties: { Enable: true }
/// ```
#[check(SEC04_BP03, SEC01_BP04, severity = High, needs = [Money], fsbp = ["GuardDuty.1"], code = Partly)]
fn guardduty_enabled(detector: &Detector) -> Verdict {
    detector.enable.must_be(true)
}
