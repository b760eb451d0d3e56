//! `ebs_volume_encrypted`

use macros::check;
use model::{Verdict, when};

use crate::views::ec2::Volumes;

/// Block storage volumes are encrypted
///
/// Snapshots of an unencrypted volume are unencrypted, too, and a snapshot is easily shared with another
/// account or with everyone. Encryption costs nothing, and the volume is as fast as before. It is on by
/// itself only where the account has encryption by default, which a template does not show; say it here
/// and it holds in every account.
///
/// ## Fix
/// Set `Encrypted: true`, and `KmsKeyId` where a key of your own is wanted. An existing volume cannot be
/// encrypted: the change replaces it by an empty one. Take a snapshot first, copy it with encryption and
/// set `SnapshotId`.
/// ```yaml,fail
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100 }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100, Encrypted: true }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7g.large }
/// ```
#[check(SEC08_BP02, severity = Medium, effort = Medium, needs = [Downtime], fsbp = ["EC2.3", "EC2.181"])]
fn ebs_volume_encrypted(volumes: &Volumes) -> Verdict {
    volumes.all(|volume| {
        let snapshot = when(volume.snapshot_id.must_be_set() & volume.encrypted.must_be_unset(), || {
            volume.snapshot_encrypted.must_be(true)
        });
        volume.encrypted.must_be(true) | snapshot
    })
}
