//! `directconnect_redundant_locations`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::DirectConnect::Connection")]
struct Connection<'a> {
    at: At<'a>,
    location: Fact<'a, Text<'a>>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::VPNConnection")]
struct Vpn<'a> {
    at: At<'a>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
}

/// Direct Connect has a second location or a VPN to fall back on
///
/// All connections at one location share a building, its power and the way there; maintenance of the device they
/// end at takes them down together. A link aggregation group does not help: its members end at the same device.
/// Any VPN connection of the account counts as a way out, since what it leads to cannot be compared.
///
/// ## Fix
/// Order a connection at another location, on another provider's fibre where there is one, or set up a
/// Site-to-Site VPN to the same gateway and try the failover. Mind that a VPN tunnel carries 1.25 Gbit/s.
/// ```account,fail
/// {
///   "Listed": ["AWS::EC2::VPNConnection"],
///   "Resources": [
///     {
///       "Type": "AWS::DirectConnect::Connection",
///       "Properties": { "Location": "EqFA5", "Observed": { "State": "available" } }
///     }
///   ]
/// }
/// ```
/// ```account,pass
/// {
///   "Listed": ["AWS::EC2::VPNConnection"],
///   "Resources": [
///     {
///       "Type": "AWS::DirectConnect::Connection",
///       "Properties": { "Location": "EqFA5", "Observed": { "State": "available" } }
///     },
///     {
///       "Type": "AWS::DirectConnect::Connection",
///       "Properties": { "Location": "IXFRA", "Observed": { "State": "available" } }
///     }
///   ]
/// }
/// ```
#[check(REL02_BP02, PERF04_BP03, severity = High, effort = Large, needs = [Money], code = Never)]
fn directconnect_redundant_locations(connection: &Connection, around: &Inventory) -> Verdict {
    // What is ordered or waits for its cable carries nothing yet.
    when(connection.state.must_be_one_of(&["available", "down"]), || {
        let elsewhere =
            around.in_account::<Connection>(&connection.at).any("a connection at another location", |other| {
                other.location.must_differ_from(&connection.location) & other.state.must_be("available")
            });
        let vpn = around
            .in_account::<Vpn>(&connection.at)
            .any("a VPN connection to fall back on", |vpn| vpn.state.must_be("available"));
        elsewhere | vpn
    })
}
