//! `ec2_gpu_instance_underused`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::instance_class::has_gpus;
use crate::views::computeoptimizer::{OfInstance, Utilization, estimated, recommended};
use crate::views::ec2::Instance;

/// The API writes the names of metrics now one way, now the other (`Cpu`, `CPU`). Of each it gives the largest
/// value of the time it looked at, and no other (AWS Compute Optimizer API Reference, `UtilizationMetric`).
fn is_of_gpus(metric: &Utilization) -> Verdict {
    metric.name.must("GPU_PERCENTAGE", |name| name.eq_ignore_ascii_case("GPU_PERCENTAGE"))
}

/// EC2 instances with GPUs use them
///
/// Instances with GPUs cost several times as much as others of the same processors and memory. Where the
/// GPUs wait, for data, for a job, or for code that was never told of them, nearly all of it is paid for
/// nothing. The use of GPUs is measured by the CloudWatch agent only, and judged by what AWS Compute
/// Optimizer makes of it.
///
/// ## Fix
/// Feed the GPUs or share them among more work, take a type with fewer of them, or one without. Run training
/// as jobs that end their instances. Where nothing is measured, have the CloudWatch agent collect
/// `nvidia_smi_utilization_gpu` and enrol the account in Compute Optimizer.
/// ```account,fail
/// [{"Type": "AWS::EC2::Instance", "Id": "i-1", "Arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
///   "Properties": {"InstanceType": "g5.2xlarge", "Observed": {"State": "running"}}},
///  {"Type": "Pilaster::InstanceRecommendation", "Properties": {"Finding": "Overprovisioned",
///   "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
///   "UtilizationMetrics": [{"name": "Gpu_Percentage", "statistic": "MAXIMUM", "value": 3.5}]}}]
/// ```
/// ```account,pass
/// [{"Type": "AWS::EC2::Instance", "Id": "i-1", "Arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
///   "Properties": {"InstanceType": "g5.2xlarge", "Observed": {"State": "running"}}},
///  {"Type": "Pilaster::InstanceRecommendation", "Properties": {"Finding": "Optimized",
///   "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
///   "UtilizationMetrics": [{"name": "GPU_PERCENTAGE", "statistic": "Maximum", "value": 88}]}}]
/// ```
/// ```account,unknown
/// {"Listed": ["Pilaster::InstanceRecommendation"], "Resources": [
///   {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "g5.2xlarge", "Observed": {"State": "running"}}}]}
/// ```
/// ```account,not_applicable
/// {"Listed": ["Pilaster::InstanceRecommendation"], "Resources": [
///   {"Type": "AWS::EC2::Instance", "Properties": {"InstanceType": "m7g.large", "Observed": {"State": "running"}}}]}
/// ```
#[check(
    PERF02_BP06, SUS05_BP04, COST06_BP02,
    severity = Medium, effort = Medium, needs = [Testing], code = Never,
    thresholds(gpu_percent = 10),
    saves = estimated(around, &instance.at)
)]
fn ec2_gpu_instance_underused(instance: &Instance, around: &Inventory, settings: &Settings) -> Verdict {
    let least = settings.number("gpu_percent") as f64;
    when(instance.is_running() & instance.instance_type.must("a type with GPUs", |class| has_gpus(class)), || {
        let unmeasured = "a measure of its GPUs";
        recommended::<OfInstance>(
            around,
            &instance.at,
            |recommendation| {
                let metrics = &recommendation.utilization_metrics;
                metrics.any(unmeasured, |metric| is_of_gpus(&metric)).weakened()
                    & metrics.all(|metric| when(is_of_gpus(&metric), || metric.value.must_be_at_least(least)))
            },
            || around.referring::<OfInstance>("ResourceArn", &instance.at).must_exist(unmeasured).weakened(),
        )
    })
}
