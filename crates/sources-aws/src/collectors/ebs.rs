//! Amazon EBS: volumes and what they are attached to, snapshots, images, and the account's settings for
//! sharing and encryption.

use std::collections::HashSet;

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

use super::ec2::{EC2, PAGES};
use crate::names::ec2_names;
use crate::shape::{items, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static VOLUMES: Call = Call {
    service: &EC2,
    operation: "DescribeVolumes",
    path: "",
    action: "ec2:DescribeVolumes",
    pages: PAGES,
    yields: &["AWS::EC2::Volume", "AWS::EC2::VolumeAttachment"],
    unset: &[],
};

static SNAPSHOTS: Call = Call {
    service: &EC2,
    operation: "DescribeSnapshots",
    path: "",
    action: "ec2:DescribeSnapshots",
    pages: PAGES,
    yields: &["Pilaster::Snapshot"],
    unset: &[],
};

static IMAGES: Call = Call {
    service: &EC2,
    operation: "DescribeImages",
    path: "",
    action: "ec2:DescribeImages",
    pages: PAGES,
    yields: &["Pilaster::Image"],
    unset: &[],
};

static SHARING: Call = Call {
    service: &EC2,
    operation: "GetSnapshotBlockPublicAccessState",
    path: "",
    action: "ec2:GetSnapshotBlockPublicAccessState",
    pages: Pages::One,
    yields: &["AWS::EC2::SnapshotBlockPublicAccess"],
    unset: &[],
};

static ENCRYPTION: Call = Call {
    service: &EC2,
    operation: "GetEbsEncryptionByDefault",
    path: "",
    action: "ec2:GetEbsEncryptionByDefault",
    pages: Pages::One,
    yields: &["Pilaster::EbsDefaults"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ebs",
    reach: Reach::EveryRegion,
    calls: &[&VOLUMES, &SNAPSHOTS, &IMAGES, &SHARING, &ENCRYPTION],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (volumes, snapshots, images, (), ()) =
        tokio::join!(volumes(run), snapshots(run), images(run), sharing(run), encryption(run));
    volumes.and(snapshots).and(images)
}

async fn volumes(run: &Run) -> Result<(), Halt> {
    for found in run.list(&VOLUMES, json!({ "MaxResults": 500 }), "volumeSet").await? {
        let Some(id) = text(&found, "volumeId") else { continue };
        let volume = Draft::new("AWS::EC2::Volume", id, found.origin)
            .name(id)
            .arn(run.arn("ec2", &format!("volume/{id}")))
            .take(
                &found,
                &[
                    ("volumeType", "VolumeType"),
                    ("encrypted", "Encrypted"),
                    ("kmsKeyId", "KmsKeyId"),
                    ("size", "Size"),
                    ("iops", "Iops"),
                    ("throughput", "Throughput"),
                    ("snapshotId", "SnapshotId"),
                    ("availabilityZone", "AvailabilityZone"),
                    ("multiAttachEnabled", "MultiAttachEnabled"),
                    ("volumeId", "Observed.VolumeId"),
                    ("status", "Observed.State"),
                    ("createTime", "Observed.CreateTime"),
                ],
            );
        run.add(volume.set("Tags", part(&found, "tagSet").map(ec2_names)));
        for attachment in items(&found, "attachmentSet") {
            let Some(instance) = text(attachment, "instanceId") else { continue };
            let draft = Draft::new("AWS::EC2::VolumeAttachment", format!("{id}|{instance}"), attachment.origin);
            run.add(
                draft.take(attachment, &[("volumeId", "VolumeId"), ("instanceId", "InstanceId"), ("device", "Device")]),
            );
        }
    }
    Ok(())
}

async fn snapshots(run: &Run) -> Result<(), Halt> {
    let snapshots = run.list(&SNAPSHOTS, json!({ "Owner": ["self"], "MaxResults": 1000 }), "snapshotSet").await?;
    if snapshots.is_empty() {
        return Ok(());
    }
    // Asked in one call: the permissions themselves are told only snapshot by snapshot.
    let restorable = json!({ "Owner": ["self"], "RestorableBy": ["all"] });
    let public = run.get_list(&SNAPSHOTS, restorable, "snapshotSet").await;
    let public_ids: Option<HashSet<&str>> = match public.as_ref().map(|public| &public.value) {
        Some(Value::List(public)) => Some(public.iter().filter_map(|found| text(found, "snapshotId")).collect()),
        _ => None,
    };
    for found in snapshots {
        let Some(id) = text(&found, "snapshotId") else { continue };
        let is_public = match &public_ids {
            Some(public) => Some(Node::new(Value::Bool(public.contains(id)), found.origin)),
            None => public.clone(),
        };
        let draft = Draft::new("Pilaster::Snapshot", id, found.origin).name(id).set("Public", is_public).take(
            &found,
            &[
                ("volumeId", "VolumeId"),
                ("encrypted", "Encrypted"),
                ("kmsKeyId", "KmsKeyId"),
                ("volumeSize", "VolumeSize"),
                ("storageTier", "StorageTier"),
                ("description", "Description"),
                ("startTime", "Observed.StartTime"),
                ("status", "Observed.State"),
            ],
        );
        run.add(draft.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

async fn images(run: &Run) -> Result<(), Halt> {
    // A disabled image keeps its snapshots: it can be enabled again.
    let asked = json!({ "Owner": ["self"], "IncludeDisabled": true, "MaxResults": 1000 });
    for found in run.list(&IMAGES, asked, "imagesSet").await? {
        let Some(id) = text(&found, "imageId") else { continue };
        let draft = Draft::new("Pilaster::Image", id, found.origin).name(id).take(
            &found,
            &[
                ("name", "Name"),
                ("description", "Description"),
                ("isPublic", "Public"),
                ("architecture", "Architecture"),
                ("imdsSupport", "ImdsSupport"),
                ("creationDate", "Observed.CreationDate"),
                ("deprecationTime", "Observed.DeprecationTime"),
                ("imageState", "Observed.State"),
                ("lastLaunchedTime", "Observed.LastLaunchedTime"),
            ],
        );
        let devices = part(&found, "blockDeviceMapping").map(ec2_names);
        run.add(draft.set("BlockDeviceMappings", devices).set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

/// There is one setting in every region, whether somebody made it or not.
async fn sharing(run: &Run) {
    let answer = run.get(&SHARING, json!({})).await;
    let draft = Draft::new("AWS::EC2::SnapshotBlockPublicAccess", run.region(), run.origin(&SHARING));
    run.add(draft.set("State", answer.at("state")));
}

/// As with sharing, there is one setting in every region.
async fn encryption(run: &Run) {
    let answer = run.get(&ENCRYPTION, json!({})).await;
    let draft = Draft::new("Pilaster::EbsDefaults", run.region(), run.origin(&ENCRYPTION));
    run.add(draft.set("EncryptionByDefault", answer.at("ebsEncryptionByDefault")));
}
