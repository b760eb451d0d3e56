//! `s3_bucket_storage_class_fit`

use findings::Settings;
use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::S3::Bucket")]
struct Bucket<'a> {
    at: At<'a>,
    #[view(path = "LifecycleConfiguration.Rules")]
    rules: List<'a, Rule<'a>>,
    /// What lies in the class Standard.
    #[view(path = "Observed.Metrics.BucketSizeBytes")]
    size: Metric<'a>,
}

#[derive(Debug, View)]
struct Rule<'a> {
    at: At<'a>,
    status: Fact<'a, Text<'a>>,
    transitions: At<'a>,
    expiration_in_days: Fact<'a, i64>,
    /// Of an empty one, every object's name begins with it.
    #[view(default = "")]
    prefix: Fact<'a, Text<'a>>,
    tag_filters: At<'a>,
    object_size_less_than: At<'a>,
}

impl Rule<'_> {
    /// It applies to all that is worth moving: small objects may be left out. How much of the bucket any other
    /// filter lets through is not known.
    fn is_for_all(&self) -> Verdict {
        let is_whole =
            self.prefix.must_be("") & self.tag_filters.must_be_unset() & self.object_size_less_than.must_be_unset();
        is_whole.weakened()
    }
}

/// Large S3 buckets move what is seldom read to a cheaper class
///
/// The class Standard is meant for data that are read often. Most of what lies in a bucket is not: after some
/// weeks hardly anybody asks for it, and it costs up to five times what it would in a class for such data.
/// Judged are buckets with a lot in Standard, by whether any rule moves it elsewhere or removes it soon. What
/// a rule for a prefix, for tags or for small objects does for the whole bucket is not known.
///
/// ## Fix
/// Add a rule with `Transitions` to `INTELLIGENT_TIERING`, which needs no knowledge of who reads what, or to
/// `STANDARD_IA` or `GLACIER_IR` where it is known that hardly anybody does. Every object moved costs a
/// request: leave out small ones with `ObjectSizeGreaterThan`.
/// ```account,fail
/// {"Type": "AWS::S3::Bucket", "Properties": {"Observed": {
///   "Metrics": {"BucketSizeBytes": {"Average": 8400000000000, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::S3::Bucket", "Properties": {
///   "LifecycleConfiguration": {"Rules": [{"Status": "Enabled",
///     "Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "Days": 0}]}]},
///   "Observed": {"Metrics": {"BucketSizeBytes": {"Average": 8400000000000, "Days": 14}}}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::S3::Bucket", "Properties": {
///   "LifecycleConfiguration": {"Rules": [{"Status": "Enabled", "Prefix": "logs/",
///     "Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "Days": 0}]}]},
///   "Observed": {"Metrics": {"BucketSizeBytes": {"Average": 8400000000000, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::S3::Bucket", "Properties": {"Observed": {
///   "Metrics": {"BucketSizeBytes": {"Average": 84000000, "Days": 14}}}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::S3::Bucket", "Properties": {
///   "LifecycleConfiguration": {"Rules": {"Denied": "s3:GetLifecycleConfiguration"}},
///   "Observed": {"Metrics": {"BucketSizeBytes": {"Average": 8400000000000, "Days": 14}}}}}
/// ```
#[check(
    COST06_BP02, SUS04_BP02,
    severity = Medium, code = Never,
    thresholds(gigabytes = 1000, short_lived_days = 90)
)]
fn s3_bucket_storage_class_fit(bucket: &Bucket, settings: &Settings) -> Verdict {
    let (large, short) = (settings.number("gigabytes") as f64 * 1e9, settings.number("short_lived_days"));
    when(bucket.size.over(1, |size| size.average.must_be_at_least(large)), || {
        bucket.rules.any("an enabled rule that moves objects, or removes them soon", |rule| {
            rule.status.must_be("Enabled")
                & (rule.transitions.must_be_set() | rule.expiration_in_days.must_be_at_most(short))
                & rule.is_for_all()
        })
    })
}
