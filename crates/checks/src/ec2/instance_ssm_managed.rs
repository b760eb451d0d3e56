//! `ec2_instance_ssm_managed`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
struct Instance<'a> {
    at: At<'a>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
    /// A service runs it, and lets nobody else do so.
    #[view(path = "Observed.OperatorManaged", default = false)]
    is_operated: Fact<'a, bool>,
}

#[derive(Debug, View)]
#[view("Pilaster::ManagedNode")]
struct Node<'a> {
    at: At<'a>,
    #[view(path = "Observed.PingStatus")]
    ping_status: Fact<'a, Text<'a>>,
}

/// Running instances report to Systems Manager
///
/// An instance whose agent reports can be patched, searched for software and entered without open ports or keys,
/// on a hundred machines at once. One that does not is left out of all of that, and nobody misses it until
/// something has to be done on every machine tonight. Instances that a service of AWS runs, those of EKS Auto Mode
/// and ECS Managed Instances, are that service's to patch.
///
/// ## Fix
/// Give the instance a profile with `AmazonSSMManagedInstanceCore`, or turn on Default Host Management, and a way to
/// the endpoints of Systems Manager. Images other than those of AWS need the agent installed.
/// ```account,fail
/// {
///   "Listed": ["Pilaster::ManagedNode"],
///   "Resources": [{ "Type": "AWS::EC2::Instance", "Properties": { "Observed": { "State": "running" } } }]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "AWS::EC2::Instance", "Id": "i-1", "Properties": { "Observed": { "State": "running" } } },
///   {
///     "Type": "Pilaster::ManagedNode",
///     "Properties": { "InstanceId": "i-1", "Observed": { "PingStatus": "Online" } }
///   }
/// ]
/// ```
/// ```account,unknown
/// { "Type": "AWS::EC2::Instance", "Properties": { "Observed": { "State": "running" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::Instance", "Properties": { "Observed": { "State": "stopped" } } }
/// ```
/// ```account,not_applicable
/// {
///   "Listed": ["Pilaster::ManagedNode"],
///   "Resources": [
///     { "Type": "AWS::EC2::Instance", "Properties": { "Observed": { "State": "running", "OperatorManaged": true } } }
///   ]
/// }
/// ```
#[check(SEC06_BP03, OPS05_BP05, SEC10_BP06, severity = Medium, fsbp = ["SSM.1"], code = Never)]
fn ec2_instance_ssm_managed(instance: &Instance, around: &Inventory) -> Verdict {
    when(instance.state.must_be("running") & instance.is_operated.must_be(false), || {
        around
            .referring::<Node>("InstanceId", &instance.at)
            .any("an agent that reports to Systems Manager", |node| node.ping_status.must_be("Online"))
    })
}
