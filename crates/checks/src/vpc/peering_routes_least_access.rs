//! `vpc_peering_routes_least_access`

use macros::check;
use model::{Fact, Inventory, Text, Verdict, when};

use crate::views::vpc::{Peering, Route, Vpc};

/// Routes to a peer lead to the subnets that are needed, not to the whole network
///
/// A route for the whole range of the peer makes every host there reachable from here, as far as security
/// groups allow it, also those that have nothing to do with each other. An intruder on one side can look
/// around on the other.
///
/// ## Fix
/// Replace the route by one for each subnet that is really used, with the range of the subnet as
/// `DestinationCidrBlock`.
/// ```yaml,fail
/// Resources:
///   Here: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   There: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }
///   Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Here, PeerVpcId: !Ref There } }
///   Route:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: rtb-1, VpcPeeringConnectionId: !Ref Peering, DestinationCidrBlock: 10.1.0.0/16 }
/// ```
/// ```yaml,pass
/// Resources:
///   Here: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   There: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }
///   Peering: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Here, PeerVpcId: !Ref There } }
///   Route:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: rtb-1, VpcPeeringConnectionId: !Ref Peering, DestinationCidrBlock: 10.1.4.0/24 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::Route
/// Properties: { RouteTableId: rtb-1, NatGatewayId: nat-1, DestinationCidrBlock: 0.0.0.0/0 }
/// ```
#[check(SEC05_BP02, severity = Medium, needs = [Testing], cis = ["v3.0.0:5.5", "v5.0.0:5.6"], code = Partly)]
fn vpc_peering_routes_least_access(route: &Route, around: &Inventory) -> Verdict {
    let peering = around.linked::<Peering>(&route.vpc_peering_connection_id);
    let destination = &route.destination_cidr_block;
    // The other side may be either of the two; its own range is no destination of a route anyway.
    let narrower_than = |network: &Fact<Text>| {
        around.linked::<Vpc>(network).and_then(|network| destination.must_differ_from(&network.cidr_block))
    };
    when(destination.must_be_set(), || {
        peering.and_then(|peering| narrower_than(&peering.vpc_id) & narrower_than(&peering.peer_vpc_id))
    })
}
