//! `s3_bucket_mfa_delete`

use macros::check;
use model::{Verdict, when};

use crate::views::s3::{Bucket, VersioningStatus};

/// Versions of objects in S3 buckets are deleted only with a second factor
///
/// Versioning keeps what is overwritten or deleted, but whoever may delete versions can still remove all of
/// them, with a key that was stolen or a script that went wrong. With MFA delete, that and turning off
/// versioning take the code of the root user's device. Buckets without versions are not judged here.
///
/// ## Fix
/// MFA delete is turned on by the root user alone, with the CLI: `aws s3api put-bucket-versioning` with
/// `MFADelete=Enabled` and the code of the device. Lifecycle rules do not work in such a bucket. Where they
/// are needed, or the root user has no credentials, S3 Object Lock protects versions as well.
/// ```account,fail
/// { "Type": "AWS::S3::Bucket", "Properties": { "VersioningConfiguration": { "Status": "Enabled" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::S3::Bucket",
///   "Properties": { "VersioningConfiguration": { "Status": "Enabled" }, "Observed": { "MfaDelete": "Enabled" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::S3::Bucket" }
/// ```
/// ```account,unknown
/// { "Type": "AWS::S3::Bucket",
///   "Properties": { "VersioningConfiguration": { "Status": { "Denied": "s3:GetBucketVersioning" } },
///     "Observed": { "MfaDelete": { "Denied": "s3:GetBucketVersioning" } } } }
/// ```
#[check(REL09_BP02, SEC08_BP04, severity = Low, effort = Medium, needs = [Testing], fsbp = ["S3.20"], cis = ["v3.0.0:2.1.2", "v5.0.0:2.1.2"], code = Never)]
fn s3_bucket_mfa_delete(bucket: &Bucket) -> Verdict {
    let is_versioned = bucket.versioning_configuration.status.must_be(VersioningStatus::Enabled);
    when(is_versioned, || bucket.mfa_delete.must_be("Enabled"))
}
