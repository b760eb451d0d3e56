//! Network interfaces of Amazon EC2, those of services included: where they are, what they belong to, and
//! whether they have a public address.

use aws_wire::Call;
use model::{Node, Value};
use serde_json::json;

use super::ec2::{EC2, PAGES};
use crate::names::ec2_names;
use crate::shape::{part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static INTERFACES: Call = Call {
    service: &EC2,
    operation: "DescribeNetworkInterfaces",
    path: "",
    action: "ec2:DescribeNetworkInterfaces",
    pages: PAGES,
    yields: &["AWS::EC2::NetworkInterface"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "network_interfaces",
    reach: Reach::EveryRegion,
    calls: &[&INTERFACES],
    collect: |run| Box::pin(interfaces(run)),
};

async fn interfaces(run: &Run) -> Result<(), Halt> {
    for found in run.list(&INTERFACES, json!({ "MaxResults": 1000 }), "networkInterfaceSet").await? {
        let Some(id) = text(&found, "networkInterfaceId") else { continue };
        let interface = Draft::new("AWS::EC2::NetworkInterface", id, found.origin)
            .name(id)
            .arn(run.arn("ec2", &format!("network-interface/{id}")))
            .take(
                &found,
                &[
                    ("subnetId", "SubnetId"),
                    ("description", "Description"),
                    ("privateIpAddress", "PrivateIpAddress"),
                    ("sourceDestCheck", "SourceDestCheck"),
                    ("interfaceType", "InterfaceType"),
                    ("status", "Observed.Status"),
                    ("vpcId", "Observed.VpcId"),
                    ("requesterManaged", "Observed.RequesterManaged"),
                    ("requesterId", "Observed.RequesterId"),
                    ("attachment.instanceId", "Observed.InstanceId"),
                ],
            )
            .set("GroupSet", pluck(&found, "groupSet", "groupId"))
            .set("Observed.HasPublicAddress", Some(has_public_address(&found)));
        run.add(interface.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

fn has_public_address(interface: &Node) -> Node {
    Node::new(Value::Bool(text(interface, "association.publicIp").is_some()), interface.origin)
}
