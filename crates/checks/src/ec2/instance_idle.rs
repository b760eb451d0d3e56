//! `ec2_instance_idle`

use findings::Settings;
use macros::check;
use model::{Verdict, when};

use crate::cost::known;
use crate::views::ec2::{Instance, on_demand};

/// EC2 instances that run have something to do
///
/// An instance is charged for every second it runs, whatever it does. One whose processors hardly ever had
/// work, and that hardly anything was sent to or from, is often left over from a test or from a system that
/// was replaced. The bounds are those below which AWS Compute Optimizer calls an instance idle (User Guide,
/// "Viewing idle resource recommendations"). Instances with accelerators are left out: what those do is not
/// among the metrics of EC2.
///
/// ## Fix
/// Find out from its tags who started the instance, take an image of it if in doubt, and terminate it; stop
/// it first where somebody may still notice. What has to run only now and then belongs into a schedule.
/// ```account,fail
/// {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7g.large", "Observed": {"State": "running",
///   "Metrics": {"CPUUtilization": {"Maximum": 2.1, "Average": 0.4, "Days": 14},
///     "NetworkIn": {"Sum": 8000000, "Days": 14}, "NetworkOut": {"Sum": 3000000, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7g.large", "Observed": {"State": "running",
///   "Metrics": {"CPUUtilization": {"Maximum": 71.5, "Average": 12, "Days": 14},
///     "NetworkIn": {"Sum": 8000000, "Days": 14}, "NetworkOut": {"Sum": 3000000, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7g.large", "Observed": {"State": "stopped",
///   "Metrics": {"CPUUtilization": {"Days": 0}, "NetworkIn": {"Days": 0}, "NetworkOut": {"Days": 0}}}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7g.large", "Observed": {"State": "running",
///   "Metrics": {"CPUUtilization": {"Denied": "cloudwatch:GetMetricData"},
///     "NetworkIn": {"Denied": "cloudwatch:GetMetricData"}, "NetworkOut": {"Denied": "cloudwatch:GetMetricData"}}}}}
/// ```
#[check(
    COST04_BP03, SUS02_BP03, SUS03_BP02,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(cpu_percent = 5, network_mb_a_day = 5, days = 7),
    saves = on_demand(&instance.at, known(&instance.instance_type)?)?.saved()
)]
fn ec2_instance_idle(instance: &Instance, settings: &Settings) -> Verdict {
    let (days, percent) = (settings.number("days"), settings.number("cpu_percent") as f64);
    let a_day = settings.number("network_mb_a_day");
    when(instance.is_running() & instance.works_by_itself(), || {
        let computes = instance.cpu.over(days, |cpu| cpu.maximum.must_be_at_least(percent));
        let talks = instance.network_in.over(days, |sent| {
            sent.days.and_then(|measured| {
                let least = (a_day * measured) as f64 * 1e6;
                sent.sum.and_then(|received| {
                    let expected = format!("{a_day} MB a day or more, with what was received");
                    instance.network_out.sum.must(&expected, |sent| received + sent >= least)
                })
            })
        });
        computes | talks
    })
}
