//! `rds_instance_private_subnets`

use macros::check;
use model::{At, Fact, Inventory, Linked, Text, Verdict, View};

use crate::views::rds::{Instance, SubnetGroup};
use crate::views::vpc::{RouteTable, Subnet, SubnetRouteTable};

#[derive(Debug, View)]
#[view("AWS::EC2::Route")]
struct Route<'a> {
    at: At<'a>,
    gateway_id: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::InternetGateway")]
struct InternetGateway<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::VPNGateway")]
struct VpnGateway<'a> {
    at: At<'a>,
}

/// RDS instances are placed in subnets without a route to an internet gateway
///
/// In a public subnet a database is one switch away from the internet: `PubliclyAccessible` is changed by a
/// single call, and at once everyone can try the door. In a private subnet the same mistake leads nowhere,
/// because there is no way in.
///
/// ## Fix
/// Give the `AWS::RDS::DBSubnetGroup` subnets whose route table has no route to an internet gateway. A
/// database cannot change to another group in the same VPC: change the subnets of its group, and move it
/// with a failover.
/// ```yaml,fail
/// Resources:
///   Db:
///     Type: AWS::RDS::DBInstance
///     Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, DBSubnetGroupName: !Ref Group }
///   Group:
///     Type: AWS::RDS::DBSubnetGroup
///     Properties: { DBSubnetGroupDescription: database, SubnetIds: [!Ref A] }
///   A: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24 } }
///   Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: vpc-1 } }
///   TableOfA:
///     Type: AWS::EC2::SubnetRouteTableAssociation
///     Properties: { SubnetId: !Ref A, RouteTableId: !Ref Table }
///   Gateway: { Type: AWS::EC2::InternetGateway }
///   Out:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
/// ```
/// ```yaml,pass
/// Resources:
///   Db:
///     Type: AWS::RDS::DBInstance
///     Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, DBSubnetGroupName: !Ref Group }
///   Group:
///     Type: AWS::RDS::DBSubnetGroup
///     Properties: { DBSubnetGroupDescription: database, SubnetIds: [!Ref A] }
///   A: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24 } }
///   Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: vpc-1 } }
///   TableOfA:
///     Type: AWS::EC2::SubnetRouteTableAssociation
///     Properties: { SubnetId: !Ref A, RouteTableId: !Ref Table }
///   Out:
///     Type: AWS::EC2::Route
///     Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-1 }
/// ```
#[check(
    SEC05_BP01,
    severity = High, effort = Medium, needs = [Downtime, Testing], fsbp = ["RDS.46"], code = Partly
)]
fn rds_instance_private_subnets(instance: &Instance, around: &Inventory) -> Verdict {
    around.linked::<SubnetGroup>(&instance.subnet_group).and_then(|group| {
        group.subnet_ids.all(|id| around.linked::<Subnet>(&id).and_then(|subnet| must_be_private(&subnet, around)))
    })
}

/// No route table given to the subnet leads to the internet. One that is given none has the main table
/// of its network, which leads nowhere unless someone changed it.
fn must_be_private(subnet: &Subnet<'_>, around: &Inventory) -> Verdict {
    around.referring::<SubnetRouteTable>("SubnetId", &subnet.at).all(|association| {
        around.linked::<RouteTable>(&association.route_table_id).and_then(|table| {
            around.referring::<Route>("RouteTableId", &table.at).all(|route| must_not_lead_out(route, around))
        })
    })
}

fn must_not_lead_out(route: &Route<'_>, around: &Inventory) -> Verdict {
    match (around.linked::<InternetGateway>(&route.gateway_id), around.linked::<VpnGateway>(&route.gateway_id)) {
        (Linked::Found(_), _) | (Linked::Unset(_), _) => route.gateway_id.must_be_unset(),
        (_, Linked::Found(gateway)) => gateway.at.must_be_a(VpnGateway::KINDS[0]),
        _ => route.gateway_id.must("no internet gateway", |id| !id.starts_with("igw-")),
    }
}
