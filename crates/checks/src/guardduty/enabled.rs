//! `guardduty_enabled`

use macros::check;
use model::{At, Inventory, Verdict, View};

use crate::views::guardduty::Detector;

#[derive(Debug, View)]
#[view("AWS::GuardDuty::Detector", "Pilaster::Region")]
struct Place<'a> {
    at: At<'a>,
}

/// GuardDuty detectors are switched on
///
/// GuardDuty sees what no configuration shows: a key used from an unusual country, a machine that talks
/// to a mining pool, a bucket that is being emptied. A detector that is switched off costs nothing and
/// sees nothing. In an account every enabled region needs one, because an intruder chooses the region that
/// nobody looks at; whether every region has one, a template does not say.
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
/// ```account,fail
/// { "Listed": ["AWS::GuardDuty::Detector"], "Resources": [{ "Type": "Pilaster::Region" }] }
/// ```
/// ```account,pass
/// [{ "Type": "Pilaster::Region" }, { "Type": "AWS::GuardDuty::Detector", "Properties": { "Enable": true } }]
/// ```
#[check(SEC04_BP03, SEC01_BP04, severity = High, needs = [Money], fsbp = ["GuardDuty.1"], code = Partly)]
fn guardduty_enabled(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Detector>(&place.at, "a detector that is on", |detector| detector.enable.must_be(true))
}
