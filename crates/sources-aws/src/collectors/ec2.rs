//! Amazon EC2: instances, launch templates, addresses and key pairs.

use std::collections::{BTreeMap, BTreeSet};

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::ec2_names;
use crate::shape::{flag, from_base64, items, list, literal, map, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static EC2: Service = Service {
    endpoint: "ec2",
    signing: "ec2",
    variable: "EC2",
    protocol: Protocol::Ec2 { version: "2016-11-15" },
    scope: Scope::Regional,
};

pub(crate) const PAGES: Pages = Pages::Token { answer: "nextToken", parameter: "NextToken" };

static INSTANCES: Call = Call {
    service: &EC2,
    operation: "DescribeInstances",
    path: "",
    action: "ec2:DescribeInstances",
    pages: PAGES,
    yields: &["AWS::EC2::Instance"],
    unset: &[],
};

/// User data comes in no other way.
static ATTRIBUTE: Call = Call {
    service: &EC2,
    operation: "DescribeInstanceAttribute",
    path: "",
    action: "ec2:DescribeInstanceAttribute",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// The images that instances were made from, most of which are not the account's own.
static IMAGES: Call = Call {
    service: &EC2,
    operation: "DescribeImages",
    path: "",
    action: "ec2:DescribeImages",
    pages: PAGES,
    yields: &[],
    unset: &[],
};

static TEMPLATES: Call = Call {
    service: &EC2,
    operation: "DescribeLaunchTemplates",
    path: "",
    action: "ec2:DescribeLaunchTemplates",
    pages: PAGES,
    yields: &["AWS::EC2::LaunchTemplate"],
    unset: &[],
};

static VERSIONS: Call = Call {
    service: &EC2,
    operation: "DescribeLaunchTemplateVersions",
    path: "",
    action: "ec2:DescribeLaunchTemplateVersions",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static ADDRESSES: Call = Call {
    service: &EC2,
    operation: "DescribeAddresses",
    path: "",
    action: "ec2:DescribeAddresses",
    pages: Pages::One,
    yields: &["AWS::EC2::EIP", "AWS::EC2::EIPAssociation"],
    unset: &[],
};

static KEY_PAIRS: Call = Call {
    service: &EC2,
    operation: "DescribeKeyPairs",
    path: "",
    action: "ec2:DescribeKeyPairs",
    pages: Pages::One,
    yields: &["AWS::EC2::KeyPair"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ec2",
    reach: Reach::EveryRegion,
    calls: &[&INSTANCES, &ATTRIBUTE, &IMAGES, &TEMPLATES, &VERSIONS, &ADDRESSES, &KEY_PAIRS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (instances, templates, addresses, keys) =
        tokio::join!(instances(run), templates(run), addresses(run), key_pairs(run));
    instances.and(templates).and(addresses).and(keys)
}

async fn instances(run: &Run) -> Result<(), Halt> {
    let reservations = run.list(&INSTANCES, json!({ "MaxResults": 1000 }), "reservationSet").await?;
    // What is terminated is listed for another hour.
    let is_there =
        |instance: &Node| !matches!(text(instance, "instanceState.name"), Some("terminated" | "shutting-down"));
    let all = reservations.iter().flat_map(|reservation| items(reservation, "instancesSet"));
    let all: Vec<&Node> = all.filter(|instance| is_there(instance)).collect();
    let images = images(run, &all).await;
    let with_image = |instance: &&Node| {
        let image = text(instance, "imageId").and_then(|id| images.get(id).cloned());
        ((*instance).clone(), image)
    };
    run.each(all.iter().map(with_image).collect(), instance).await;
    Ok(())
}

/// What is known of each image that instances were made from, by its id. One that is gone, or is no longer
/// for this account, is left out of an answer that picks images by a filter; asked for by its name, it would
/// be an error for all.
async fn images(run: &Run, instances: &[&Node]) -> BTreeMap<String, Node> {
    let ids: BTreeSet<&str> = instances.iter().filter_map(|instance| text(instance, "imageId")).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let mut images = BTreeMap::new();
    // A filter takes two hundred values.
    for ids in ids.chunks(200) {
        let filter = json!([{ "Name": "image-id", "Value": ids }]);
        // A disabled image is there: it can be enabled again.
        let asked = json!({ "Filter": filter, "IncludeDeprecated": true, "IncludeDisabled": true });
        let Some(found) = run.get_list(&IMAGES, asked, "imagesSet").await else { continue };
        let Value::List(listed) = &found.value else {
            images.extend(ids.iter().map(|id| ((*id).to_owned(), found.clone())));
            continue;
        };
        let listed: BTreeMap<&str, &Node> =
            listed.iter().filter_map(|image| Some((text(image, "imageId")?, image))).collect();
        for id in ids {
            let image = listed.get(id);
            let said = |name: &str| image.and_then(|image| part(image, name));
            let exists = Node::new(Value::Bool(image.is_some()), found.origin);
            let parts = [
                ("Exists", Some(exists)),
                ("CreationDate", said("creationDate")),
                ("DeprecationTime", said("deprecationTime")),
                ("OwnerId", said("imageOwnerId")),
            ];
            images.insert((*id).to_owned(), map(parts, &found));
        }
    }
    images
}

async fn instance(run: &Run, (found, image): (Node, Option<Node>)) -> Vec<Draft> {
    let Some(id) = text(&found, "instanceId") else { return Vec::new() };
    let user_data = run.get(&ATTRIBUTE, json!({ "InstanceId": id, "Attribute": "userData" })).await;
    let draft = Draft::new("AWS::EC2::Instance", id, found.origin)
        .name(id)
        .arn(run.arn("ec2", &format!("instance/{id}")))
        .take(
            &found,
            &[
                ("imageId", "ImageId"),
                ("instanceType", "InstanceType"),
                ("keyName", "KeyName"),
                ("subnetId", "SubnetId"),
                ("ebsOptimized", "EbsOptimized"),
                ("sourceDestCheck", "SourceDestCheck"),
                ("placement.availabilityZone", "AvailabilityZone"),
                ("placement.tenancy", "Tenancy"),
                ("instanceState.name", "Observed.State"),
                ("reason", "Observed.StateTransitionReason"),
                ("launchTime", "Observed.LaunchTime"),
                ("platformDetails", "Observed.Platform"),
                ("instanceLifecycle", "Observed.Lifecycle"),
                ("operator.managed", "Observed.OperatorManaged"),
                ("vpcId", "Observed.VpcId"),
            ],
        )
        .set("MetadataOptions", part(&found, "metadataOptions").map(ec2_names))
        .set("Monitoring", flag(part(&found, "monitoring.state"), &["enabled"], &["disabled"]))
        .set("IamInstanceProfile", part(&found, "iamInstanceProfile.arn").map(after_last_slash))
        .set("SecurityGroupIds", pluck(&found, "groupSet", "groupId"))
        .set("NetworkInterfaces", interfaces(&found))
        .set("Volumes", Some(volumes(&found)))
        .set("UserData", user_data.at("userData.value").map(from_base64))
        .set("Observed.Image", image)
        .set("Tags", part(&found, "tagSet").map(ec2_names));
    vec![draft]
}

fn after_last_slash(arn: Node) -> Node {
    match &arn.value {
        Value::Text(text) => literal(text.rsplit('/').next().unwrap_or_default(), &arn),
        _ => arn,
    }
}

/// Interfaces, each with whether it has a public address now, wherever that came from.
fn interfaces(instance: &Node) -> Option<Node> {
    let found = items(instance, "networkInterfaceSet");
    let all = found.iter().map(|interface| {
        let public = Node::new(Value::Bool(text(interface, "association.publicIp").is_some()), interface.origin);
        let parts = [
            ("NetworkInterfaceId", part(interface, "networkInterfaceId")),
            ("SubnetId", part(interface, "subnetId")),
            ("DeviceIndex", part(interface, "attachment.deviceIndex")),
            ("GroupSet", pluck(interface, "groupSet", "groupId")),
            ("AssociatePublicIpAddress", Some(public)),
        ];
        map(parts, interface)
    });
    (!found.is_empty()).then(|| list(all.collect(), instance))
}

/// Volumes are resources of their own: here stands which ones.
fn volumes(instance: &Node) -> Node {
    let all = items(instance, "blockDeviceMapping").iter().filter_map(|device| {
        let id = part(device, "ebs.volumeId")?;
        Some(map([("VolumeId", Some(id)), ("Device", part(device, "deviceName"))], device))
    });
    list(all.collect(), instance)
}

async fn templates(run: &Run) -> Result<(), Halt> {
    run.each(run.list(&TEMPLATES, json!({ "MaxResults": 200 }), "launchTemplates").await?, template).await;
    Ok(())
}

/// The data is that of the default version, which counts where none is named.
async fn template(run: &Run, found: Node) -> Vec<Draft> {
    let Some(id) = text(&found, "launchTemplateId") else { return Vec::new() };
    let versions = json!({ "LaunchTemplateId": id, "LaunchTemplateVersion": ["$Default", "$Latest"] });
    let answer = run.get(&VERSIONS, versions).await;
    let versions = answer.at("launchTemplateVersionSet");
    let version = |number: &str| {
        let versions = versions.as_ref()?;
        let Value::List(all) = &versions.value else { return Some(versions.clone()) };
        let wanted = text(&found, number);
        let same = all.iter().find(|version| wanted.is_some() && text(version, "versionNumber") == wanted);
        part(same?, "launchTemplateData").map(data)
    };
    let draft = Draft::new("AWS::EC2::LaunchTemplate", id, found.origin)
        .name(id)
        .take(
            &found,
            &[
                ("launchTemplateName", "LaunchTemplateName"),
                ("defaultVersionNumber", "Observed.DefaultVersionNumber"),
                ("latestVersionNumber", "Observed.LatestVersionNumber"),
                ("createTime", "Observed.CreateTime"),
            ],
        )
        .set("LaunchTemplateData", version("defaultVersionNumber"))
        .set("Observed.LatestLaunchTemplateData", version("latestVersionNumber"))
        .set("Observed.Tags", part(&found, "tagSet").map(ec2_names));
    vec![draft]
}

fn data(node: Node) -> Node {
    let mut node = ec2_names(node);
    if let Value::Map(entries) = &mut node.value
        && let Some(user_data) = entries.get_mut("UserData")
    {
        *user_data = from_base64(user_data.clone());
    }
    node
}

async fn addresses(run: &Run) -> Result<(), Halt> {
    for found in run.list(&ADDRESSES, json!({}), "addressesSet").await? {
        let Some(id) = text(&found, "allocationId").or_else(|| text(&found, "publicIp")) else { continue };
        let address = Draft::new("AWS::EC2::EIP", id, found.origin).name(id).take(
            &found,
            &[
                ("allocationId", "AllocationId"),
                ("publicIp", "PublicIp"),
                ("domain", "Domain"),
                ("instanceId", "InstanceId"),
                ("networkBorderGroup", "NetworkBorderGroup"),
                ("publicIpv4Pool", "PublicIpv4Pool"),
            ],
        );
        run.add(address.set("Tags", part(&found, "tagSet").map(ec2_names)));
        if let Some(association) = text(&found, "associationId") {
            let association = Draft::new("AWS::EC2::EIPAssociation", association, found.origin).name(association);
            run.add(association.take(
                &found,
                &[
                    ("allocationId", "AllocationId"),
                    ("publicIp", "EIP"),
                    ("instanceId", "InstanceId"),
                    ("networkInterfaceId", "NetworkInterfaceId"),
                    ("privateIpAddress", "PrivateIpAddress"),
                ],
            ));
        }
    }
    Ok(())
}

async fn key_pairs(run: &Run) -> Result<(), Halt> {
    for found in run.list(&KEY_PAIRS, json!({}), "keySet").await? {
        let Some(name) = text(&found, "keyName") else { continue };
        let draft = Draft::new("AWS::EC2::KeyPair", name, found.origin).name(name).take(
            &found,
            &[
                ("keyName", "KeyName"),
                ("keyType", "KeyType"),
                ("keyPairId", "Observed.KeyPairId"),
                ("createTime", "Observed.CreateTime"),
            ],
        );
        run.add(draft.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}
