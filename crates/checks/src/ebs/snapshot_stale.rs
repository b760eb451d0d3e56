//! `ebs_snapshot_stale`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Tags, Text, Verdict, View};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("Pilaster::Snapshot")]
struct Snapshot<'a> {
    at: At<'a>,
    volume_id: Fact<'a, Text<'a>>,
    storage_tier: Fact<'a, Text<'a>>,
    tags: Tags<'a>,
    #[view(path = "Observed.StartTime")]
    started: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::Volume")]
struct Volume<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("Pilaster::Image")]
struct Image<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::LaunchTemplate")]
struct Template<'a> {
    at: At<'a>,
}

/// What AWS Backup and Data Lifecycle Manager put on snapshots that they delete in time.
const MANAGED: [&str; 2] = ["aws:backup:source-resource", "aws:dlm:lifecycle-policy-id"];

/// Old snapshots belong to a volume or an image that is still there
///
/// Snapshots outlive their volumes, and nothing deletes them: years later they are a line of the bill that nobody can
/// explain, and disks full of data that was promised to be gone. Snapshots with a lifecycle of their own, those that are
/// archived and those of volumes and images that are there are left alone, and so are those that the default or the
/// latest version of a launch template makes volumes of.
///
/// ## Fix
/// Delete the snapshot, or archive it where it has to be kept. Let AWS Backup or Data Lifecycle Manager take the next
/// ones: they delete them, too. How old one without a volume may be is the threshold `max_days`.
/// ```account,fail
/// {
///   "Listed": ["AWS::EC2::Volume", "Pilaster::Image", "AWS::EC2::LaunchTemplate"],
///   "Resources": [
///     {
///       "Type": "Pilaster::Snapshot",
///       "Properties": { "VolumeId": "vol-1", "Observed": { "StartTime": "2022-05-01T10:00:00Z" } }
///     }
///   ]
/// }
/// ```
/// ```account,pass
/// [
///   {
///     "Type": "Pilaster::Snapshot", "Id": "snap-1",
///     "Properties": { "VolumeId": "vol-1", "Observed": { "StartTime": "2022-05-01T10:00:00Z" } }
///   },
///   {
///     "Type": "Pilaster::Image",
///     "Properties": { "BlockDeviceMappings": [{ "Ebs": { "SnapshotId": "snap-1" } }] }
///   }
/// ]
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::Snapshot",
///   "Properties": { "VolumeId": "vol-1", "Observed": { "StartTime": "2026-09-01T10:00:00Z" } }
/// }
/// ```
/// ```account,unknown
/// {
///   "Type": "Pilaster::Snapshot",
///   "Properties": { "VolumeId": "vol-1", "Observed": { "StartTime": "2022-05-01T10:00:00Z" } }
/// }
/// ```
#[check(COST04_BP05, SUS04_BP05, SUS04_BP08, severity = Low, code = Never, thresholds(max_days = 365))]
fn ebs_snapshot_stale(snapshot: &Snapshot, around: &Inventory, settings: &Settings) -> Verdict {
    let is_new = must_be_within(&snapshot.started, settings.number("max_days"), settings);
    let of_volume = snapshot.volume_id.and_then(|id| {
        around.holding::<Volume>("Observed.VolumeId", id, &snapshot.at).must_exist("the volume it was taken of")
    });
    let of_image = around
        .referring::<Image>("BlockDeviceMappings.*.Ebs.SnapshotId", &snapshot.at)
        .must_exist("an image made of it");
    let templates = |path| around.referring::<Template>(path, &snapshot.at);
    let of_template = templates("LaunchTemplateData.BlockDeviceMappings.*.Ebs.SnapshotId")
        .with(templates("Observed.LatestLaunchTemplateData.BlockDeviceMappings.*.Ebs.SnapshotId"))
        .must_exist("a launch template that makes volumes of it");
    let is_kept = is_new | of_volume | of_image | of_template;
    MANAGED.iter().fold(is_kept.or_perhaps(snapshot.storage_tier.must_be("archive")), |verdict, key| {
        verdict.or_perhaps(snapshot.tags.must_have(key, &[]))
    })
}
