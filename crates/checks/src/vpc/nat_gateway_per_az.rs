//! `vpc_nat_gateway_per_az`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::vpc::{NatGateway, Route, RouteTable, Subnet, SubnetRouteTable};

/// Subnets that reach out through a NAT gateway have one in their own zone
///
/// A zonal NAT gateway fails with its zone. Subnets of other zones that route through it lose the
/// internet then, though nothing is wrong in their own zone, and until then every byte they send is
/// charged for crossing zones.
///
/// ## Fix
/// Create a NAT gateway in a public subnet of every zone, a route table for each zone's private subnets,
/// and route them to the gateway of their zone. A regional NAT gateway (`AvailabilityMode: regional`)
/// does the same with a single resource.
/// ```yaml,fail
/// Resources:
///   Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, AvailabilityZone: eu-west-1a } }
///   Nat: { Type: AWS::EC2::NatGateway, Properties: { AllocationId: eipalloc-1, SubnetId: !Ref Public } }
///   Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, AvailabilityZone: eu-west-1b } }
///   Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: vpc-1 } }
///   Out:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat }
///   Uses:
///     Type: AWS::EC2::SubnetRouteTableAssociation
///     Properties: { SubnetId: !Ref Private, RouteTableId: !Ref Table }
/// ```
/// ```yaml,pass
/// Resources:
///   Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, AvailabilityZone: eu-west-1b } }
///   Nat: { Type: AWS::EC2::NatGateway, Properties: { AllocationId: eipalloc-1, SubnetId: !Ref Public } }
///   Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, AvailabilityZone: eu-west-1b } }
///   Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: vpc-1 } }
///   Out:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat }
///   Uses:
///     Type: AWS::EC2::SubnetRouteTableAssociation
///     Properties: { SubnetId: !Ref Private, RouteTableId: !Ref Table }
/// ```
#[check(REL10_BP01, REL02_BP01, COST08_BP02, severity = Medium, effort = Medium, needs = [Money], code = Partly)]
fn vpc_nat_gateway_per_az(subnet: &Subnet, around: &Inventory) -> Verdict {
    let through = |gateway: NatGateway| {
        when(gateway.availability_mode.must_be("zonal"), || {
            around
                .linked::<Subnet>(&gateway.subnet_id)
                .and_then(|of| of.availability_zone.must_be_same_as(&subnet.availability_zone))
        })
    };
    around.referring::<SubnetRouteTable>("SubnetId", &subnet.at).certainly().all(|used| {
        around.linked::<RouteTable>(&used.route_table_id).and_then(|table| {
            around
                .referring::<Route>("RouteTableId", &table.at)
                .certainly()
                .all(|route| around.linked::<NatGateway>(&route.nat_gateway_id).and_then(through))
        })
    })
}
