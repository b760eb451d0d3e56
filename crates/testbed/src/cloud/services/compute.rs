//! Amazon EC2: instances and volumes.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let (population, region) = (account.population, account.region());
    Some(match account.question.operation.as_str() {
        "DescribeRegions" => {
            let region = |name: &String| {
                json!({ "regionName": name, "regionEndpoint": format!("ec2.{name}.amazonaws.com"),
                        "optInStatus": "opt-in-not-required" })
            };
            let regions: Vec<Value> = population.regions.iter().map(region).collect();
            Answer::Tree(json!({ "regionInfo": { "item": regions } }))
        }
        "DescribeInstances" => {
            let total = population.count(Kind::Instance, region);
            let (items, next) = account.items(total, "MaxResults", usize::MAX, |number| reservation(account, number));
            with(json!({ "reservationSet": { "item": items } }), "nextToken", next)
        }
        "DescribeInstanceAttribute" => Answer::Tree(json!({
            "instanceId": account.question.text("InstanceId"),
            "userData": { "value": "IyEvYmluL2Jhc2gKc3lzdGVtY3RsIHN0YXJ0IHNob3AK" },
        })),
        "DescribeVolumes" => {
            let total = population.count(Kind::Volume, region);
            let (items, next) = account.items(total, "MaxResults", usize::MAX, |number| volume(account, number));
            with(json!({ "volumeSet": { "item": items } }), "nextToken", next)
        }
        _ => return None,
    })
}

/// `us-east-1b`
pub(super) fn zone(region: &str, number: usize) -> String {
    format!("{region}{}", ["a", "b", "c"].get(number % 3).copied().unwrap_or("a"))
}

fn reservation(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::Instance, region, number);
    let id = |prefix, kind, number| population.id(prefix, kind, region, number);
    let subnets = population.count(Kind::Subnet, region);
    let subnet = number % subnets.max(1);
    let network = id("vpc", Kind::Vpc, subnet % population.count(Kind::Vpc, region).max(1));
    let group = id("sg", Kind::SecurityGroup, number % population.count(Kind::SecurityGroup, region).max(1));
    let groups = json!({ "item": [{ "groupId": group, "groupName": name(number) }] });
    let mut interface = json!({
        "networkInterfaceId": id("eni", Kind::Instance, number),
        "subnetId": id("subnet", Kind::Subnet, subnet),
        "vpcId": network,
        "status": "in-use",
        "privateIpAddress": format!("10.0.{}.{}", number / 250 % 250, number % 250 + 4),
        "groupSet": groups,
        "attachment": { "deviceIndex": 0, "status": "attached", "deleteOnTermination": true },
    });
    if dice.happens(20) {
        interface["association"] = json!({ "publicIp": format!("203.0.113.{}", number % 250), "ipOwnerId": "amazon" });
    }
    let mut instance = json!({
        "instanceId": id("i", Kind::Instance, number),
        "imageId": id("ami", Kind::Instance, number % 7),
        "instanceState": { "code": 16, "name": if dice.happens(90) { "running" } else { "stopped" } },
        "privateDnsName": format!("ip-10-0-{}-{}.ec2.internal", number / 250 % 250, number % 250 + 4),
        "instanceType": dice.one(&["t3.medium", "m5.large", "m6i.xlarge", "c5.2xlarge", "t2.micro"]),
        "launchTime": "2025-03-01T10:00:00.000Z",
        "placement": { "availabilityZone": zone(region, subnet), "tenancy": "default" },
        "monitoring": { "state": if dice.happens(30) { "enabled" } else { "disabled" } },
        "subnetId": id("subnet", Kind::Subnet, subnet),
        "vpcId": network,
        "groupSet": groups,
        "architecture": "x86_64",
        "rootDeviceType": "ebs",
        "rootDeviceName": "/dev/xvda",
        "ebsOptimized": dice.happens(60),
        "sourceDestCheck": true,
        "platformDetails": "Linux/UNIX",
        "networkInterfaceSet": { "item": [interface] },
        "metadataOptions": {
            "state": "applied",
            "httpTokens": if dice.happens(60) { "required" } else { "optional" },
            "httpPutResponseHopLimit": 2,
            "httpEndpoint": "enabled",
            "instanceMetadataTags": "disabled",
        },
        "tagSet": { "item": [
            { "key": "Name", "value": name(number) },
            { "key": "Environment", "value": dice.one(&["production", "staging", "test"]) },
        ] },
    });
    if number < population.count(Kind::Volume, region) {
        let volume = json!({ "volumeId": id("vol", Kind::Volume, number), "status": "attached" });
        instance["blockDeviceMapping"] = json!({ "item": [{ "deviceName": "/dev/xvda", "ebs": volume }] });
    }
    if dice.happens(70) {
        let profile = format!("arn:aws:iam::{ACCOUNT}:instance-profile/{}", name(number % 12));
        instance["iamInstanceProfile"] = json!({ "arn": profile, "id": "AIPAEXAMPLE" });
    }
    json!({
        "reservationId": id("r", Kind::Instance, number),
        "ownerId": ACCOUNT,
        "groupSet": null,
        "instancesSet": { "item": [instance] },
    })
}

/// The first volumes are those of the instances.
fn volume(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::Volume, region, number);
    let id = population.id("vol", Kind::Volume, region, number);
    let attached = number < population.count(Kind::Instance, region);
    let attachment = json!({ "item": [{
        "volumeId": id,
        "instanceId": population.id("i", Kind::Instance, region, number),
        "device": "/dev/xvda",
        "status": "attached",
        "deleteOnTermination": true,
    }] });
    json!({
        "volumeId": id,
        "size": 8 + dice.below(500),
        "snapshotId": null,
        "availabilityZone": zone(region, number),
        "status": if attached { "in-use" } else { "available" },
        "createTime": "2025-03-01T10:00:00.000Z",
        "attachmentSet": if attached { attachment } else { Value::Null },
        "volumeType": dice.one(&["gp3", "gp3", "gp2", "io1"]),
        "iops": 3000,
        "encrypted": dice.happens(70),
        "multiAttachEnabled": false,
        "tagSet": { "item": [{ "key": "Name", "value": name(number) }] },
    })
}
