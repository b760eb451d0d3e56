//! `s3_bucket_incomplete_uploads_expire`

use findings::Settings;
use macros::check;
use model::Verdict;

use crate::views::s3::Bucket;

/// S3 buckets clear away uploads that were never finished
///
/// The parts of a multipart upload that broke off stay in the bucket and are charged for, but no
/// listing of objects shows them. Only a lifecycle rule removes them by itself.
///
/// ## Fix
/// Add an enabled rule without a prefix with `AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }`.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   LifecycleConfiguration:
///     Rules: [{ Id: uploads, Status: Enabled, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]
/// ```
#[check(COST04_BP05, SUS04_BP05, severity = Low, thresholds(max_days = 7))]
fn s3_bucket_incomplete_uploads_expire(bucket: &Bucket, settings: &Settings) -> Verdict {
    bucket.lifecycle_rules.any("an enabled rule that aborts incomplete uploads", |rule| {
        rule.is_enabled()
            & rule.prefix.must_be_unset()
            & rule.abort_uploads_after_days.must_be_at_most(settings.number("max_days"))
    })
}
