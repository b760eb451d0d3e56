//! `ec2_instance_oversized`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::computeoptimizer::{OfInstance, estimated, must_not_find, recommended};
use crate::views::ec2::Instance;

/// EC2 instances are as large as their work needs
///
/// An instance that is twice as large as it has to be costs twice as much, every hour. AWS Compute Optimizer
/// weighs processors, memory, network and disks of a fortnight against the sizes there are. Without it, a
/// peak of the processors that the next smaller size would barely carry justifies the size; lower ones say
/// nothing, because EC2 does not measure memory.
///
/// ## Fix
/// Change to the type that Compute Optimizer recommends (`RecommendationOptions`), which takes a stop and a
/// start, and let the application run under load before you reserve capacity for it. Enrol the account in
/// Compute Optimizer, and have the CloudWatch agent measure memory, where there is no recommendation.
/// ```account,fail
/// [{"Type": "AWS::EC2::Instance", "Id": "i-1", "Arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
///   "Properties": {"InstanceType": "m7i.4xlarge", "Observed": {"State": "running",
///     "Metrics": {"CPUUtilization": {"Maximum": 81, "Average": 4, "Days": 14}}}}},
///  {"Type": "Pilaster::InstanceRecommendation", "Properties": {"Finding": "Overprovisioned",
///   "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1"}}]
/// ```
/// ```account,pass
/// {"Listed": ["Pilaster::InstanceRecommendation"], "Resources": [
///   {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7i.4xlarge", "Observed": {"State": "running",
///     "Metrics": {"CPUUtilization": {"Maximum": 81, "Average": 34, "Days": 14}}}}}]}
/// ```
/// ```account,unknown
/// {"Listed": ["Pilaster::InstanceRecommendation"], "Resources": [
///   {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7i.4xlarge", "Observed": {"State": "running",
///     "Metrics": {"CPUUtilization": {"Maximum": 12, "Average": 3, "Days": 14}}}}}]}
/// ```
#[check(
    COST06_BP02, PERF02_BP04, SUS05_BP01,
    severity = Medium, effort = Medium, needs = [Downtime, Testing], code = Never,
    thresholds(cpu_percent = 40, days = 7),
    saves = estimated(around, &instance.at)
)]
fn ec2_instance_oversized(instance: &Instance, around: &Inventory, settings: &Settings) -> Verdict {
    let (days, percent) = (settings.number("days"), settings.number("cpu_percent") as f64);
    when(instance.is_running(), || {
        recommended::<OfInstance>(
            around,
            &instance.at,
            |recommendation| must_not_find(&recommendation.finding, "Overprovisioned"),
            || instance.cpu.over(days, |cpu| cpu.maximum.must_be_at_least(percent).weakened()),
        )
    })
}
