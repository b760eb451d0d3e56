//! `vpc_peering_mesh_avoided`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict};

use crate::views::vpc::{Peering, Vpc};

/// Networks have few peering connections
///
/// Peering is not transitive: to connect n networks with each other takes n times n-1 halves of
/// connections, each with its routes and rules. Beyond a few nobody oversees them any more, and one
/// missing route is an outage.
///
/// ## Fix
/// Connect the networks through a transit gateway, or share single services with PrivateLink or VPC
/// Lattice. Move one network after the other; both ways can exist side by side.
/// ```yaml,fail
/// Resources:
///   Hub: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   One: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Hub, PeerVpcId: vpc-1 } }
///   Two: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Hub, PeerVpcId: vpc-2 } }
///   Three: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Hub, PeerVpcId: vpc-3 } }
///   Four: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: vpc-4, PeerVpcId: !Ref Hub } }
/// ```
/// ```yaml,pass
/// Resources:
///   Hub: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   One: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Hub, PeerVpcId: vpc-1 } }
/// ```
#[check(
    REL02_BP04,
    severity = Low,
    effort = Large,
    needs = [Money, Testing],
    code = Partly,
    thresholds(max_connections = 3)
)]
fn vpc_peering_mesh_avoided(network: &Vpc, around: &Inventory, settings: &Settings) -> Verdict {
    let most = usize::try_from(settings.number("max_connections")).unwrap_or_default();
    around
        .referring::<Peering>("VpcId", &network.at)
        .with(around.referring("PeerVpcId", &network.at))
        .certainly()
        .must_number_at_most(most)
}
