//! `cloudtrail_bucket_access_logging`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::Trail;
use crate::views::s3::Bucket;

/// Buckets that hold the logs of trails record who reads them
///
/// Whoever reads or removes the logs of a trail is either investigating or covering traces. The access
/// log of the bucket tells which it was. Judged is the bucket that the trail names, where it was read,
/// too.
///
/// ## Fix
/// Set `LoggingConfiguration` of the bucket with a `DestinationBucketName` of another bucket.
/// ```yaml,fail
/// Resources:
///   Trail:
///     Type: AWS::CloudTrail::Trail
///     Properties: { IsLogging: true, S3BucketName: !Ref Logs }
///   Logs: { Type: AWS::S3::Bucket }
/// ```
/// ```yaml,pass
/// Resources:
///   Trail:
///     Type: AWS::CloudTrail::Trail
///     Properties: { IsLogging: true, S3BucketName: !Ref Logs }
///   Logs:
///     Type: AWS::S3::Bucket
///     Properties: { LoggingConfiguration: { DestinationBucketName: access-logs } }
/// ```
#[check(SEC04_BP01, severity = Low, fsbp = ["CloudTrail.7"], cis = ["v3.0.0:3.4", "v5.0.0:3.4"], code = Partly)]
fn cloudtrail_bucket_access_logging(trail: &Trail, around: &Inventory) -> Verdict {
    trail.if_own(|| around.linked::<Bucket>(&trail.bucket).and_then(|bucket| bucket.must_log_access()))
}
