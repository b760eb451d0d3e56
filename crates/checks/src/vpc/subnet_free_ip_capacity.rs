//! `vpc_subnet_free_ip_capacity`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::EC2::Subnet")]
struct Subnet<'a> {
    at: At<'a>,
    cidr_block: Fact<'a, Text<'a>>,
    #[view(path = "Observed.AvailableIpAddressCount")]
    available: Fact<'a, i64>,
}

/// Of the addresses of a subnet AWS keeps the first four and the last one (Amazon VPC User Guide, "Subnet CIDR
/// blocks").
const KEPT: i64 = 5;

/// The addresses of a block that can be used: of `10.0.0.0/24`, 251.
fn usable(cidr: &str) -> Option<i64> {
    let bits: u32 = cidr.split_once('/')?.1.parse().ok()?;
    let addresses = 1_i64.checked_shl(32_u32.checked_sub(bits)?)?;
    Some(addresses - KEPT).filter(|usable| *usable > 0)
}

/// Subnets have addresses left
///
/// A subnet without addresses starts nothing: a group that scales out, a function that needs more connections or a
/// node that replaces another one fails with an error that few alarms watch, and mostly on the busiest day. A
/// subnet cannot grow.
///
/// ## Fix
/// Add a secondary block to the network and larger subnets in it, and move what starts often there. Network
/// interfaces that nothing uses can be deleted. The share that has to be free is the threshold `min_percent`.
/// ```account,fail
/// {
///   "Type": "AWS::EC2::Subnet",
///   "Properties": { "CidrBlock": "10.0.1.0/24", "Observed": { "AvailableIpAddressCount": 12 } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::EC2::Subnet",
///   "Properties": { "CidrBlock": "10.0.1.0/24", "Observed": { "AvailableIpAddressCount": 120 } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::Subnet", "Properties": { "Ipv6CidrBlock": "2001:db8::/64" } }
/// ```
#[check(REL02_BP03, REL01_BP06, severity = Medium, effort = Large, code = Never, thresholds(min_percent = 20))]
fn vpc_subnet_free_ip_capacity(subnet: &Subnet, settings: &Settings) -> Verdict {
    subnet.cidr_block.and_then(|cidr| {
        let percent = settings.number("min_percent");
        let expected = match usable(cidr) {
            Some(usable) => format!("{percent} percent of {usable} or more"),
            None => format!("{percent} percent or more"),
        };
        subnet.available.must_surely(&expected, |available| {
            Some(available.saturating_mul(100) >= usable(cidr)?.saturating_mul(percent))
        })
    })
}
