//! `s3_bucket_lifecycle_rules`

use macros::check;
use model::Verdict;

use crate::views::s3::Bucket;

/// S3 buckets have a lifecycle rule in force
///
/// Without a rule every object is kept for ever in the class it was written to, and the bill grows with
/// every day the system runs. What nobody reads any more costs a fraction in an archive class, and
/// nothing once it is gone.
///
/// ## Fix
/// Add a rule to `LifecycleConfiguration` with `Status: Enabled` that moves objects to a cheaper class
/// or expires them once they are no longer of use. Where the pattern of access is not known, store in
/// `INTELLIGENT_TIERING`. Find out how long the data must be kept before you let it expire.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   LifecycleConfiguration:
///     Rules: [{ Id: archive, Status: Enabled, Transitions: [{ StorageClass: GLACIER_IR, TransitionInDays: 90 }] }]
/// ```
#[check(COST04_BP05, SUS04_BP03, SEC07_BP04, severity = Low, fsbp = ["S3.13"])]
fn s3_bucket_lifecycle_rules(bucket: &Bucket) -> Verdict {
    bucket.lifecycle_rules.any("an enabled rule", |rule| rule.is_enabled())
}
