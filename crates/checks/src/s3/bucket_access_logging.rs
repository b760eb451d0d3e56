//! `s3_bucket_access_logging`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::cloudtrail::Trail;
use crate::views::s3::Bucket;

/// S3 buckets record who reads and writes their objects
///
/// After a leak the first question is what was read, and by whom. Reads of objects appear in no log
/// unless the bucket writes server access logs or a trail records data events for it. A bucket that
/// receives the access logs of others is left out: logging it as well would make it log itself.
///
/// ## Fix
/// Set `LoggingConfiguration` with a `DestinationBucketName` of a separate bucket whose policy admits
/// `logging.s3.amazonaws.com`, or record data events of S3 in a trail.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties: { LoggingConfiguration: { DestinationBucketName: access-logs, LogFilePrefix: images/ } }
/// ```
#[check(SEC04_BP01, severity = Medium, effort = Medium, needs = [Money], fsbp = ["S3.9"], code = Partly)]
fn s3_bucket_access_logging(bucket: &Bucket, around: &Inventory) -> Verdict {
    let receives_no_logs = around
        .referring::<Bucket>("LoggingConfiguration.DestinationBucketName", &bucket.at)
        .all(|other| other.logging.must_be_unset());
    // That no trail does it in its place says nothing of the bucket.
    when(receives_no_logs, || {
        bucket.must_log_access().or_perhaps(Trail::any(around, &bucket.at, |trail| trail.records_object_events()))
    })
}
