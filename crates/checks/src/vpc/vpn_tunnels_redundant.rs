//! `vpc_vpn_tunnels_redundant`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::EC2::VPNConnection")]
struct Connection<'a> {
    at: At<'a>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Tunnels")]
    tunnels: List<'a, Tunnel<'a>>,
}

#[derive(Debug, View)]
struct Tunnel<'a> {
    at: At<'a>,
    status: Fact<'a, Text<'a>>,
}

/// Both tunnels of VPN connections are up
///
/// AWS ends the two tunnels of a connection in different zones and takes one of them down for maintenance when it
/// has to. With the other one down already, unnoticed because traffic flowed, the network is cut off then.
///
/// ## Fix
/// Configure the second tunnel on the customer gateway device, too, and have traffic kept up on it (dead peer
/// detection, or a ping from your side). An alarm on `TunnelState` tells when one goes down.
/// ```account,fail
/// {
///   "Type": "AWS::EC2::VPNConnection",
///   "Properties": { "Observed": { "State": "available", "Tunnels": [{ "Status": "UP" }, { "Status": "DOWN" }] } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::EC2::VPNConnection",
///   "Properties": { "Observed": { "State": "available", "Tunnels": [{ "Status": "UP" }, { "Status": "UP" }] } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::VPNConnection", "Properties": { "Observed": { "State": "pending" } } }
/// ```
#[check(REL02_BP02, severity = Medium, effort = Medium, fsbp = ["EC2.20"], code = Never)]
fn vpc_vpn_tunnels_redundant(connection: &Connection) -> Verdict {
    when(connection.state.must_be("available"), || {
        connection.tunnels.must_have_at_least(2) & connection.tunnels.all(|tunnel| tunnel.status.must_be("UP"))
    })
}
