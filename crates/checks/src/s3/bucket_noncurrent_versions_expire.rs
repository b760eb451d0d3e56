//! `s3_bucket_noncurrent_versions_expire`

use macros::check;
use model::{Verdict, when};

use crate::views::s3::Bucket;

/// Versioned S3 buckets expire or archive old versions
///
/// In a versioned bucket an overwritten or deleted object stays, unseen, and is paid for at full price.
/// A file of a gigabyte that a job rewrites every night costs a terabyte after three years.
///
/// ## Fix
/// Add an enabled rule with `NoncurrentVersionExpiration` (or a transition to an archive class), long
/// enough for a mistake to be noticed: 30 to 90 days are usual.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties: { VersioningConfiguration: { Status: Enabled } }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   VersioningConfiguration: { Status: Enabled }
///   LifecycleConfiguration:
///     Rules: [{ Id: versions, Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 60 } }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::S3::Bucket
/// ```
#[check(COST04_BP05, SUS04_BP05, severity = Low, fsbp = ["S3.10"])]
fn s3_bucket_noncurrent_versions_expire(bucket: &Bucket) -> Verdict {
    when(bucket.versioning_configuration.status.must_be_set(), || {
        bucket.lifecycle_rules.any("an enabled rule for noncurrent versions", |rule| {
            rule.is_enabled() & rule.handles_noncurrent_versions()
        })
    })
}
