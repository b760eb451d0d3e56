//! `ssm_opsitems_not_stale`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("Pilaster::OpsItem")]
struct OpsItem<'a> {
    at: At<'a>,
    severity: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreatedTime")]
    created: Fact<'a, Text<'a>>,
}

/// Operational items of high severity do not stay open
///
/// OpsCenter collects what alarms, findings and people want looked at. When grave items stay open for months, either
/// nobody looks, or they are not grave, and the next one that is drowns among them.
///
/// ## Fix
/// Work on the item, resolve it, or give it the severity it has. How many days an item of severity 1 or 2 may be open is
/// the threshold `max_days`.
/// ```account,fail
/// {
///   "Type": "Pilaster::OpsItem",
///   "Properties": { "Severity": "1", "Observed": { "CreatedTime": 1785542400, "Status": "Open" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::OpsItem",
///   "Properties": { "Severity": "2", "Observed": { "CreatedTime": 1793404800, "Status": "Open" } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "Pilaster::OpsItem",
///   "Properties": { "Severity": "4", "Observed": { "CreatedTime": 1785542400, "Status": "Open" } }
/// }
/// ```
#[check(OPS10_BP01, OPS10_BP03, severity = Low, effort = Medium, code = Never, thresholds(max_days = 30))]
fn ssm_opsitems_not_stale(item: &OpsItem, settings: &Settings) -> Verdict {
    when(item.severity.must_be_one_of(&["1", "2"]), || {
        must_be_within(&item.created, settings.number("max_days"), settings)
    })
}
