//! Networks: subnets, routes, gateways, access lists, and what connects networks with others.

use model::{Node, Value};

use crate::mapping::{From, Is, List, Mapping, One, Rule, Take, Unless, With, argument};
use crate::shape::{as_text, bool_or, json, map, worded};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own("aws_vpc", "AWS::EC2::VPC", VPC),
    Mapping::own("aws_default_vpc", "AWS::EC2::VPC", VPC),
    Mapping::own("aws_subnet", "AWS::EC2::Subnet", SUBNET),
    Mapping::own(
        "aws_default_subnet",
        "AWS::EC2::Subnet",
        // The subnets that AWS makes give out addresses, and the provider leaves it so.
        &[One("", "", SUBNET), From(&["map_public_ip_on_launch"], "MapPublicIpOnLaunch", on_unless_told)],
    ),
    Mapping::own("aws_route_table", "AWS::EC2::RouteTable", TABLE),
    Mapping::each("aws_route_table", "route", "AWS::EC2::Route", "RouteTableId", INLINE_ROUTE),
    Mapping::own("aws_default_route_table", "AWS::EC2::RouteTable", TABLE),
    Mapping::each("aws_default_route_table", "route", "AWS::EC2::Route", "RouteTableId", INLINE_ROUTE),
    Mapping::own(
        "aws_route",
        "AWS::EC2::Route",
        &[
            Take("route_table_id", "RouteTableId"),
            Take("destination_cidr_block", "DestinationCidrBlock"),
            Take("destination_ipv6_cidr_block", "DestinationIpv6CidrBlock"),
            Take("destination_prefix_list_id", "DestinationPrefixListId"),
            One("", "", WAY),
        ],
    ),
    Mapping::own(
        "aws_route_table_association",
        "AWS::EC2::SubnetRouteTableAssociation",
        &[Take("subnet_id", "SubnetId"), Take("route_table_id", "RouteTableId")],
    ),
    Mapping::own("aws_internet_gateway", "AWS::EC2::InternetGateway", &[Take("tags_all", "Tags")]),
    Mapping::each(
        "aws_internet_gateway",
        "vpc_id",
        "AWS::EC2::VPCGatewayAttachment",
        "InternetGatewayId",
        &[Take("", "VpcId")],
    ),
    Mapping::own(
        "aws_internet_gateway_attachment",
        "AWS::EC2::VPCGatewayAttachment",
        &[Take("vpc_id", "VpcId"), Take("internet_gateway_id", "InternetGatewayId")],
    ),
    Mapping::own(
        "aws_nat_gateway",
        "AWS::EC2::NatGateway",
        &[
            Take("subnet_id", "SubnetId"),
            Take("allocation_id", "AllocationId"),
            Take("secondary_allocation_ids", "SecondaryAllocationIds"),
            Take("connectivity_type", "ConnectivityType"),
            Take("private_ip", "PrivateIpAddress"),
            // Regional gateways: since 6.
            Take("vpc_id", "VpcId"),
            Take("availability_mode", "AvailabilityMode"),
            List(
                "availability_zone_address",
                "AvailabilityZoneAddresses",
                &[Take("allocation_ids", "AllocationIds"), Take("availability_zone", "AvailabilityZone")],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_eip",
        "AWS::EC2::EIP",
        &[
            Take("instance", "InstanceId"),
            Take("domain", "Domain"),
            // Gone since 6.0.
            Unless("domain", &With("vpc", "Domain", |node| worded(node, "vpc", "standard"))),
            Take("public_ipv4_pool", "PublicIpv4Pool"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::each(
        "aws_eip",
        "network_interface",
        "AWS::EC2::EIPAssociation",
        "AllocationId",
        &[Take("", "NetworkInterfaceId")],
    ),
    Mapping::own(
        "aws_eip_association",
        "AWS::EC2::EIPAssociation",
        &[
            Take("allocation_id", "AllocationId"),
            Take("public_ip", "EIP"),
            Take("instance_id", "InstanceId"),
            Take("network_interface_id", "NetworkInterfaceId"),
            Take("private_ip_address", "PrivateIpAddress"),
        ],
    ),
    Mapping::own("aws_network_acl", "AWS::EC2::NetworkAcl", &[Take("vpc_id", "VpcId"), Take("tags_all", "Tags")]),
    Mapping::each("aws_network_acl", "ingress", "AWS::EC2::NetworkAclEntry", "NetworkAclId", INLINE_ENTRY_IN),
    Mapping::each("aws_network_acl", "egress", "AWS::EC2::NetworkAclEntry", "NetworkAclId", INLINE_ENTRY_OUT),
    Mapping::own(
        "aws_default_network_acl",
        "AWS::EC2::NetworkAcl",
        &[Take("vpc_id", "VpcId"), Take("tags_all", "Tags")],
    ),
    Mapping::each("aws_default_network_acl", "ingress", "AWS::EC2::NetworkAclEntry", "NetworkAclId", INLINE_ENTRY_IN),
    Mapping::each("aws_default_network_acl", "egress", "AWS::EC2::NetworkAclEntry", "NetworkAclId", INLINE_ENTRY_OUT),
    Mapping::own(
        "aws_network_acl_rule",
        "AWS::EC2::NetworkAclEntry",
        &[
            Take("network_acl_id", "NetworkAclId"),
            Take("egress", "Egress"),
            Take("rule_number", "RuleNumber"),
            Take("rule_action", "RuleAction"),
            One("", "", ENTRY),
        ],
    ),
    Mapping::own(
        "aws_flow_log",
        "AWS::EC2::FlowLog",
        &[
            Take("vpc_id", "ResourceId"),
            Take("subnet_id", "ResourceId"),
            Take("eni_id", "ResourceId"),
            Take("transit_gateway_id", "ResourceId"),
            Take("transit_gateway_attachment_id", "ResourceId"),
            From(
                &["vpc_id", "subnet_id", "eni_id", "transit_gateway_id", "transit_gateway_attachment_id"],
                "ResourceType",
                logged,
            ),
            Take("traffic_type", "TrafficType"),
            Take("log_destination_type", "LogDestinationType"),
            Take("log_destination", "LogDestination"),
            Take("log_group_name", "LogGroupName"),
            Take("iam_role_arn", "DeliverLogsPermissionArn"),
            Take("max_aggregation_interval", "MaxAggregationInterval"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_vpc_endpoint",
        "AWS::EC2::VPCEndpoint",
        &[
            Take("vpc_id", "VpcId"),
            Take("service_name", "ServiceName"),
            Take("vpc_endpoint_type", "VpcEndpointType"),
            Take("route_table_ids", "RouteTableIds"),
            Take("subnet_ids", "SubnetIds"),
            Take("security_group_ids", "SecurityGroupIds"),
            Take("private_dns_enabled", "PrivateDnsEnabled"),
            With("policy", "PolicyDocument", json),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::part(
        "aws_vpc_endpoint_route_table_association",
        &["AWS::EC2::VPCEndpoint"],
        "vpc_endpoint_id",
        &[Take("route_table_id", "RouteTableIds[]")],
    ),
    Mapping::part(
        "aws_vpc_endpoint_subnet_association",
        &["AWS::EC2::VPCEndpoint"],
        "vpc_endpoint_id",
        &[Take("subnet_id", "SubnetIds[]")],
    ),
    Mapping::part(
        "aws_vpc_endpoint_policy",
        &["AWS::EC2::VPCEndpoint"],
        "vpc_endpoint_id",
        &[With("policy", "PolicyDocument", json)],
    ),
    Mapping::own(
        "aws_vpc_peering_connection",
        "AWS::EC2::VPCPeeringConnection",
        &[
            Take("vpc_id", "VpcId"),
            Take("peer_vpc_id", "PeerVpcId"),
            Take("peer_owner_id", "PeerOwnerId"),
            Take("peer_region", "PeerRegion"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_ec2_transit_gateway",
        "AWS::EC2::TransitGateway",
        &[
            Take("description", "Description"),
            Take("amazon_side_asn", "AmazonSideAsn"),
            Take("auto_accept_shared_attachments", "AutoAcceptSharedAttachments"),
            Take("default_route_table_association", "DefaultRouteTableAssociation"),
            Take("default_route_table_propagation", "DefaultRouteTablePropagation"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_vpn_connection",
        "AWS::EC2::VPNConnection",
        &[
            Take("type", "Type"),
            Take("customer_gateway_id", "CustomerGatewayId"),
            Take("vpn_gateway_id", "VpnGatewayId"),
            Take("transit_gateway_id", "TransitGatewayId"),
            Take("static_routes_only", "StaticRoutesOnly"),
            From(&["tunnel1_inside_cidr", "tunnel1_preshared_key"], "VpnTunnelOptionsSpecifications[]", |values| {
                tunnel(values, "tunnel1_inside_cidr", "tunnel1_preshared_key")
            }),
            From(&["tunnel2_inside_cidr", "tunnel2_preshared_key"], "VpnTunnelOptionsSpecifications[]", |values| {
                tunnel(values, "tunnel2_inside_cidr", "tunnel2_preshared_key")
            }),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_vpn_gateway",
        "AWS::EC2::VPNGateway",
        &[Is("Type", "ipsec.1"), Take("amazon_side_asn", "AmazonSideAsn"), Take("tags_all", "Tags")],
    ),
    Mapping::each("aws_vpn_gateway", "vpc_id", "AWS::EC2::VPCGatewayAttachment", "VpnGatewayId", &[Take("", "VpcId")]),
    Mapping::own(
        "aws_vpn_gateway_attachment",
        "AWS::EC2::VPCGatewayAttachment",
        &[Take("vpc_id", "VpcId"), Take("vpn_gateway_id", "VpnGatewayId")],
    ),
    Mapping::own(
        "aws_customer_gateway",
        "AWS::EC2::CustomerGateway",
        &[Take("type", "Type"), Take("bgp_asn", "BgpAsn"), Take("ip_address", "IpAddress"), Take("tags_all", "Tags")],
    ),
    Mapping::own(
        "aws_dx_connection",
        "AWS::DirectConnect::Connection",
        &[
            Take("name", "ConnectionName"),
            Take("location", "Location"),
            Take("bandwidth", "Bandwidth"),
            Take("provider_name", "ProviderName"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
];

const VPC: &[Rule] = &[
    Take("cidr_block", "CidrBlock"),
    Take("instance_tenancy", "InstanceTenancy"),
    Take("enable_dns_support", "EnableDnsSupport"),
    Take("enable_dns_hostnames", "EnableDnsHostnames"),
    Take("tags_all", "Tags"),
];

const SUBNET: &[Rule] = &[
    Take("vpc_id", "VpcId"),
    Take("cidr_block", "CidrBlock"),
    Take("ipv6_cidr_block", "Ipv6CidrBlock"),
    Take("availability_zone", "AvailabilityZone"),
    Take("assign_ipv6_address_on_creation", "AssignIpv6AddressOnCreation"),
    Take("map_public_ip_on_launch", "MapPublicIpOnLaunch"),
    Take("tags_all", "Tags"),
];

const TABLE: &[Rule] = &[Take("vpc_id", "VpcId"), Take("tags_all", "Tags")];

/// A route that is written in its table.
const INLINE_ROUTE: &[Rule] = &[
    Take("cidr_block", "DestinationCidrBlock"),
    Take("ipv6_cidr_block", "DestinationIpv6CidrBlock"),
    Take("destination_prefix_list_id", "DestinationPrefixListId"),
    One("", "", WAY),
];

/// Where a route leads.
const WAY: &[Rule] = &[
    Take("gateway_id", "GatewayId"),
    Take("nat_gateway_id", "NatGatewayId"),
    Take("vpc_peering_connection_id", "VpcPeeringConnectionId"),
    Take("transit_gateway_id", "TransitGatewayId"),
    Take("vpc_endpoint_id", "VpcEndpointId"),
    Take("egress_only_gateway_id", "EgressOnlyInternetGatewayId"),
    Take("network_interface_id", "NetworkInterfaceId"),
    Take("core_network_arn", "CoreNetworkArn"),
];

const INLINE_ENTRY_IN: &[Rule] = &[Is("Egress", "false"), One("", "", INLINE_ENTRY)];

const INLINE_ENTRY_OUT: &[Rule] = &[Is("Egress", "true"), One("", "", INLINE_ENTRY)];

/// An entry that is written in its list.
const INLINE_ENTRY: &[Rule] = &[Take("rule_no", "RuleNumber"), Take("action", "RuleAction"), One("", "", ENTRY)];

const ENTRY: &[Rule] = &[
    With("protocol", "Protocol", number_of_protocol),
    Take("cidr_block", "CidrBlock"),
    Take("ipv6_cidr_block", "Ipv6CidrBlock"),
    Take("from_port", "PortRange.From"),
    Take("to_port", "PortRange.To"),
];

fn on_unless_told(values: &Node) -> Option<Node> {
    Some(bool_or(values, "map_public_ip_on_launch", true))
}

/// Access lists know protocols by their numbers; the provider takes names as well.
fn number_of_protocol(node: Node) -> Option<Node> {
    let number = match as_text(&node)?.to_ascii_lowercase().as_str() {
        "all" => "-1",
        "icmp" => "1",
        "tcp" => "6",
        "udp" => "17",
        "icmpv6" | "ipv6-icmp" => "58",
        _ => return Some(node),
    };
    Some(Node { value: Value::Number(number.into()), ..node })
}

/// What kind of traffic a flow log has.
fn logged(values: &Node) -> Option<Node> {
    let kinds = [
        ("vpc_id", "VPC"),
        ("subnet_id", "Subnet"),
        ("eni_id", "NetworkInterface"),
        ("transit_gateway_id", "TransitGateway"),
        ("transit_gateway_attachment_id", "TransitGatewayAttachment"),
    ];
    let (_, kind) = kinds.iter().find(|(name, _)| argument(values, name).is_some())?;
    Some(Node::new(Value::Text((*kind).into()), values.origin))
}

fn tunnel(values: &Node, range: &str, key: &str) -> Option<Node> {
    let (range, key) = (argument(values, range), argument(values, key));
    let origin = key.or(range)?.origin;
    let entries = [("TunnelInsideCidr", range), ("PreSharedKey", key)];
    Some(map(entries.into_iter().filter_map(|(name, node)| Some((name, node?.clone()))), origin))
}
