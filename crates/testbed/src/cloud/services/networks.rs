//! Amazon VPC: networks, subnets, routes and security groups.

use serde_json::{Value, json};

use super::compute::zone;
use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    type Item = fn(&Account<'_>, usize) -> Value;
    let (kind, list, item): (_, _, Item) = match account.question.operation.as_str() {
        "DescribeVpcs" => (Kind::Vpc, "vpcSet", network),
        "DescribeSubnets" => (Kind::Subnet, "subnetSet", subnet),
        "DescribeRouteTables" => (Kind::RouteTable, "routeTableSet", route_table),
        "DescribeSecurityGroups" => (Kind::SecurityGroup, "securityGroupInfo", security_group),
        "DescribeInternetGateways" => (Kind::Vpc, "internetGatewaySet", gateway),
        "DescribeNetworkAcls" => (Kind::Vpc, "networkAclSet", access_list),
        _ => return None,
    };
    let total = account.population.count(kind, account.region());
    let (items, next) = account.items(total, "MaxResults", usize::MAX, |number| item(account, number));
    Some(with(json!({ list: { "item": items } }), "nextToken", next))
}

fn id(account: &Account<'_>, prefix: &str, kind: Kind, number: usize) -> String {
    account.population.id(prefix, kind, account.region(), number)
}

/// The network that the subnet or table of this number is part of.
fn network_of(account: &Account<'_>, number: usize) -> String {
    let networks = account.population.count(Kind::Vpc, account.region());
    id(account, "vpc", Kind::Vpc, number % networks.max(1))
}

fn network(account: &Account<'_>, number: usize) -> Value {
    let block = format!("10.{}.0.0/16", number % 250);
    json!({
        "vpcId": id(account, "vpc", Kind::Vpc, number),
        "ownerId": ACCOUNT,
        "state": "available",
        "cidrBlock": block,
        "cidrBlockAssociationSet": { "item": [{
            "cidrBlock": block,
            "associationId": id(account, "vpc-cidr-assoc", Kind::Vpc, number),
            "cidrBlockState": { "state": "associated" },
        }] },
        "dhcpOptionsId": "dopt-0123456789abcdef0",
        "instanceTenancy": "default",
        "isDefault": number == 0,
        "tagSet": { "item": [{ "key": "Name", "value": name(number) }] },
    })
}

fn subnet(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Subnet, account.region(), number);
    let subnet = id(account, "subnet", Kind::Subnet, number);
    json!({
        "subnetArn": account.arn("ec2", &format!("subnet/{subnet}")),
        "subnetId": subnet,
        "state": "available",
        "ownerId": ACCOUNT,
        "vpcId": network_of(account, number),
        "cidrBlock": format!("10.{}.{}.0/24", number / 250 % 250, number % 250),
        "availableIpAddressCount": dice.below(250),
        "availabilityZone": zone(account.region(), number),
        "defaultForAz": number < 3,
        "mapPublicIpOnLaunch": number < 3 || dice.happens(20),
        "assignIpv6AddressOnCreation": false,
        "tagSet": { "item": [{ "key": "Name", "value": name(number) }] },
    })
}

/// The first tables are the main ones of the networks; each of the others belongs to one subnet.
fn route_table(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let main = number < population.count(Kind::Vpc, region);
    let table = id(account, "rtb", Kind::RouteTable, number);
    let mut association = json!({
        "routeTableAssociationId": id(account, "rtbassoc", Kind::RouteTable, number),
        "routeTableId": table,
        "main": main,
        "associationState": { "state": "associated" },
    });
    if !main {
        association["subnetId"] = json!(id(account, "subnet", Kind::Subnet, number));
    }
    let associated = main || number < population.count(Kind::Subnet, region);
    let network = number % population.count(Kind::Vpc, region).max(1);
    let routes = json!([
        { "destinationCidrBlock": format!("10.{}.0.0/16", network % 250), "gatewayId": "local",
          "state": "active", "origin": "CreateRouteTable" },
        { "destinationCidrBlock": "0.0.0.0/0", "gatewayId": id(account, "igw", Kind::Vpc, network),
          "state": "active", "origin": "CreateRoute" },
    ]);
    json!({
        "routeTableId": table,
        "vpcId": network_of(account, number),
        "ownerId": ACCOUNT,
        "routeSet": { "item": routes },
        "associationSet": if associated { json!({ "item": [association] }) } else { Value::Null },
        "propagatingVgwSet": null,
        "tagSet": null,
    })
}

fn gateway(account: &Account<'_>, number: usize) -> Value {
    json!({
        "internetGatewayId": id(account, "igw", Kind::Vpc, number),
        "ownerId": ACCOUNT,
        "attachmentSet": { "item": [{ "vpcId": id(account, "vpc", Kind::Vpc, number), "state": "available" }] },
        "tagSet": null,
    })
}

/// As AWS makes one with every network: everything may pass.
fn access_list(account: &Account<'_>, number: usize) -> Value {
    let entry = |rule: u32, action: &str, egress: bool| json!({ "ruleNumber": rule, "protocol": "-1", "ruleAction": action, "egress": egress, "cidrBlock": "0.0.0.0/0" });
    let entries = [
        entry(100, "allow", true),
        entry(32767, "deny", true),
        entry(100, "allow", false),
        entry(32767, "deny", false),
    ];
    json!({
        "networkAclId": id(account, "acl", Kind::Vpc, number),
        "vpcId": id(account, "vpc", Kind::Vpc, number),
        "ownerId": ACCOUNT,
        "default": true,
        "entrySet": { "item": entries },
        "associationSet": null,
        "tagSet": null,
    })
}

/// The first groups are the default ones of the networks.
fn security_group(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::SecurityGroup, region, number);
    let group = id(account, "sg", Kind::SecurityGroup, number);
    let default = number < population.count(Kind::Vpc, region);
    let inside = json!({ "ipProtocol": "-1", "groups": { "item": [{ "userId": ACCOUNT, "groupId": group }] },
                         "ipRanges": null, "ipv6Ranges": null, "prefixListIds": null });
    let port = if dice.happens(10) { 22 } else { 443 };
    let range = if dice.happens(40) { "0.0.0.0/0" } else { "10.0.0.0/8" };
    let web = json!({ "ipProtocol": "tcp", "fromPort": port, "toPort": port, "groups": null,
                      "ipRanges": { "item": [{ "cidrIp": range, "description": "clients" }] },
                      "ipv6Ranges": null, "prefixListIds": null });
    let out = json!({ "ipProtocol": "-1", "groups": null, "ipRanges": { "item": [{ "cidrIp": "0.0.0.0/0" }] },
                      "ipv6Ranges": null, "prefixListIds": null });
    json!({
        "groupId": group,
        "groupName": if default { "default".to_owned() } else { name(number) },
        "groupDescription": if default { "default VPC security group" } else { "what clients reach" },
        "ownerId": ACCOUNT,
        "vpcId": network_of(account, number),
        "ipPermissions": { "item": [if default { inside } else { web }] },
        "ipPermissionsEgress": { "item": [out] },
        "tagSet": null,
    })
}
