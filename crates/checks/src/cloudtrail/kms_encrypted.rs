//! `cloudtrail_kms_encrypted`

use macros::check;
use model::Verdict;

use crate::views::cloudtrail::Trail;

/// Trails encrypt their log files with a key of KMS
///
/// Logs tell an intruder which roles exist, what they do and whether anybody is watching. Encrypted with
/// a key of its own, the log can be read only by those the key's policy names, not by everyone who may
/// read the bucket, and each reading leaves a trace.
///
/// ## Fix
/// Set `KMSKeyId` to a key whose policy lets `cloudtrail.amazonaws.com` encrypt for the ARN of the trail
/// and lets those decrypt who read the logs.
/// ```yaml,fail
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs, KMSKeyId: alias/trail }
/// ```
#[check(
    SEC08_BP02, SEC08_BP01,
    severity = Medium, effort = Medium, needs = [Money, Testing],
    fsbp = ["CloudTrail.2"], cis = ["v3.0.0:3.5", "v5.0.0:3.5"]
)]
fn cloudtrail_kms_encrypted(trail: &Trail) -> Verdict {
    trail.if_own(|| trail.key.must_be_set())
}
