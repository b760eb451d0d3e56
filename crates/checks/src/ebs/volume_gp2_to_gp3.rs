//! `ebs_volume_gp2_to_gp3`

use findings::Saving;
use macros::check;
use model::{FromAt, State, Verdict};

use crate::cost::{given, known};
use crate::views::ec2::{Storage, Volumes, gp2_and_gp3};

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
#[check(COST06_BP02, PERF03_BP02, COST10_BP02, severity = Low, saves = change_of_type(volumes))]
fn ebs_volume_gp2_to_gp3(volumes: &Volumes) -> Verdict {
    match volumes {
        // AWS CloudFormation and the API make gp2 of a volume that says nothing. What a machine is
        // launched with follows its image there.
        Volumes::One(volume) => volume.volume_type.clone().with_default("gp2").must_not_be("gp2"),
        Volumes::OfMachine(_) => volumes.all(|volume| volume.volume_type.must_not_be("gp2")),
    }
}

fn change_of_type(volumes: &Volumes<'_>) -> Option<Saving> {
    match volumes {
        Volumes::One(volume) => {
            let (gp2, gp3) = gp2_and_gp3(known(&Storage::from_at(volume.at.clone()).size)?)?;
            gp2.less(gp3)
        }
        Volumes::OfMachine(machine) => {
            // How many machines are made from a template is not known.
            given(machine.is_instance())?;
            let State::Set(devices) = machine.launch.block_device_mappings.state() else { return None };
            let gp2 = devices.iter().filter(|device| device.ebs.volume_type.state() == State::Set("gp2"));
            let sizes: Vec<i64> = gp2.map(|device| known(&device.ebs.volume_size)).collect::<Option<_>>()?;
            let costs = sizes.into_iter().map(gp2_and_gp3).collect::<Option<Vec<_>>>()?;
            let (now, then) =
                costs.into_iter().reduce(|all, next| (all.0.and(Some(next.0)), all.1.and(Some(next.1))))?;
            now.less(then)
        }
    }
}
