//! `ec2_eip_unassociated`

use findings::Saving;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::cost::{Cost, given};

/// An Elastic IP address.
#[derive(Debug, View)]
#[view("AWS::EC2::EIP")]
struct Address<'a> {
    at: At<'a>,
    instance_id: Fact<'a, Text<'a>>,
    /// Where it comes from: from Amazon, or from what somebody brought along.
    #[view(default = "amazon")]
    public_ipv4_pool: Fact<'a, Text<'a>>,
    ipam_pool_id: Fact<'a, Text<'a>>,
}

/// What can use an address.
#[derive(Debug, View)]
#[view(
    "AWS::EC2::EIPAssociation",
    "AWS::EC2::NatGateway",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Transfer::Server"
)]
struct User<'a> {
    at: At<'a>,
}

/// Elastic IP addresses are in use
///
/// A public IPv4 address is charged by the hour, whether anything answers there or not, and addresses
/// are scarce. One that nothing is attached to is usually left over from something deleted.
///
/// ## Fix
/// Release the address, or attach it: `InstanceId`, an `AWS::EC2::EIPAssociation`, the `AllocationId` of
/// a NAT gateway or of a subnet mapping of a network load balancer. Check before that it is on no
/// partner's list of allowed addresses: a released address is gone.
/// ```yaml,fail
/// Type: AWS::EC2::EIP
/// ```
/// ```yaml,pass
/// Resources:
///   Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc } }
///   Nat:
///     Type: AWS::EC2::NatGateway
///     Properties: { AllocationId: !GetAtt Address.AllocationId, SubnetId: subnet-1 }
/// ```
#[check(
    COST04_BP03, SUS02_BP03,
    severity = Low, fsbp = ["EC2.12"], code = Partly,
    saves = released(address)
)]
fn ec2_eip_unassociated(address: &Address, around: &Inventory) -> Verdict {
    let by = |path| around.referring::<User>(path, &address.at);
    let users = by("AllocationId")
        .with(by("EIP"))
        .with(by("SecondaryAllocationIds.*"))
        .with(by("AvailabilityZoneAddresses.*.AllocationIds.*"))
        .with(by("SubnetMappings.*.AllocationId"))
        .with(by("EndpointDetails.AddressAllocationIds.*"));
    when(address.instance_id.must_be_unset(), || users.must_exist("something that uses the address"))
        .or_clear(&address.at)
}

/// An address that somebody brought along is not charged.
fn released(address: &Address<'_>) -> Option<Saving> {
    given(address.public_ipv4_pool.must_be("amazon") & address.ipam_pool_id.must_be_unset())?;
    Cost::hourly(1, "public IPv4 address", pricing::price("vpc", "public-ipv4:idle")?)?.saved()
}
