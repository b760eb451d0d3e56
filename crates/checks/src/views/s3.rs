//! Amazon S3.

use model::{At, Fact, FromAt, Inventory, List, Medium, Outcome, Tags, Text, Verdict, View, Word};

use crate::policy::Policy;

/// A bucket.
#[derive(Debug, View)]
#[view("AWS::S3::Bucket")]
pub(crate) struct Bucket<'a> {
    pub(crate) at: At<'a>,
    pub(crate) access_control: Fact<'a, Text<'a>>,
    pub(crate) public_access_block_configuration: PublicAccessBlock<'a>,
    #[view(path = "OwnershipControls.Rules")]
    pub(crate) ownership: List<'a, OwnershipRule<'a>>,
    pub(crate) versioning_configuration: Versioning<'a>,
    #[view(path = "BucketEncryption.ServerSideEncryptionConfiguration")]
    pub(crate) encryption: List<'a, EncryptionRule<'a>>,
    #[view(path = "LifecycleConfiguration.Rules")]
    pub(crate) lifecycle_rules: List<'a, LifecycleRule<'a>>,
    #[view(path = "LoggingConfiguration")]
    pub(crate) logging: At<'a>,
    #[view(path = "Observed.MfaDelete")]
    pub(crate) mfa_delete: Fact<'a, Text<'a>>,
    pub(crate) tags: Tags<'a>,
}

impl Bucket<'_> {
    /// Neither its access control list nor its policy admits everyone, or the block against public
    /// access keeps them from doing so: its own, or that of the account.
    pub(crate) fn must_not_be_public(&self, around: &Inventory) -> Verdict {
        let block = &self.public_access_block_configuration;
        let is_on = |switch| block.must_have_on(switch, &self.at, around);
        // These two refuse what is to come: the deployment of code, but not what is there already.
        let refuses = |verdict: Verdict| match self.at.resource().medium {
            Medium::Code => verdict,
            Medium::Account => Verdict::not_applicable(),
        };
        let by_list = self.access_control.must_not_be_one_of(&["PublicRead", "PublicReadWrite", "AuthenticatedRead"])
            | is_on(|block| block.ignore_public_acls.must_be(true))
            | refuses(block.block_public_acls.must_be(true))
            | self.ownership.any("BucketOwnerEnforced", |rule| rule.object_ownership.must_be("BucketOwnerEnforced"));
        let by_policy =
            around.referring::<BucketPolicy>("Bucket", &self.at).all(|policy| policy.policy.must_not_admit_everyone())
                | is_on(|block| block.restrict_public_buckets.must_be(true))
                | refuses(block.block_public_policy.must_be(true));
        by_list & by_policy
    }

    /// It writes server access logs.
    pub(crate) fn must_log_access(&self) -> Verdict {
        self.logging.must_be_set()
    }
}

/// Who owns what others put into a bucket, and whether access control lists count.
#[derive(Debug, View)]
pub(crate) struct OwnershipRule<'a> {
    pub(crate) at: At<'a>,
    pub(crate) object_ownership: Fact<'a, Text<'a>>,
}

/// The four switches against public access.
///
/// S3 turns all four on for every bucket created since April 2023, by whatever means, and for every
/// access point, unless a configuration is given (Amazon S3 User Guide, "Default settings for new S3
/// buckets FAQ"). In one that is given, what is left out is off. A bucket that exists and reports no
/// configuration has none.
#[derive(Debug)]
pub(crate) struct PublicAccessBlock<'a> {
    pub(crate) block_public_acls: Fact<'a, bool>,
    pub(crate) ignore_public_acls: Fact<'a, bool>,
    pub(crate) block_public_policy: Fact<'a, bool>,
    pub(crate) restrict_public_buckets: Fact<'a, bool>,
}

impl<'a> FromAt<'a> for PublicAccessBlock<'a> {
    fn from_at(at: At<'a>) -> Self {
        let unset = at.must_be_set().outcome == Outcome::Fail;
        let switch = |name: &'static str| Fact::from_at(at.child(name)).with_default(unset).with_account_default(false);
        Self {
            block_public_acls: switch("BlockPublicAcls"),
            ignore_public_acls: switch("IgnorePublicAcls"),
            block_public_policy: switch("BlockPublicPolicy"),
            restrict_public_buckets: switch("RestrictPublicBuckets"),
        }
    }
}

impl PublicAccessBlock<'_> {
    /// All four are on, here or for the account as a whole. `at` is whose block it is.
    pub(crate) fn must_be_complete(&self, at: &At<'_>, around: &Inventory) -> Verdict {
        let is_on = |switch| self.must_have_on(switch, at, around);
        is_on(|block| block.block_public_acls.must_be(true))
            & is_on(|block| block.ignore_public_acls.must_be(true))
            & is_on(|block| block.block_public_policy.must_be(true))
            & is_on(|block| block.restrict_public_buckets.must_be(true))
    }

    /// All four are on here.
    pub(crate) fn must_be_complete_itself(&self) -> Verdict {
        self.block_public_acls.must_be(true)
            & self.ignore_public_acls.must_be(true)
            & self.block_public_policy.must_be(true)
            & self.restrict_public_buckets.must_be(true)
    }

    /// A switch is on, here or for the account as a whole. Code knows no account.
    fn must_have_on(&self, switch: fn(&PublicAccessBlock<'_>) -> Verdict, at: &At<'_>, around: &Inventory) -> Verdict {
        let account = around.in_account::<AccountBlock>(at);
        switch(self).or_perhaps(account.any("a block of the account", |account| switch(&account.block)))
    }
}

/// The block of an account, which counts for all of its buckets and access points.
#[derive(Debug, View)]
#[view("Pilaster::S3AccountPublicAccessBlock")]
pub(crate) struct AccountBlock<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "PublicAccessBlockConfiguration")]
    pub(crate) block: PublicAccessBlock<'a>,
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
}

#[derive(Debug, View)]
pub(crate) struct LifecycleRule<'a> {
    pub(crate) at: At<'a>,
    pub(crate) status: Fact<'a, Text<'a>>,
    pub(crate) prefix: Fact<'a, Text<'a>>,
    #[view(path = "AbortIncompleteMultipartUpload.DaysAfterInitiation")]
    pub(crate) abort_uploads_after_days: Fact<'a, i64>,
    pub(crate) noncurrent_version_expiration: At<'a>,
    pub(crate) noncurrent_version_expiration_in_days: Fact<'a, i64>,
    pub(crate) noncurrent_version_transition: At<'a>,
    pub(crate) noncurrent_version_transitions: At<'a>,
}

impl LifecycleRule<'_> {
    /// It is in force.
    pub(crate) fn is_enabled(&self) -> Verdict {
        self.status.must_be("Enabled")
    }

    /// It moves or removes what has been replaced by a newer version.
    pub(crate) fn handles_noncurrent_versions(&self) -> Verdict {
        self.noncurrent_version_expiration.must_be_set()
            | self.noncurrent_version_expiration_in_days.must_be_set()
            | self.noncurrent_version_transition.must_be_set()
            | self.noncurrent_version_transitions.must_be_set()
    }
}

/// An access point of a bucket.
#[derive(Debug, View)]
#[view("AWS::S3::AccessPoint")]
pub(crate) struct AccessPoint<'a> {
    pub(crate) at: At<'a>,
    pub(crate) public_access_block_configuration: PublicAccessBlock<'a>,
}

/// The policy of a bucket.
#[derive(Debug, View)]
#[view("AWS::S3::BucketPolicy")]
pub(crate) struct BucketPolicy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "PolicyDocument")]
    pub(crate) policy: Policy<'a>,
}
