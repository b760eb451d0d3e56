//! `s3_bucket_versioning`

use macros::check;
use model::Verdict;

use crate::views::s3::{Bucket, VersioningStatus};

/// S3 buckets keep earlier versions of their objects
///
/// An overwrite or a delete in a bucket without versioning is final: a bug, a mistake or an intruder
/// destroys data for which there may be no other copy. With versioning on, the earlier version is one
/// call away.
///
/// ## Fix
/// Enable versioning, and add a lifecycle rule that removes versions once they are too old to be of
/// use, so that storage does not grow without bound.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties: { VersioningConfiguration: { Status: Suspended } }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties: { VersioningConfiguration: { Status: Enabled } }
/// ```
#[check(REL09_BP01, SEC08_BP04, severity = Medium, needs = [Money], fsbp = ["S3.14"])]
fn s3_bucket_versioning(bucket: &Bucket) -> Verdict {
    bucket.versioning_configuration.status.must_be(VersioningStatus::Enabled)
}
