//! `ec2_instance_graviton_candidate`

use findings::Saving;
use macros::check;
use model::Verdict;

use crate::cost::known;
use crate::instance_class::{family, in_family};
use crate::views::ec2::{Machine, on_demand};

/// Families with Intel or AMD processors, and the family with Graviton that takes their place (EC2
/// on-demand price list, us-east-1, 2026-07-20: every pair is offered, and the second costs less for the
/// same size).
const SIBLINGS: [(&str, &str); 47] = [
    ("c5", "c7g"),
    ("c5a", "c7g"),
    ("c5ad", "c6gd"),
    ("c5d", "c7gd"),
    ("c5n", "c6gn"),
    ("c6a", "c7g"),
    ("c6i", "c7g"),
    ("c6id", "c7gd"),
    ("c7a", "c8g"),
    ("c7i", "c8g"),
    ("c7i-flex", "c8g"),
    ("c8a", "c8g"),
    ("c8i", "c8g"),
    ("c8i-flex", "c8g"),
    ("i3", "i4g"),
    ("i4i", "i4g"),
    ("i7i", "i8g"),
    ("i7ie", "i8ge"),
    ("m5", "m7g"),
    ("m5a", "m7g"),
    ("m5ad", "m6gd"),
    ("m5d", "m7gd"),
    ("m6a", "m7g"),
    ("m6i", "m7g"),
    ("m6id", "m7gd"),
    ("m7a", "m8g"),
    ("m7i", "m8g"),
    ("m7i-flex", "m8g"),
    ("m8a", "m8g"),
    ("m8i", "m8g"),
    ("m8i-flex", "m8g"),
    ("r5", "r7g"),
    ("r5a", "r7g"),
    ("r5ad", "r6gd"),
    ("r5d", "r7gd"),
    ("r6a", "r7g"),
    ("r6i", "r7g"),
    ("r6id", "r7gd"),
    ("r7a", "r8g"),
    ("r7i", "r8g"),
    ("r8a", "r8g"),
    ("r8i", "r8g"),
    ("r8i-flex", "r8g"),
    ("t2", "t4g"),
    ("t3", "t4g"),
    ("t3a", "t4g"),
    ("x8i", "x8g"),
];

/// Instances run on Graviton where it can take their place
///
/// Graviton instances cost 5 to 25 % less than Intel or AMD instances of the same size, do at least as
/// much work, and need up to 60 % less energy for it. Most of what runs on Linux in an interpreted or managed language runs there
/// unchanged. Software that exists for x86 only, and Windows, have to stay: waive the check for those.
///
/// ## Fix
/// Build the image and the dependencies for arm64, test them under load, and change `InstanceType`
/// together with `ImageId`: `m6i` becomes `m7g`, `t3` becomes `t4g`.
/// ```yaml,fail
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m6i.large }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7g.large }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: g6.xlarge }
/// ```
#[check(
    COST06_BP02, SUS05_BP02, PERF02_BP01,
    severity = Low, effort = Medium, needs = [Downtime, Testing],
    saves = on_graviton(machine)
)]
fn ec2_instance_graviton_candidate(machine: &Machine) -> Verdict {
    let instance_type = &machine.launch.instance_type;
    instance_type.and_then(|found| match sibling(found) {
        Some(graviton) => instance_type.must(&format!("{graviton}, which has Graviton"), |_| false),
        None => instance_type.must("a type without a sibling that has Graviton", |_| true),
    })
}

fn sibling(class: &str) -> Option<&'static str> {
    SIBLINGS.iter().find(|(x86, _)| family(class) == Some(*x86)).map(|(_, graviton)| *graviton)
}

fn on_graviton(machine: &Machine<'_>) -> Option<Saving> {
    let now = known(&machine.launch.instance_type)?;
    let then = in_family(now, sibling(now)?)?;
    on_demand(&machine.at, now)?.less(on_demand(&machine.at, &then)?)
}
