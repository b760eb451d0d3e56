//! `s3_bucket_kms_encryption`

use findings::Settings;
use macros::check;
use model::{Verdict, any, when};

use crate::views::s3::Bucket;

/// S3 buckets with classified data encrypt it with a key of KMS
///
/// Every bucket is encrypted, but with the keys of S3 whoever may read the object may read its content,
/// and no log tells when it was decrypted. A key of KMS is a second lock with a policy of its own: its
/// use shows in CloudTrail, and disabling it closes the data at once. Judged are buckets whose tags say
/// that they hold classified data.
///
/// ## Fix
/// Set `BucketEncryption` to `aws:kms` with a customer managed key and `BucketKeyEnabled: true`, which
/// keeps the number of charged calls to KMS low. Principals that read or write the bucket need rights on
/// the key.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties: { Tags: [{ Key: DataClassification, Value: Confidential }] }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   Tags: [{ Key: DataClassification, Value: Confidential }]
///   BucketEncryption:
///     ServerSideEncryptionConfiguration:
///       - { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: alias/reports } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::S3::Bucket
/// ```
#[check(
    SEC08_BP02, SEC08_BP01,
    severity = Medium, needs = [Money, Testing], fsbp = ["S3.17"],
    thresholds(
        tag_keys = ["DataClassification", "Classification", "data-classification"],
        classified = ["Confidential", "confidential", "Restricted", "restricted", "Secret", "secret", "Sensitive", "sensitive", "PII"]
    )
)]
fn s3_bucket_kms_encryption(bucket: &Bucket, settings: &Settings) -> Verdict {
    let classified: Vec<&str> = settings.words("classified").iter().map(String::as_str).collect();
    when(any(settings.words("tag_keys").iter().map(|key| bucket.tags.must_have(key, &classified))), || {
        bucket
            .encryption
            .any("encryption with a key of KMS", |rule| rule.algorithm.must_be_one_of(&["aws:kms", "aws:kms:dsse"]))
    })
}
