//! `vpc_gateway_endpoints_present`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::vpc::{Endpoint, NatGateway, Subnet, Vpc};

/// Networks with a NAT gateway reach S3 and DynamoDB through gateway endpoints
///
/// A NAT gateway charges for every gigabyte, and traffic to S3 (images of containers, packages, backups,
/// logs) is often most of it. Gateway endpoints cost nothing, keep that traffic on the private network
/// and let an endpoint policy say which buckets may be reached. An endpoint without route tables is used by
/// nothing; whether those it has are the right ones is not judged.
///
/// ## Fix
/// Add an `AWS::EC2::VPCEndpoint` for `com.amazonaws.<region>.s3` and one for
/// `com.amazonaws.<region>.dynamodb`, with the private route tables as `RouteTableIds`. Open connections
/// to S3 are interrupted once.
/// ```yaml,fail
/// Resources:
///   Network: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24 } }
///   Nat: { Type: AWS::EC2::NatGateway, Properties: { AllocationId: eipalloc-1, SubnetId: !Ref Public } }
/// ```
/// ```yaml,pass
/// Resources:
///   Network: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24 } }
///   Nat: { Type: AWS::EC2::NatGateway, Properties: { AllocationId: eipalloc-1, SubnetId: !Ref Public } }
///   ToS3:
///     Type: AWS::EC2::VPCEndpoint
///     Properties: { VpcId: !Ref Network, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3", RouteTableIds: [rtb-1] }
///   ToDynamoDb:
///     Type: AWS::EC2::VPCEndpoint
///     Properties: { VpcId: !Ref Network, ServiceName: !Sub "com.amazonaws.${AWS::Region}.dynamodb", RouteTableIds: [rtb-1] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::VPC
/// Properties: { CidrBlock: 10.0.0.0/16 }
/// ```
#[check(COST08_BP03, COST08_BP02, PERF04_BP02, SEC05_BP01, SUS04_BP07, severity = Medium, code = Partly)]
fn vpc_gateway_endpoints_present(network: &Vpc, around: &Inventory) -> Verdict {
    let zonal =
        around.referring::<Subnet>("VpcId", &network.at).certainly().any("a subnet with a NAT gateway", |subnet| {
            around.referring::<NatGateway>("SubnetId", &subnet.at).certainly().must_exist("a NAT gateway")
        });
    let regional = around.referring::<NatGateway>("VpcId", &network.at).certainly().must_exist("a NAT gateway");
    let endpoint = |service: &str| {
        around.referring::<Endpoint>("VpcId", &network.at).any(
            &format!("a gateway endpoint for {service}"),
            |endpoint| {
                endpoint.vpc_endpoint_type.must_be("Gateway")
                    & endpoint.route_table_ids.must_not_be_empty()
                    & endpoint.service_name.must_end_with(&format!(".{service}"))
            },
        )
    };
    when(zonal | regional, || endpoint("s3") & endpoint("dynamodb"))
}
