//! `ebs_volume_gp2_to_gp3`

use macros::check;
use model::Verdict;

use crate::views::ec2::Volumes;

/// General purpose volumes are of type gp3
///
/// A gp3 volume costs a fifth less per gigabyte than gp2 and has 3,000 operations per second from the
/// start, which gp2 reaches at 1,000 GiB only; smaller gp2 volumes slow down when their burst credits
/// are used up. A volume that says nothing is gp2.
///
/// ## Fix
/// Set `VolumeType: gp3`. The change is made while the volume is in use. For gp2 volumes above 1,000 GiB
/// set `Iops` (and above 334 GiB `Throughput`) to what they had, if that is needed.
/// ```yaml,fail
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100 }
/// ```
/// ```yaml,fail
/// Type: AWS::EC2::LaunchTemplate
/// Properties:
///   LaunchTemplateData:
///     BlockDeviceMappings: [{ DeviceName: /dev/xvda, Ebs: { VolumeType: gp2 } }]
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100, VolumeType: gp3 }
/// ```
#[check(COST06_BP02, PERF03_BP02, COST10_BP02, severity = Low)]
fn ebs_volume_gp2_to_gp3(volumes: &Volumes) -> Verdict {
    match volumes {
        // AWS CloudFormation and the API make gp2 of a volume that says nothing. What a machine is
        // launched with follows its image there.
        Volumes::One(volume) => volume.volume_type.clone().with_default("gp2").must_not_be("gp2"),
        Volumes::OfMachine(_) => volumes.all(|volume| volume.volume_type.must_not_be("gp2")),
    }
}
