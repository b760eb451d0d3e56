//! `ebs_volume_iops_overprovisioned`

use findings::{Saving, Settings};
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::cost::known;
use crate::instance_class::family;
use crate::views::ec2::{Instance, gp3_iops, provisioned_iops};
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::EC2::Volume")]
struct Volume<'a> {
    at: At<'a>,
    volume_type: Fact<'a, Text<'a>>,
    iops: Fact<'a, f64>,
    #[view(path = "MultiAttachEnabled", default = false)]
    shared: Fact<'a, bool>,
    #[view(path = "Observed.Metrics.VolumeReadOps")]
    reads: Metric<'a>,
    #[view(path = "Observed.Metrics.VolumeWriteOps")]
    writes: Metric<'a>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::VolumeAttachment")]
struct Attachment<'a> {
    at: At<'a>,
    instance_id: Fact<'a, Text<'a>>,
}

/// What every volume of type `gp3` has without a charge.
const FREE: f64 = 3000.0;

/// Families that run on Xen, of whose volumes the largest value of a minute is not reported (Amazon EC2
/// Instance Types, "Xen-based instances"; Amazon EBS User Guide, "CloudWatch metrics").
const XEN: [&str; 23] = [
    "c1", "c3", "c4", "d2", "f1", "g2", "g3", "g3s", "h1", "i2", "i3", "m1", "m2", "m3", "m4", "p2", "p3", "r3", "r4",
    "t1", "t2", "x1", "x1e",
];

/// Block storage volumes use the operations per second that they are provisioned with
///
/// Operations per second of `io1` and `io2`, and those above 3,000 of `gp3`, are charged by the month, used
/// or not; for the first two they are often most of the price. A volume that in its busiest minute of a
/// fortnight did not come to half of what it has was given too much. Shorter peaks do not show, and volumes
/// of instances that do not run on Nitro are not judged.
///
/// ## Fix
/// Lower `Iops`, or change the volume to `gp3`, which takes up to 80,000 (500 for every GiB), if its latency
/// is good enough. Both work while the volume is in use. Watch the queue of the volume afterwards.
/// ```account,fail
/// [{"Type": "AWS::EC2::Volume", "Id": "vol-1", "Properties": {"VolumeType": "io2", "Iops": "12000", "Observed": {
///    "Metrics": {"VolumeReadOps": {"Maximum": 60000, "Days": 14}, "VolumeWriteOps": {"Maximum": 30000, "Days": 14}}}}},
///  {"Type": "AWS::EC2::VolumeAttachment", "Properties": {"VolumeId": "vol-1", "InstanceId": "i-1"}},
///  {"Type": "AWS::EC2::Instance", "Id": "i-1", "Properties": {"InstanceType": "m7i.large"}}]
/// ```
/// ```account,pass
/// [{"Type": "AWS::EC2::Volume", "Id": "vol-1", "Properties": {"VolumeType": "io2", "Iops": "12000", "Observed": {
///    "Metrics": {"VolumeReadOps": {"Maximum": 600000, "Days": 14}, "VolumeWriteOps": {"Maximum": 30000, "Days": 14}}}}},
///  {"Type": "AWS::EC2::VolumeAttachment", "Properties": {"VolumeId": "vol-1", "InstanceId": "i-1"}},
///  {"Type": "AWS::EC2::Instance", "Id": "i-1", "Properties": {"InstanceType": "m7i.large"}}]
/// ```
/// ```account,not_applicable
/// [{"Type": "AWS::EC2::Volume", "Id": "vol-1", "Properties": {"VolumeType": "gp3", "Iops": "3000", "Observed": {
///    "Metrics": {"VolumeReadOps": {"Maximum": 60, "Days": 14}, "VolumeWriteOps": {"Maximum": 30, "Days": 14}}}}},
///  {"Type": "AWS::EC2::VolumeAttachment", "Properties": {"VolumeId": "vol-1", "InstanceId": "i-1"}},
///  {"Type": "AWS::EC2::Instance", "Id": "i-1", "Properties": {"InstanceType": "m7i.large"}}]
/// ```
#[check(
    COST06_BP02, SUS04_BP04, PERF03_BP03,
    severity = Low, needs = [Testing], code = Never,
    thresholds(percent = 50, days = 7),
    saves = fewer_iops(volume, settings)
)]
fn ebs_volume_iops_overprovisioned(volume: &Volume, around: &Inventory, settings: &Settings) -> Verdict {
    let (percent, days) = (settings.number("percent"), settings.number("days"));
    let charged = volume.volume_type.must_be_one_of(&["io1", "io2"])
        | (volume.volume_type.must_be("gp3") & volume.iops.must("more than 3000", |iops| *iops > FREE));
    let on_nitro = || {
        around.referring::<Attachment>("VolumeId", &volume.at).any("an instance on Nitro", |attachment| {
            around.linked::<Instance>(&attachment.instance_id).and_then(|instance| {
                instance.instance_type.must("a type on Nitro", |class| !family(class).is_some_and(|f| XEN.contains(&f)))
            })
        })
    };
    when(charged & volume.shared.must_be(false), || {
        when(on_nitro(), || {
            volume.reads.over(days, |reads| {
                volume.iops.and_then(|iops| {
                    let expected = format!("with reads {percent} percent or more of {iops} a second for a minute");
                    reads.maximum.and_then(|reads| {
                        let judge = |writes: &f64| (reads + writes) / 60.0 >= iops * percent as f64 / 100.0;
                        volume.writes.maximum.must(&expected, judge)
                    })
                })
            })
        })
    })
}

/// The fewest that io1 and io2 volumes can have (Amazon EBS User Guide, "Provisioned IOPS SSD volumes").
const FEWEST: f64 = 100.0;

/// With as many IOPS left as would have been used enough.
fn fewer_iops(volume: &Volume<'_>, settings: &Settings) -> Option<Saving> {
    let (kind, now) = (known(&volume.volume_type)?, known(&volume.iops)?);
    let peak = (known(&volume.reads.maximum)? + known(&volume.writes.maximum)?) / 60.0;
    let enough = peak * 100.0 / settings.number("percent").max(1) as f64;
    let least = if kind == "gp3" { FREE } else { FEWEST };
    let then = enough.ceil().max(least).min(now);
    match kind {
        "gp3" => {
            let now = gp3_iops((now - FREE) as i64)?;
            match gp3_iops((then - FREE) as i64) {
                Some(then) => now.less(then),
                None => now.saved(),
            }
        }
        _ => provisioned_iops(kind, now as i64)?.less(provisioned_iops(kind, then as i64)?),
    }
}
