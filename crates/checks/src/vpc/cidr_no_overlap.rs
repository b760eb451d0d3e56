//! `vpc_cidr_no_overlap`

use macros::check;
use model::{Inventory, Verdict};

use crate::network::overlap;
use crate::views::vpc::{Peering, Vpc};

/// Networks that are connected have address ranges of their own
///
/// Two networks with the same addresses cannot be routed to each other: a peering connection between them
/// fails when it is created, and in a larger network one of the two cannot be reached. Changing the range
/// of a network means to build it anew.
///
/// ## Fix
/// Give every network a `CidrBlock` of its own from one plan, with IPAM (`Ipv4IpamPoolId`) if there are
/// many. Networks that have to keep their range can be reached through a private NAT gateway or
/// PrivateLink.
/// ```yaml,fail
/// Resources:
///   Here: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   There: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.128.0/17 } }
///   Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Here, PeerVpcId: !Ref There } }
/// ```
/// ```yaml,pass
/// Resources:
///   Here: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   There: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }
///   Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Here, PeerVpcId: !Ref There } }
/// ```
/// ```yaml,unknown
/// Resources:
///   Here: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Here, PeerVpcId: vpc-1 } }
/// ```
#[check(REL02_BP05, severity = Medium, effort = Large, needs = [Downtime, Testing], code = Partly)]
fn vpc_cidr_no_overlap(peering: &Peering, around: &Inventory) -> Verdict {
    around.linked::<Vpc>(&peering.vpc_id).and_then(|here| {
        around.linked::<Vpc>(&peering.peer_vpc_id).and_then(|there| {
            here.cidr_block.and_then(|taken| {
                let expected = format!("a range without addresses of {taken}");
                there
                    .cidr_block
                    .and_then(|_| there.cidr_block.must(&expected, |range| overlap(taken, range) != Some(true)))
            })
        })
    })
}
