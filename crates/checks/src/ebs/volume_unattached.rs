//! `ebs_volume_unattached`

use macros::check;
use model::{At, Inventory, Verdict, View};

use crate::views::ec2::Storage;

/// What a volume is attached by.
#[derive(Debug, View)]
#[view("AWS::EC2::VolumeAttachment", "AWS::EC2::Instance")]
struct Attachment<'a> {
    at: At<'a>,
}

/// Block storage volumes are attached to an instance
///
/// A volume is charged by its size, whether it is attached or not. One that nothing uses is often left
/// over from an instance that is gone, and what is on it is forgotten until somebody finds it. In code a
/// volume counts as attached when an attachment or an instance names it; waive the check for volumes
/// that software attaches while it runs.
///
/// ## Fix
/// Attach the volume with an `AWS::EC2::VolumeAttachment`, or take a snapshot and delete it.
/// ```yaml,fail
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100 }
/// ```
/// ```yaml,pass
/// Resources:
///   Data: { Type: AWS::EC2::Volume, Properties: { AvailabilityZone: eu-west-1a, Size: 100 } }
///   Attached:
///     Type: AWS::EC2::VolumeAttachment
///     Properties: { Device: /dev/sdf, InstanceId: i-0123456789abcdef0, VolumeId: !Ref Data }
/// ```
#[check(
    COST04_BP03, SUS02_BP03, SUS04_BP05,
    severity = Medium, code = Partly,
    saves = volume.cost()?.saved()
)]
fn ebs_volume_unattached(volume: &Storage, around: &Inventory) -> Verdict {
    around
        .referring::<Attachment>("VolumeId", &volume.at)
        .with(around.referring("Volumes.*.VolumeId", &volume.at))
        .must_exist("an instance that it is attached to")
}
