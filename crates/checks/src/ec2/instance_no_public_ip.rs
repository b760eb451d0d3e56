//! `ec2_instance_no_public_ip`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::ec2::Machine;
use crate::views::vpc::Subnet;

/// Instances get no public IP address
///
/// A public address puts an instance on the internet with nothing but its security group before it: one
/// rule too wide, and it can be attacked directly. Behind a load balancer in a private subnet it cannot.
/// An instance that says nothing gets an address where its subnet gives them out. One without a subnet
/// goes to a default subnet, which does so unless it was changed.
/// No tag makes an exception: waive the check for what is public on purpose.
///
/// ## Fix
/// Place the instance in a private subnet behind a load balancer, and let it reach out through a NAT
/// gateway or VPC endpoints. Set `AssociatePublicIpAddress` to false on its network interface. An
/// instance has to be replaced for that.
/// ```yaml,fail
/// Type: AWS::EC2::LaunchTemplate
/// Properties:
///   LaunchTemplateData:
///     NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }]
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::LaunchTemplate
/// Properties:
///   LaunchTemplateData:
///     NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: false }]
/// ```
#[check(SEC05_BP01, severity = High, effort = Medium, needs = [Downtime, Testing], fsbp = ["EC2.9", "EC2.25"])]
fn ec2_instance_no_public_ip(machine: &Machine, around: &Inventory) -> Verdict {
    let launch = &machine.launch;
    let interfaces = launch.network_interfaces.all(|interface| {
        let asked = interface.associate_public_ip_address.must_not_be(true);
        let subnet = around.linked::<Subnet>(&interface.subnet_id);
        let by_subnet =
            when(interface.associate_public_ip_address.must_be_unset(), || subnet.and_then(|s| s.stays_private()));
        asked & by_subnet
    });
    let by_subnet = when(launch.network_interfaces.must_be_empty() & machine.is_instance(), || {
        let subnet = around.linked::<Subnet>(&launch.subnet_id);
        when(launch.template.at.must_be_unset(), || launch.subnet_id.must_be_set())
            & subnet.and_then(|s| s.stays_private())
    });
    interfaces & launch.associate_public_ip_address.must_not_be(true) & by_subnet
}
