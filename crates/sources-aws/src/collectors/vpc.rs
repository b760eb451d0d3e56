//! Amazon VPC: networks, subnets, routes, access lists and flow logs.

use std::collections::{BTreeMap, BTreeSet};

use aws_wire::Call;
use model::Node;
use serde_json::json;

use super::ec2::{EC2, PAGES};
use crate::names::ec2_names;
use crate::shape::{items, literal, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static VPCS: Call = Call {
    service: &EC2,
    operation: "DescribeVpcs",
    path: "",
    action: "ec2:DescribeVpcs",
    pages: PAGES,
    yields: &["AWS::EC2::VPC"],
    unset: &[],
};

static SUBNETS: Call = Call {
    service: &EC2,
    operation: "DescribeSubnets",
    path: "",
    action: "ec2:DescribeSubnets",
    pages: PAGES,
    yields: &["AWS::EC2::Subnet"],
    unset: &[],
};

static ROUTE_TABLES: Call = Call {
    service: &EC2,
    operation: "DescribeRouteTables",
    path: "",
    action: "ec2:DescribeRouteTables",
    pages: PAGES,
    yields: &["AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"],
    unset: &[],
};

static NETWORK_ACLS: Call = Call {
    service: &EC2,
    operation: "DescribeNetworkAcls",
    path: "",
    action: "ec2:DescribeNetworkAcls",
    pages: PAGES,
    yields: &["AWS::EC2::NetworkAcl", "AWS::EC2::NetworkAclEntry"],
    unset: &[],
};

static FLOW_LOGS: Call = Call {
    service: &EC2,
    operation: "DescribeFlowLogs",
    path: "",
    action: "ec2:DescribeFlowLogs",
    pages: PAGES,
    yields: &["AWS::EC2::FlowLog"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "vpc",
    reach: Reach::EveryRegion,
    calls: &[&VPCS, &SUBNETS, &ROUTE_TABLES, &NETWORK_ACLS, &FLOW_LOGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (vpcs, subnets, acls, logs) = tokio::join!(vpcs(run), subnets_and_routes(run), acls(run), flow_logs(run));
    vpcs.and(subnets).and(acls).and(logs)
}

/// A network that another account shares is that account's: its flow logs, for one, cannot be seen.
async fn vpcs(run: &Run) -> Result<(), Halt> {
    for found in run.list(&VPCS, json!({ "MaxResults": 1000 }), "vpcSet").await? {
        let Some(id) = text(&found, "vpcId") else { continue };
        if text(&found, "ownerId").is_some_and(|owner| owner != run.account()) {
            continue;
        }
        let vpc = Draft::new("AWS::EC2::VPC", id, found.origin).name(id).take(
            &found,
            &[("cidrBlock", "CidrBlock"), ("instanceTenancy", "InstanceTenancy"), ("isDefault", "Observed.IsDefault")],
        );
        run.add(
            vpc.set("Observed.CidrBlocks", pluck(&found, "cidrBlockAssociationSet", "cidrBlock"))
                .set("Tags", part(&found, "tagSet").map(ec2_names)),
        );
    }
    Ok(())
}

async fn subnets_and_routes(run: &Run) -> Result<(), Halt> {
    let (subnets, tables) = tokio::join!(
        run.list(&SUBNETS, json!({ "MaxResults": 1000 }), "subnetSet"),
        run.list(&ROUTE_TABLES, json!({ "MaxResults": 100 }), "routeTableSet")
    );
    for subnet in subnets.iter().flatten() {
        add_subnet(run, subnet);
    }
    for table in tables.iter().flatten() {
        add_table(run, table);
    }
    if let (Ok(subnets), Ok(tables)) = (&subnets, &tables) {
        add_implied(run, subnets, tables);
    }
    subnets.and(tables).map(|_| ())
}

fn add_subnet(run: &Run, found: &Node) {
    let Some(id) = text(found, "subnetId") else { return };
    let subnet = Draft::new("AWS::EC2::Subnet", id, found.origin).name(id).take(
        found,
        &[
            ("vpcId", "VpcId"),
            ("cidrBlock", "CidrBlock"),
            ("availabilityZone", "AvailabilityZone"),
            ("mapPublicIpOnLaunch", "MapPublicIpOnLaunch"),
            ("assignIpv6AddressOnCreation", "AssignIpv6AddressOnCreation"),
            ("defaultForAz", "Observed.DefaultForAz"),
            ("availableIpAddressCount", "Observed.AvailableIpAddressCount"),
            ("ownerId", "Observed.OwnerId"),
        ],
    );
    run.add(subnet.set("Tags", part(found, "tagSet").map(ec2_names)));
}

fn add_table(run: &Run, found: &Node) {
    let Some(id) = text(found, "routeTableId") else { return };
    let table = Draft::new("AWS::EC2::RouteTable", id, found.origin).name(id).take(found, &[("vpcId", "VpcId")]);
    run.add(table.set("Tags", part(found, "tagSet").map(ec2_names)));
    // What every table has from the beginning nobody declares.
    for route in items(found, "routeSet").iter().filter(|route| text(route, "gatewayId") != Some("local")) {
        let destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
        let Some(destination) = destinations.iter().find_map(|name| text(route, name)) else { continue };
        let draft = Draft::new("AWS::EC2::Route", format!("{id}|{destination}"), route.origin);
        run.add(draft.set("RouteTableId", Some(literal(id, route))).take(
            route,
            &[
                ("destinationCidrBlock", "DestinationCidrBlock"),
                ("destinationIpv6CidrBlock", "DestinationIpv6CidrBlock"),
                ("destinationPrefixListId", "DestinationPrefixListId"),
                ("gatewayId", "GatewayId"),
                ("natGatewayId", "NatGatewayId"),
                ("transitGatewayId", "TransitGatewayId"),
                ("vpcPeeringConnectionId", "VpcPeeringConnectionId"),
                ("networkInterfaceId", "NetworkInterfaceId"),
                ("instanceId", "InstanceId"),
                ("egressOnlyInternetGatewayId", "EgressOnlyInternetGatewayId"),
                ("localGatewayId", "LocalGatewayId"),
                ("carrierGatewayId", "CarrierGatewayId"),
                ("coreNetworkArn", "CoreNetworkArn"),
                ("state", "Observed.State"),
            ],
        ));
    }
    for association in items(found, "associationSet") {
        let Some(association_id) = text(association, "routeTableAssociationId") else { continue };
        if association.get("subnetId").is_none() {
            continue;
        }
        let draft = Draft::new("AWS::EC2::SubnetRouteTableAssociation", association_id, association.origin);
        let draft = draft.name(association_id).set("RouteTableId", Some(literal(id, association)));
        run.add(draft.take(association, &[("subnetId", "SubnetId")]));
    }
}

/// A subnet that is associated with no table uses the main one of its network.
fn add_implied(run: &Run, subnets: &[Node], tables: &[Node]) {
    let (mut main, mut associated) = (BTreeMap::new(), BTreeSet::new());
    for table in tables {
        for association in items(table, "associationSet") {
            associated.extend(text(association, "subnetId"));
            if text(association, "main") == Some("true")
                && let (Some(vpc), Some(id)) = (text(table, "vpcId"), text(table, "routeTableId"))
            {
                main.insert(vpc, id);
            }
        }
    }
    for subnet in subnets {
        let Some(id) = text(subnet, "subnetId").filter(|id| !associated.contains(id)) else { continue };
        let Some(table) = text(subnet, "vpcId").and_then(|vpc| main.get(vpc)) else { continue };
        let kind = "AWS::EC2::SubnetRouteTableAssociation";
        let draft = Draft::new(kind, format!("{id}|{table}"), run.origin(&ROUTE_TABLES));
        let draft = draft.set("SubnetId", part(subnet, "subnetId")).set("RouteTableId", Some(literal(*table, subnet)));
        run.add(draft.set("Observed.Implied", Some(literal("true", subnet))));
    }
}

async fn acls(run: &Run) -> Result<(), Halt> {
    for found in run.list(&NETWORK_ACLS, json!({ "MaxResults": 1000 }), "networkAclSet").await? {
        let Some(id) = text(&found, "networkAclId") else { continue };
        let list = Draft::new("AWS::EC2::NetworkAcl", id, found.origin)
            .name(id)
            .take(&found, &[("vpcId", "VpcId"), ("default", "Observed.IsDefault")])
            .set("Observed.SubnetIds", pluck(&found, "associationSet", "subnetId"));
        run.add(list.set("Tags", part(&found, "tagSet").map(ec2_names)));
        for entry in items(&found, "entrySet") {
            // The last entry of every list denies the rest; it is not made and cannot be changed.
            let Some(number) = text(entry, "ruleNumber").filter(|number| *number != "32767") else { continue };
            let way = if text(entry, "egress") == Some("true") { "egress" } else { "ingress" };
            let draft = Draft::new("AWS::EC2::NetworkAclEntry", format!("{id}|{way}|{number}"), entry.origin);
            run.add(draft.set("NetworkAclId", Some(literal(id, entry))).take(
                entry,
                &[
                    ("ruleNumber", "RuleNumber"),
                    ("ruleAction", "RuleAction"),
                    ("egress", "Egress"),
                    ("protocol", "Protocol"),
                    ("cidrBlock", "CidrBlock"),
                    ("ipv6CidrBlock", "Ipv6CidrBlock"),
                    ("portRange.from", "PortRange.From"),
                    ("portRange.to", "PortRange.To"),
                    ("icmpTypeCode.code", "Icmp.Code"),
                    ("icmpTypeCode.type", "Icmp.Type"),
                ],
            ));
        }
    }
    Ok(())
}

async fn flow_logs(run: &Run) -> Result<(), Halt> {
    for found in run.list(&FLOW_LOGS, json!({ "MaxResults": 1000 }), "flowLogSet").await? {
        let Some(id) = text(&found, "flowLogId") else { continue };
        let draft = Draft::new("AWS::EC2::FlowLog", id, found.origin).name(id).take(
            &found,
            &[
                ("resourceId", "ResourceId"),
                ("trafficType", "TrafficType"),
                ("logDestinationType", "LogDestinationType"),
                ("logDestination", "LogDestination"),
                ("logGroupName", "LogGroupName"),
                ("deliverLogsPermissionArn", "DeliverLogsPermissionArn"),
                ("maxAggregationInterval", "MaxAggregationInterval"),
                ("flowLogStatus", "Observed.Status"),
                ("deliverLogsStatus", "Observed.DeliverLogsStatus"),
            ],
        );
        run.add(draft.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}
