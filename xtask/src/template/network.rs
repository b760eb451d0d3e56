//! A network and who may speak to whom in it.

use serde_json::json;

use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Vpc",
        "AWS::EC2::VPC",
        json!({ "CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true, "Tags": draft.tags(sound) }),
    );
    for (stem, cidr, zone) in [
        ("SubnetA", "10.0.1.0/24", 0),
        ("SubnetB", "10.0.2.0/24", 1),
        ("PublicSubnetA", "10.0.3.0/24", 0),
        ("PublicSubnetB", "10.0.4.0/24", 1),
    ] {
        let sound = draft.sound();
        draft.add(
            stem,
            "AWS::EC2::Subnet",
            json!({
                "VpcId": draft.to("Vpc"),
                "CidrBlock": cidr,
                "AvailabilityZone": { "Fn::Select": [zone, { "Fn::GetAZs": "" }] },
                "MapPublicIpOnLaunch": when(!sound, || true.into()),
                "Tags": draft.tags(sound),
            }),
        );
    }
    draft.add("Gateway", "AWS::EC2::InternetGateway", json!({}));
    draft.add(
        "GatewayAttachment",
        "AWS::EC2::VPCGatewayAttachment",
        json!({ "VpcId": draft.to("Vpc"), "InternetGatewayId": draft.to("Gateway") }),
    );
    draft.add("PublicRoutes", "AWS::EC2::RouteTable", json!({ "VpcId": draft.to("Vpc") }));
    draft.add(
        "PublicRoute",
        "AWS::EC2::Route",
        json!({
            "RouteTableId": draft.to("PublicRoutes"),
            "DestinationCidrBlock": "0.0.0.0/0",
            "GatewayId": draft.to("Gateway"),
        }),
    );
    draft.add(
        "PublicRoutesA",
        "AWS::EC2::SubnetRouteTableAssociation",
        json!({ "RouteTableId": draft.to("PublicRoutes"), "SubnetId": draft.to("PublicSubnetA") }),
    );
    security_groups(draft);
    if draft.sound() {
        draft.add("FlowLogGroup", "AWS::Logs::LogGroup", json!({ "RetentionInDays": 90 }));
        draft.add(
            "FlowLog",
            "AWS::EC2::FlowLog",
            json!({
                "ResourceType": "VPC",
                "ResourceId": draft.to("Vpc"),
                "TrafficType": "ALL",
                "LogDestination": draft.attribute("FlowLogGroup", "Arn"),
            }),
        );
    }
}

fn security_groups(draft: &mut Draft) {
    draft.add(
        "FrontSecurityGroup",
        "AWS::EC2::SecurityGroup",
        json!({
            "GroupDescription": "Load balancer",
            "VpcId": draft.to("Vpc"),
            "SecurityGroupIngress": [
                { "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0", "Description": "Visitors" },
            ],
        }),
    );
    let sound = draft.sound();
    draft.add(
        "AppSecurityGroup",
        "AWS::EC2::SecurityGroup",
        json!({
            "GroupDescription": "Application",
            "VpcId": draft.to("Vpc"),
            "SecurityGroupIngress": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": 8080,
                    "ToPort": 8080,
                    "SourceSecurityGroupId": draft.to("FrontSecurityGroup"),
                },
                when(!sound, || json!({ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0" })),
            ],
            "Tags": draft.tags(sound),
        }),
    );
    draft.add(
        "DataSecurityGroup",
        "AWS::EC2::SecurityGroup",
        json!({ "GroupDescription": "Databases", "VpcId": draft.to("Vpc") }),
    );
    let sound = draft.sound();
    let source =
        if sound { ("SourceSecurityGroupId", draft.to("AppSecurityGroup")) } else { ("CidrIp", "0.0.0.0/0".into()) };
    draft.add_with(
        "DataIngress",
        "AWS::EC2::SecurityGroupIngress",
        json!({
            "GroupId": draft.attribute("DataSecurityGroup", "GroupId"),
            "IpProtocol": "tcp",
            "FromPort": 5432,
            "ToPort": 5432,
            source.0: source.1,
        }),
        json!({ "Condition": when(draft.round.is_multiple_of(4), || "IsProduction".into()) }),
    );
    let zone = reference("AWS::Region");
    draft.add(
        "StorageEndpoint",
        "AWS::EC2::VPCEndpoint",
        json!({
            "VpcId": draft.to("Vpc"),
            "VpcEndpointType": "Gateway",
            "ServiceName": { "Fn::Join": [".", ["com.amazonaws", zone, "s3"]] },
            "RouteTableIds": [draft.to("PublicRoutes")],
        }),
    );
}
