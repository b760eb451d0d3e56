//! `vpc_subnet_no_auto_public_ip`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::vpc::{Subnet, Vpc};

/// Subnets give out no public addresses by themselves
///
/// In a subnet that does, everything launched is on the internet unless somebody remembers to say no:
/// test machines, build agents, members of an Auto Scaling group. Each address is charged by the hour.
/// Load balancers and NAT gateways do not need the setting. In an account, subnets of a default network that
/// nothing is in are left out.
///
/// ## Fix
/// Set `MapPublicIpOnLaunch` to false, and ask for a public address where one is wanted. What is running
/// keeps its address.
/// ```yaml,fail
/// Type: AWS::EC2::Subnet
/// Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Subnet
/// Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24 }
/// ```
#[check(SEC05_BP01, severity = Medium, needs = [Testing], fsbp = ["EC2.15"])]
fn vpc_subnet_no_auto_public_ip(subnet: &Subnet, around: &Inventory) -> Verdict {
    if !subnet.at.is_in_account() {
        return subnet.stays_private();
    }
    around.linked::<Vpc>(&subnet.vpc_id).and_then(|network| network.unless_idle(around, || subnet.stays_private()))
}
