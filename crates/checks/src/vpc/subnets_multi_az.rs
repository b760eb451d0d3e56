//! `vpc_subnets_multi_az`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::vpc::{Subnet, Vpc};

/// Networks have subnets in two or more zones
///
/// A zone can fail as a whole. A network whose subnets all lie in one leaves nowhere to go, and load
/// balancers, databases with a standby and most managed services cannot even be created in it.
///
/// ## Fix
/// Add subnets in at least one more zone, three zones in all if the region has them, with room for the
/// whole load in what is left when one fails. Set `AvailabilityZone` with `!Select [1, !GetAZs ""]`.
/// ```yaml,fail
/// Resources:
///   Network: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   First:
///     Type: AWS::EC2::Subnet
///     Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""] }
///   Second:
///     Type: AWS::EC2::Subnet
///     Properties: { VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ""] }
/// ```
/// ```yaml,pass
/// Resources:
///   Network: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
///   First:
///     Type: AWS::EC2::Subnet
///     Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""] }
///   Second:
///     Type: AWS::EC2::Subnet
///     Properties: { VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::VPC
/// Properties: { CidrBlock: 10.0.0.0/16 }
/// ```
#[check(REL10_BP01, REL02_BP03, severity = Medium, effort = Medium)]
fn vpc_subnets_multi_az(network: &Vpc, around: &Inventory) -> Verdict {
    around
        .referring::<Subnet>("VpcId", &network.at)
        .must_have_distinct(2, "zones", |subnet| subnet.availability_zone.clone())
}
