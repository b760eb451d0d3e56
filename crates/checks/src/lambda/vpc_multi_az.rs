//! `lambda_vpc_multi_az`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::lambda::Function;
use crate::views::vpc::must_span_zones;

/// Lambda functions in a VPC have subnets in more than one Availability Zone
///
/// A function that is attached to a VPC runs where its subnets are. With a single subnet it stops when that
/// zone has trouble or the subnet runs out of addresses, while the same function outside of a VPC would not.
///
/// ## Fix
/// List at least two subnets of different Availability Zones in `VpcConfig.SubnetIds`.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] } }
/// ```
/// ```yaml,pass
/// Resources:
///   A: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
///   B: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
///   Orders:
///     Type: AWS::Lambda::Function
///     Properties: { VpcConfig: { SubnetIds: [!Ref A, !Ref B], SecurityGroupIds: [sg-1] } }
/// ```
/// ```yaml,unknown
/// Type: AWS::Lambda::Function
/// Properties: { VpcConfig: { SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1] } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
#[check(REL10_BP01, severity = Medium, fsbp = ["Lambda.5"])]
fn lambda_vpc_multi_az(function: &Function, around: &Inventory) -> Verdict {
    when(function.subnets.must_not_be_empty(), || must_span_zones(&function.subnets, around))
}
