//! `ssm_patch_compliance`

use macros::check;
use model::{At, Fact, Verdict, View};

#[derive(Debug, View)]
#[view("Pilaster::ManagedNode")]
struct Node<'a> {
    at: At<'a>,
    #[view(path = "Observed.Patches.CriticalNonCompliantCount")]
    critical: Fact<'a, i64>,
    #[view(path = "Observed.Patches.SecurityNonCompliantCount")]
    security: Fact<'a, i64>,
}

/// Managed nodes lack no critical or security patch
///
/// Most machines that are broken into are broken into by a hole for which there was a patch. Patch Manager knows
/// for every machine which patches of its baseline are missing, failed to install or wait for a restart. A machine
/// that it never looked at is not judged here.
///
/// ## Fix
/// Run `AWS-RunPatchBaseline` with the operation `Install` on the node and restart it where that is what it waits
/// for. Machines that are replaced instead of patched need a new image.
/// ```account,fail
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "Patches": { "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 4 } } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "Patches": { "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0 } } }
/// }
/// ```
/// ```account,unknown
/// {
///   "Type": "Pilaster::ManagedNode",
///   "Properties": { "Observed": { "Patches": { "Denied": "ssm:DescribeInstancePatchStates" } } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "Pilaster::ManagedNode", "Properties": { "Observed": { "PingStatus": "Online" } } }
/// ```
#[check(SEC06_BP01, OPS05_BP05, severity = High, needs = [Downtime, Testing], fsbp = ["SSM.2"], code = Never)]
fn ssm_patch_compliance(node: &Node) -> Verdict {
    let none_lacking = |count: &Fact<i64>| count.and_then(|_| count.must_be(0));
    none_lacking(&node.critical) & none_lacking(&node.security)
}
