//! `ssm_patch_compliance`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("Pilaster::ManagedNode")]
struct Node<'a> {
    at: At<'a>,
    #[view(path = "Observed.PingStatus")]
    ping_status: Fact<'a, Text<'a>>,
    /// When it was last looked at.
    #[view(path = "Observed.Patches.OperationEndTime")]
    looked_at: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Patches.CriticalNonCompliantCount")]
    critical: Fact<'a, i64>,
    #[view(path = "Observed.Patches.SecurityNonCompliantCount")]
    security: Fact<'a, i64>,
}

/// Managed nodes lack no critical or security patch
///
/// Most machines that are broken into are broken into by a hole for which there was a patch. Patch Manager knows
/// for every machine which patches of its baseline are missing, failed to install or wait for a restart. What it
/// found a month ago says nothing of the patches since. Machines that it never looked at, and those that do not
/// report, because they are stopped for example, are not judged here.
///
/// ## Fix
/// Run `AWS-RunPatchBaseline` with the operation `Install` on the node and restart it where that is what it waits
/// for. Machines that are replaced instead of patched need a new image. Look for patches (`Scan`) every day; how many
/// days ago the last look may be is the threshold `max_days`.
/// ```account,fail
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "PingStatus": "Online", "Patches": {
///     "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 4, "OperationEndTime": 1793318400
///   } } }
/// }
/// ```
/// ```account,fail
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "PingStatus": "Online", "Patches": {
///     "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0, "OperationEndTime": 1780272000
///   } } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "PingStatus": "Online", "Patches": {
///     "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0, "OperationEndTime": 1793318400
///   } } }
/// }
/// ```
/// ```account,unknown
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": {
///     "PingStatus": "Online", "Patches": { "Denied": "ssm:DescribeInstancePatchStates" }
///   } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "Pilaster::ManagedNode", "Properties": { "Observed": { "PingStatus": "Online" } } }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "PingStatus": "ConnectionLost", "Patches": {
///     "CriticalNonCompliantCount": 2, "SecurityNonCompliantCount": 4, "OperationEndTime": 1780272000
///   } } }
/// }
/// ```
#[check(
    SEC06_BP01, OPS05_BP05,
    severity = High, needs = [Downtime, Testing], fsbp = ["SSM.2"], code = Never, thresholds(max_days = 30)
)]
fn ssm_patch_compliance(node: &Node, settings: &Settings) -> Verdict {
    let none_lacking = |count: &Fact<i64>| count.and_then(|_| count.must_be(0));
    // Stopped and lost machines stay in the list, with what was found when they last reported.
    when(node.ping_status.must_be("Online"), || {
        let lately =
            node.looked_at.and_then(|_| must_be_within(&node.looked_at, settings.number("max_days"), settings));
        none_lacking(&node.critical) & none_lacking(&node.security) & lately
    })
}
