//! Amazon VPC: what connects networks to each other, to services and to the internet.

use aws_wire::Call;
use model::Node;
use serde_json::json;

use super::ec2::{EC2, PAGES};
use crate::names::ec2_names;
use crate::shape::{items, list, parsed, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static INTERNET_GATEWAYS: Call = Call {
    service: &EC2,
    operation: "DescribeInternetGateways",
    path: "",
    action: "ec2:DescribeInternetGateways",
    pages: PAGES,
    yields: &["AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment"],
    unset: &[],
};

static NAT_GATEWAYS: Call = Call {
    service: &EC2,
    operation: "DescribeNatGateways",
    path: "",
    action: "ec2:DescribeNatGateways",
    pages: PAGES,
    yields: &["AWS::EC2::NatGateway"],
    unset: &[],
};

static ENDPOINTS: Call = Call {
    service: &EC2,
    operation: "DescribeVpcEndpoints",
    path: "",
    action: "ec2:DescribeVpcEndpoints",
    pages: PAGES,
    yields: &["AWS::EC2::VPCEndpoint"],
    unset: &[],
};

static PEERINGS: Call = Call {
    service: &EC2,
    operation: "DescribeVpcPeeringConnections",
    path: "",
    action: "ec2:DescribeVpcPeeringConnections",
    pages: PAGES,
    yields: &["AWS::EC2::VPCPeeringConnection"],
    unset: &[],
};

static TRANSIT_GATEWAYS: Call = Call {
    service: &EC2,
    operation: "DescribeTransitGateways",
    path: "",
    action: "ec2:DescribeTransitGateways",
    pages: PAGES,
    yields: &["AWS::EC2::TransitGateway"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "vpc_connections",
    reach: Reach::EveryRegion,
    calls: &[&INTERNET_GATEWAYS, &NAT_GATEWAYS, &ENDPOINTS, &PEERINGS, &TRANSIT_GATEWAYS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (internet, nat, endpoints, peerings, transit) =
        tokio::join!(internet_gateways(run), nat_gateways(run), endpoints(run), peerings(run), transit_gateways(run));
    internet.and(nat).and(endpoints).and(peerings).and(transit)
}

async fn internet_gateways(run: &Run) -> Result<(), Halt> {
    for found in run.list(&INTERNET_GATEWAYS, json!({ "MaxResults": 1000 }), "internetGatewaySet").await? {
        let Some(id) = text(&found, "internetGatewayId") else { continue };
        let gateway = Draft::new("AWS::EC2::InternetGateway", id, found.origin).name(id);
        run.add(gateway.set("Tags", part(&found, "tagSet").map(ec2_names)));
        for attachment in items(&found, "attachmentSet") {
            let Some(vpc) = text(attachment, "vpcId") else { continue };
            let draft = Draft::new("AWS::EC2::VPCGatewayAttachment", format!("{id}|{vpc}"), attachment.origin);
            let draft = draft.set("InternetGatewayId", part(&found, "internetGatewayId"));
            run.add(draft.set("VpcId", part(attachment, "vpcId")));
        }
    }
    Ok(())
}

/// What was deleted is listed for another hour.
async fn nat_gateways(run: &Run) -> Result<(), Halt> {
    for found in run.list(&NAT_GATEWAYS, json!({ "MaxResults": 1000 }), "natGatewaySet").await? {
        let Some(id) = text(&found, "natGatewayId") else { continue };
        if matches!(text(&found, "state"), Some("deleted" | "deleting" | "failed")) {
            continue;
        }
        let addresses = items(&found, "natGatewayAddressSet");
        let mut addresses: Vec<Node> = addresses.iter().filter_map(|address| part(address, "allocationId")).collect();
        let first = (!addresses.is_empty()).then(|| addresses.remove(0));
        let others = (!addresses.is_empty()).then(|| list(addresses, &found));
        let gateway = Draft::new("AWS::EC2::NatGateway", id, found.origin)
            .name(id)
            .take(
                &found,
                &[
                    ("subnetId", "SubnetId"),
                    ("vpcId", "VpcId"),
                    ("connectivityType", "ConnectivityType"),
                    ("availabilityMode", "AvailabilityMode"),
                    ("state", "Observed.State"),
                    ("createTime", "Observed.CreateTime"),
                ],
            )
            .set("AllocationId", first)
            .set("SecondaryAllocationIds", others);
        run.add(gateway.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

async fn endpoints(run: &Run) -> Result<(), Halt> {
    for found in run.list(&ENDPOINTS, json!({ "MaxResults": 1000 }), "vpcEndpointSet").await? {
        let Some(id) = text(&found, "vpcEndpointId") else { continue };
        if text(&found, "state").is_some_and(|state| state.eq_ignore_ascii_case("deleted")) {
            continue;
        }
        let endpoint = Draft::new("AWS::EC2::VPCEndpoint", id, found.origin)
            .name(id)
            .take(
                &found,
                &[
                    ("vpcId", "VpcId"),
                    ("serviceName", "ServiceName"),
                    ("vpcEndpointType", "VpcEndpointType"),
                    ("routeTableIdSet", "RouteTableIds"),
                    ("subnetIdSet", "SubnetIds"),
                    ("privateDnsEnabled", "PrivateDnsEnabled"),
                    ("ipAddressType", "IpAddressType"),
                    ("state", "Observed.State"),
                ],
            )
            .set("SecurityGroupIds", pluck(&found, "groupSet", "groupId"))
            .set("PolicyDocument", part(&found, "policyDocument").map(parsed));
        run.add(endpoint.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

/// What was refused or deleted is listed for a while.
async fn peerings(run: &Run) -> Result<(), Halt> {
    for found in run.list(&PEERINGS, json!({ "MaxResults": 1000 }), "vpcPeeringConnectionSet").await? {
        let Some(id) = text(&found, "vpcPeeringConnectionId") else { continue };
        if matches!(text(&found, "status.code"), Some("deleted" | "deleting" | "rejected" | "failed" | "expired")) {
            continue;
        }
        let peering = Draft::new("AWS::EC2::VPCPeeringConnection", id, found.origin).name(id).take(
            &found,
            &[
                ("requesterVpcInfo.vpcId", "VpcId"),
                ("accepterVpcInfo.vpcId", "PeerVpcId"),
                ("accepterVpcInfo.ownerId", "PeerOwnerId"),
                ("accepterVpcInfo.region", "PeerRegion"),
                ("status.code", "Observed.Status"),
            ],
        );
        run.add(peering.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

/// A gateway that another account shares is that account's.
async fn transit_gateways(run: &Run) -> Result<(), Halt> {
    for found in run.list(&TRANSIT_GATEWAYS, json!({ "MaxResults": 1000 }), "transitGatewaySet").await? {
        let Some(id) = text(&found, "transitGatewayId") else { continue };
        let foreign = text(&found, "ownerId").is_some_and(|owner| owner != run.account());
        if foreign || matches!(text(&found, "state"), Some("deleted" | "deleting")) {
            continue;
        }
        let mut gateway = Draft::new("AWS::EC2::TransitGateway", id, found.origin).name(id);
        if let Some(arn) = text(&found, "transitGatewayArn") {
            gateway = gateway.arn(arn);
        }
        let gateway = gateway.take(
            &found,
            &[
                ("description", "Description"),
                ("options.amazonSideAsn", "AmazonSideAsn"),
                ("options.autoAcceptSharedAttachments", "AutoAcceptSharedAttachments"),
                ("options.defaultRouteTableAssociation", "DefaultRouteTableAssociation"),
                ("options.defaultRouteTablePropagation", "DefaultRouteTablePropagation"),
                ("options.dnsSupport", "DnsSupport"),
                ("options.vpnEcmpSupport", "VpnEcmpSupport"),
                ("options.multicastSupport", "MulticastSupport"),
                ("state", "Observed.State"),
            ],
        );
        run.add(gateway.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}
