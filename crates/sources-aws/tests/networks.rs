//! Networks and what lets traffic through them, read from a stand-in.

mod support;

use support::{is_empty_or_denied, parameter, property, scanned, statuses};
use testbed::cloud::{Asked, Reply};

/// The operation of a form.
fn operation(asked: &Asked) -> &str {
    asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default()
}

fn xml(body: &str) -> Reply {
    Reply::Answer(200, format!("<Response>{body}</Response>"))
}

fn denied() -> Reply {
    Reply::Answer(
        403,
        "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>".to_owned(),
    )
}

#[tokio::test]
async fn rules_of_security_groups_are_judged() {
    let inventory = scanned("security_groups", |_| xml("<securityGroupInfo>
        <item><groupId>sg-open</groupId><groupName>open</groupName><ipPermissions>
          <item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>
            <groups><item><groupId>sg-1</groupId></item></groups>
            <ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges>
            <ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges></item>
          </ipPermissions></item>
        <item><groupId>sg-all</groupId><ipPermissions><item><ipProtocol>-1</ipProtocol>
          <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissions></item>
        <item><groupId>sg-shut</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort>
          <toPort>22</toPort><groups><item><groupId>sg-1</groupId></item></groups><ipRanges/></item></ipPermissions></item>
        </securityGroupInfo>"))
    .await;
    for (check, failing) in [
        ("ec2_security_group_no_ssh_from_internet", vec!["sg-all fail", "sg-open fail"]),
        ("ec2_security_group_no_all_traffic_from_internet", vec!["sg-all fail"]),
    ] {
        let found = statuses(&inventory, check);
        assert!(found.contains(&"sg-shut pass".to_owned()), "{check}: {found:?}");
        let found: Vec<String> = found.into_iter().filter(|status| status.ends_with(" fail")).collect();
        assert_eq!(found, failing, "{check}");
    }
    let inventory = scanned("security_groups", |_| denied()).await;
    assert_eq!(
        inventory.gaps[0].hides,
        ["AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"]
    );
}

fn vpc(asked: &Asked) -> Reply {
    match operation(asked) {
        "DescribeVpcs" => xml("<vpcSet>
            <item><vpcId>vpc-1</vpcId><ownerId>1</ownerId><cidrBlock>10.0.0.0/16</cidrBlock></item>
            <item><vpcId>vpc-2</vpcId><ownerId>1</ownerId><cidrBlock>10.1.0.0/16</cidrBlock></item>
            <item><vpcId>vpc-shared</vpcId><ownerId>2</ownerId></item></vpcSet>"),
        "DescribeSubnets" => xml("<subnetSet>
            <item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><availabilityZone>a</availabilityZone><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch></item>
            <item><subnetId>subnet-2</subnetId><vpcId>vpc-1</vpcId><availabilityZone>b</availabilityZone><mapPublicIpOnLaunch>true</mapPublicIpOnLaunch></item>
            <item><subnetId>subnet-3</subnetId><vpcId>vpc-2</vpcId><availabilityZone>b</availabilityZone></item></subnetSet>"),
        "DescribeRouteTables" => xml("<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>
            <routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId></item>
              <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId></item></routeSet>
            <associationSet><item><routeTableAssociationId>rtbassoc-0</routeTableAssociationId><main>true</main></item>
              <item><routeTableAssociationId>rtbassoc-1</routeTableAssociationId><subnetId>subnet-1</subnetId><main>false</main></item>
            </associationSet></item></routeTableSet>"),
        "DescribeNetworkAcls" => xml("<networkAclSet><item><networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><entrySet>
            <item><ruleNumber>100</ruleNumber><protocol>-1</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock></item>
            <item><ruleNumber>110</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction><egress>false</egress>
              <cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>443</from><to>443</to></portRange></item>
            <item><ruleNumber>32767</ruleNumber><protocol>-1</protocol><ruleAction>deny</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock></item>
            </entrySet></item></networkAclSet>"),
        "DescribeFlowLogs" => xml("<flowLogSet><item><flowLogId>fl-1</flowLogId><resourceId>vpc-1</resourceId></item></flowLogSet>"),
        _ => xml(""),
    }
}

#[tokio::test]
async fn networks_are_judged() {
    let inventory = scanned("vpc", vpc).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for (check, expected) in [
        ("vpc_flow_logs_enabled", vec!["vpc-1 pass", "vpc-2 fail"]),
        ("vpc_subnets_multi_az", vec!["vpc-1 pass", "vpc-2 fail"]),
        ("vpc_subnet_no_auto_public_ip", vec!["subnet-1 pass", "subnet-2 fail", "subnet-3 pass"]),
        ("vpc_nacl_no_admin_ports_from_internet", vec!["acl-1|ingress|100 fail", "acl-1|ingress|110 pass"]),
    ] {
        assert_eq!(statuses(&inventory, check), expected, "{check}");
    }
    let of = |kind: &str| -> Vec<&str> {
        inventory
            .resources
            .iter()
            .filter(|resource| resource.kind == kind)
            .map(|resource| resource.id.as_str())
            .collect()
    };
    assert_eq!(of("AWS::EC2::Route"), ["rtb-1|0.0.0.0/0"]);
    assert_eq!(of("AWS::EC2::SubnetRouteTableAssociation"), ["rtbassoc-1", "subnet-2|rtb-1"]);
    let inventory = scanned("vpc", |asked| match operation(asked) {
        "DescribeFlowLogs" => denied(),
        _ => vpc(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "vpc_flow_logs_enabled"), ["vpc-1 unknown", "vpc-2 unknown"]);
}

#[tokio::test]
async fn connections_are_judged() {
    let connections = |asked: &Asked| {
        match operation(asked) {
        "DescribeNatGateways" => xml("<natGatewaySet>
            <item><natGatewayId>nat-1</natGatewayId><state>available</state><subnetId>subnet-1</subnetId>
              <natGatewayAddressSet><item><allocationId>eipalloc-1</allocationId></item><item><allocationId>eipalloc-2</allocationId></item></natGatewayAddressSet></item>
            <item><natGatewayId>nat-0</natGatewayId><state>deleted</state></item></natGatewaySet>"),
        "DescribeVpcEndpoints" => xml("<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId>
            <serviceName>com.amazonaws.us-east-1.s3</serviceName><vpcEndpointType>Gateway</vpcEndpointType>
            <routeTableIdSet><item>rtb-1</item></routeTableIdSet><policyDocument>{&quot;Statement&quot;:[]}</policyDocument></item></vpcEndpointSet>"),
        "DescribeVpcPeeringConnections" => xml("<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId>
            <requesterVpcInfo><vpcId>vpc-1</vpcId></requesterVpcInfo><accepterVpcInfo><vpcId>vpc-2</vpcId></accepterVpcInfo></item></vpcPeeringConnectionSet>"),
        "DescribeTransitGateways" => xml("<transitGatewaySet>
            <item><transitGatewayId>tgw-1</transitGatewayId><ownerId>1</ownerId><options><autoAcceptSharedAttachments>enable</autoAcceptSharedAttachments></options></item>
            <item><transitGatewayId>tgw-2</transitGatewayId><ownerId>1</ownerId><options><autoAcceptSharedAttachments>disable</autoAcceptSharedAttachments></options></item>
            <item><transitGatewayId>tgw-3</transitGatewayId><ownerId>2</ownerId></item></transitGatewaySet>"),
        _ => xml(""),
    }
    };
    let inventory = scanned("vpc_connections", connections).await;
    assert_eq!(statuses(&inventory, "vpc_transit_gateway_no_auto_accept"), ["tgw-1 fail", "tgw-2 pass"]);
    let property = |id: &str, name: &str| {
        let resource = inventory.resources.iter().find(|resource| resource.id == id).expect(id);
        format!("{:?}", resource.properties.get(name).expect(name).value)
    };
    assert!(property("nat-1", "SecondaryAllocationIds").contains("eipalloc-2"));
    assert!(property("vpce-1", "PolicyDocument").contains("Statement"));
    assert!(property("pcx-1", "PeerVpcId").contains("vpc-2"));
    assert!(inventory.resources.iter().all(|resource| resource.id != "nat-0"));
    let inventory = scanned("vpc_connections", |_| denied()).await;
    assert_eq!(inventory.gaps.len(), 5, "{:?}", inventory.gaps);
}

#[tokio::test]
async fn network_interfaces_say_whether_they_are_public() {
    let interfaces = |token: &str, id: &str, association: &str| {
        let next = if token.is_empty() { "<nextToken>more</nextToken>" } else { "" };
        let body = format!(
            "<R><networkInterfaceSet><item><networkInterfaceId>{id}</networkInterfaceId><subnetId>subnet-1</subnetId>\
             <groupSet><item><groupId>sg-1</groupId></item></groupSet>{association}</item></networkInterfaceSet>{next}</R>"
        );
        Reply::Answer(200, body)
    };
    let inventory = scanned("network_interfaces", move |asked| match parameter(asked, "NextToken") {
        "" => interfaces("", "eni-1", "<association><publicIp>192.0.2.1</publicIp></association>"),
        token => interfaces(token, "eni-2", ""),
    })
    .await;
    assert_eq!(property(&inventory, "eni-1", "Observed.HasPublicAddress"), true);
    assert_eq!(property(&inventory, "eni-2", "Observed.HasPublicAddress"), false);
    assert_eq!(property(&inventory, "eni-2", "GroupSet"), serde_json::json!(["sg-1"]));
    is_empty_or_denied(
        "network_interfaces",
        Reply::Answer(200, "<R><networkInterfaceSet/></R>".to_owned()),
        Reply::Answer(403, "<R><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></R>".to_owned()),
        "ec2:DescribeNetworkInterfaces",
    )
    .await;
}
