//! AWS Site-to-Site VPN: connections, and the state of their tunnels.

use aws_wire::{Call, Pages};
use serde_json::json;

use super::ec2::EC2;
use crate::names::ec2_names;
use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static CONNECTIONS: Call = Call {
    service: &EC2,
    operation: "DescribeVpnConnections",
    path: "",
    action: "ec2:DescribeVpnConnections",
    pages: Pages::One,
    yields: &["AWS::EC2::VPNConnection"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "vpn",
    reach: Reach::EveryRegion,
    calls: &[&CONNECTIONS],
    collect: |run| Box::pin(connections(run)),
};

/// The answer also holds the configuration of the customer's gateway and the options of the tunnels, with
/// their pre-shared keys: neither is kept. What was deleted is listed for another hour.
async fn connections(run: &Run) -> Result<(), Halt> {
    for found in run.list(&CONNECTIONS, json!({}), "vpnConnectionSet").await? {
        let Some(id) = text(&found, "vpnConnectionId") else { continue };
        if matches!(text(&found, "state"), Some("deleted" | "deleting")) {
            continue;
        }
        let draft = Draft::new("AWS::EC2::VPNConnection", id, found.origin)
            .name(id)
            .take(
                &found,
                &[
                    ("customerGatewayId", "CustomerGatewayId"),
                    ("type", "Type"),
                    ("transitGatewayId", "TransitGatewayId"),
                    ("vpnGatewayId", "VpnGatewayId"),
                    ("options.enableAcceleration", "EnableAcceleration"),
                    ("options.staticRoutesOnly", "StaticRoutesOnly"),
                    ("state", "Observed.State"),
                ],
            )
            .set("Observed.Tunnels", part(&found, "vgwTelemetry").map(ec2_names));
        run.add(draft.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}
