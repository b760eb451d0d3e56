//! `vpc_flow_logs_enabled`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::vpc::{FlowLog, Vpc};

/// Networks keep flow logs
///
/// Flow logs tell who talked to whom, and what was refused. After an incident there is no other record
/// of the traffic; before one they show which rules are not needed, what crosses zones at a cost and why
/// a connection fails. They do not slow the network. In an account, a default network that nothing is in
/// is left out.
///
/// ## Fix
/// Add an `AWS::EC2::FlowLog` with the VPC as `ResourceId`. To S3 it costs least; set an expiry on the
/// bucket.
/// ```yaml,fail
/// Type: AWS::EC2::VPC
/// Properties: { CidrBlock: 10.0.0.0/16 }
/// ```
/// ```yaml,pass
/// Resources:
///   Network: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   Flows:
///     Type: AWS::EC2::FlowLog
///     Properties:
///       ResourceId: !Ref Network
///       ResourceType: VPC
///       TrafficType: ALL
///       LogDestinationType: s3
///       LogDestination: arn:aws:s3:::flows
/// ```
#[check(
    SEC04_BP01,
    PERF04_BP07,
    PERF04_BP01,
    severity = Medium,
    needs = [Money],
    fsbp = ["EC2.6"],
    cis = ["v3.0.0:3.7", "v5.0.0:3.7"]
)]
fn vpc_flow_logs_enabled(network: &Vpc, around: &Inventory) -> Verdict {
    network.unless_idle(around, || around.referring::<FlowLog>("ResourceId", &network.at).must_exist("a flow log"))
}
