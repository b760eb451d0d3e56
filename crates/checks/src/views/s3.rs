//! Amazon S3.

use model::{At, Fact, List, Tags, Text, View, Word};

use crate::policy::Policy;

/// A bucket.
#[derive(Debug, View)]
#[view("AWS::S3::Bucket")]
pub(crate) struct Bucket<'a> {
    pub(crate) at: At<'a>,
    pub(crate) access_control: Fact<'a, Text<'a>>,
    pub(crate) public_access_block_configuration: PublicAccessBlock<'a>,
    pub(crate) versioning_configuration: Versioning<'a>,
    #[view(path = "BucketEncryption.ServerSideEncryptionConfiguration")]
    pub(crate) encryption: List<'a, EncryptionRule<'a>>,
    #[view(path = "LifecycleConfiguration.Rules")]
    pub(crate) lifecycle_rules: List<'a, LifecycleRule<'a>>,
    #[view(path = "LoggingConfiguration")]
    pub(crate) logging: At<'a>,
    pub(crate) tags: Tags<'a>,
}

/// The four switches against public access.
///
/// S3 turns all four on for every bucket created since April 2023, by whatever means, unless told
/// otherwise (Amazon S3 User Guide, "Default settings for new S3 buckets FAQ"). A bucket that exists
/// and reports no configuration has none.
#[derive(Debug, View)]
pub(crate) struct PublicAccessBlock<'a> {
    pub(crate) at: At<'a>,
    #[view(default = true, account = false)]
    pub(crate) block_public_acls: Fact<'a, bool>,
    #[view(default = true, account = false)]
    pub(crate) ignore_public_acls: Fact<'a, bool>,
    #[view(default = true, account = false)]
    pub(crate) block_public_policy: Fact<'a, bool>,
    #[view(default = true, account = false)]
    pub(crate) restrict_public_buckets: Fact<'a, bool>,
}

#[derive(Debug, View)]
pub(crate) struct Versioning<'a> {
    pub(crate) at: At<'a>,
    pub(crate) status: Fact<'a, VersioningStatus>,
}

/// Whether a bucket keeps earlier versions. Unset means that it never did.
#[derive(Debug, Clone, PartialEq, Word)]
pub(crate) enum VersioningStatus {
    Enabled,
    Suspended,
    #[word(other)]
    Other(String),
}

#[derive(Debug, View)]
pub(crate) struct EncryptionRule<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "ServerSideEncryptionByDefault.SSEAlgorithm", default = "AES256")]
    pub(crate) algorithm: Fact<'a, Text<'a>>,
    #[view(path = "ServerSideEncryptionByDefault.KMSMasterKeyID")]
    pub(crate) key: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) bucket_key_enabled: Fact<'a, bool>,
}

#[derive(Debug, View)]
pub(crate) struct LifecycleRule<'a> {
    pub(crate) at: At<'a>,
    pub(crate) status: Fact<'a, Text<'a>>,
    pub(crate) prefix: Fact<'a, Text<'a>>,
    #[view(path = "AbortIncompleteMultipartUpload.DaysAfterInitiation")]
    pub(crate) abort_uploads_after_days: Fact<'a, i64>,
    pub(crate) expiration_in_days: Fact<'a, i64>,
    pub(crate) noncurrent_version_expiration: At<'a>,
    pub(crate) noncurrent_version_expiration_in_days: Fact<'a, i64>,
    pub(crate) noncurrent_version_transition: At<'a>,
    pub(crate) noncurrent_version_transitions: At<'a>,
    pub(crate) transition: At<'a>,
    pub(crate) transitions: At<'a>,
}

/// The policy of a bucket.
#[derive(Debug, View)]
#[view("AWS::S3::BucketPolicy")]
pub(crate) struct BucketPolicy<'a> {
    pub(crate) at: At<'a>,
    pub(crate) bucket: Fact<'a, Text<'a>>,
    #[view(path = "PolicyDocument")]
    pub(crate) policy: Policy<'a>,
}
