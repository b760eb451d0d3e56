//! `ec2_instance_current_generation`

use findings::Saving;
use macros::check;
use model::Verdict;

use crate::cost::known;
use crate::instance_class::{family, in_family};
use crate::views::ec2::{Machine, on_demand};

/// Families that EC2 counts as of a previous generation (Amazon EC2 Instance Types guide, "Previous
/// generation instances"). `t2` is not among them, though `t3` costs less.
const PREVIOUS: [&str; 22] = [
    "a1", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "g2", "g3", "g3s", "hi1", "hs1", "i2", "m1", "m2", "m3", "m4",
    "p2", "r3", "r4", "t1",
];

/// Instances are of a current generation
///
/// Each generation does more work for the same money and for less energy: an `m4.large` costs a fifth
/// more than an `m7g.large`, and is slower. Old families run out of spare capacity,
/// lack newer features such as Nitro isolation, and are retired in the end.
///
/// ## Fix
/// Change `InstanceType` to a newer family of the same kind (`m4` to `m7i` or `m7g`). Check that the
/// image has drivers for NVMe and ENA. The instance is stopped and started again.
/// ```yaml,fail
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m4.large }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7i.large }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::LaunchTemplate
/// Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0 } }
/// ```
#[check(
    PERF02_BP01, COST10_BP02, SUS06_BP03,
    severity = Low, needs = [Downtime, Testing], fsbp = ["EC2.24"],
    saves = renewed(machine)
)]
fn ec2_instance_current_generation(machine: &Machine) -> Verdict {
    let instance_type = &machine.launch.instance_type;
    instance_type.and_then(|_| {
        instance_type
            .must("a current generation", |found| family(found).is_none_or(|family| !PREVIOUS.contains(&family)))
    })
}

/// Families and a current one with processors of the same kind whose sizes have no fewer processors and no less memory,
/// but for `c4.8xlarge` (Amazon EC2 Instance Types guide, "Specifications"). The others have disks or accelerators that no
/// other family has so.
const SUCCESSORS: [(&str, &str); 7] =
    [("c3", "c6i"), ("c4", "c6i"), ("m3", "m6i"), ("m4", "m6i"), ("r3", "r6i"), ("r4", "r6i"), ("t1", "t3")];

fn renewed(machine: &Machine<'_>) -> Option<Saving> {
    let now = known(&machine.launch.instance_type).filter(|now| *now != "c4.8xlarge")?;
    let (_, successor) = SUCCESSORS.iter().find(|(old, _)| family(now) == Some(*old))?;
    on_demand(&machine.at, now)?.less(on_demand(&machine.at, &in_family(now, successor)?)?)
}
