//! `servicequotas_usage_below_threshold`

use findings::Settings;
use macros::check;
use model::{At, Fact, Verdict, View, when};

use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("Pilaster::ServiceQuota")]
struct Quota<'a> {
    at: At<'a>,
    value: Fact<'a, f64>,
    #[view(default = false)]
    adjustable: Fact<'a, bool>,
    #[view(path = "Observed.Metrics.ResourceCount")]
    usage: Metric<'a>,
}

/// Service quotas have room for growth
///
/// At its quota a service refuses to make more: a deployment stops half way, and a group that scales under
/// load, or out of a failed zone, gets no instances at the moment it needs them. To raise a quota takes from
/// minutes to days. Judged is the highest use within the last fortnight of those quotas that can be raised
/// and of which AWS counts the use, of five services: Amazon DynamoDB, Amazon EC2, AWS Fargate, Amazon VPC and
/// Elastic Load Balancing. Quotas that were never raised may be missing, as Service Quotas lists only those of
/// which it knows the value applied to the account.
///
/// ## Fix
/// Ask for more in Service Quotas before it is needed, with room for the failure of a zone, in every Region
/// you would fail over to. Remove what is not used any more. Alarm on
/// `m1 / SERVICE_QUOTA(m1) * 100`, or turn on automatic management of quotas.
/// ```account,fail
/// {"Type": "Pilaster::ServiceQuota", "Properties": {"QuotaName": "VPCs per Region", "Value": 5.0, "Adjustable": true,
///   "Observed": {"Metrics": {"ResourceCount": {"Maximum": 5, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "Pilaster::ServiceQuota", "Properties": {"QuotaName": "VPCs per Region", "Value": 50.0, "Adjustable": true,
///   "Observed": {"Metrics": {"ResourceCount": {"Maximum": 5, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "Pilaster::ServiceQuota", "Properties": {"QuotaName": "VPCs per Region", "Value": 5.0, "Adjustable": true,
///   "Observed": {"Metrics": {"ResourceCount": {"Days": 0}}}}}
/// ```
/// ```account,unknown
/// {"Type": "Pilaster::ServiceQuota", "Properties": {"QuotaName": "VPCs per Region", "Value": 5.0, "Adjustable": true,
///   "Observed": {"Metrics": {"ResourceCount": {"Denied": "cloudwatch:GetMetricData"}}}}}
/// ```
#[check(
    REL01_BP01, REL01_BP04, REL01_BP06,
    severity = High, code = Never,
    thresholds(percent = 80)
)]
fn servicequotas_usage_below_threshold(quota: &Quota, settings: &Settings) -> Verdict {
    let percent = settings.number("percent");
    when(quota.adjustable.must_be(true), || {
        quota.usage.over(1, |usage| {
            quota.value.and_then(|value| {
                let expected = format!("at most {percent} percent of {value}");
                usage.maximum.must(&expected, |most| *most <= value * percent as f64 / 100.0)
            })
        })
    })
}
