//! Amazon CloudFront.

use model::{At, Fact, List, Text, Verdict, View};

/// A distribution.
#[derive(Debug, View)]
#[view("AWS::CloudFront::Distribution")]
pub(crate) struct Distribution<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "DistributionConfig")]
    pub(crate) config: Config<'a>,
}

#[derive(Debug, View)]
pub(crate) struct Config<'a> {
    pub(crate) at: At<'a>,
    pub(crate) default_cache_behavior: Behavior<'a>,
    pub(crate) cache_behaviors: List<'a, Behavior<'a>>,
    pub(crate) origins: List<'a, Origin<'a>>,
    #[view(path = "OriginGroups.Items")]
    pub(crate) origin_groups: List<'a, At<'a>>,
    pub(crate) default_root_object: Fact<'a, Text<'a>>,
    #[view(path = "WebACLId")]
    pub(crate) web_acl: Fact<'a, Text<'a>>,
    pub(crate) viewer_certificate: Certificate<'a>,
    /// The default of AWS CloudFormation; the API's is http2.
    #[view(default = "http1.1")]
    pub(crate) http_version: Fact<'a, Text<'a>>,
}

impl<'a> Config<'a> {
    /// Every behaviour passes, the default one and those for paths.
    pub(crate) fn every_behavior(&self, judge: impl Fn(&Behavior<'a>) -> Verdict) -> Verdict {
        judge(&self.default_cache_behavior) & self.cache_behaviors.all(|behavior| judge(&behavior))
    }

    /// One of its origins is a bucket.
    pub(crate) fn has_bucket(&self) -> Verdict {
        self.origins.any("a bucket as origin", |origin| origin.is_bucket())
    }
}

/// How requests for some paths are answered.
#[derive(Debug, View)]
pub(crate) struct Behavior<'a> {
    pub(crate) at: At<'a>,
    pub(crate) viewer_protocol_policy: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) compress: Fact<'a, bool>,
    pub(crate) cache_policy_id: Fact<'a, Text<'a>>,
    #[view(path = "DefaultTTL", default = 86400)]
    pub(crate) default_ttl: Fact<'a, i64>,
    #[view(path = "MaxTTL", default = 31536000)]
    pub(crate) max_ttl: Fact<'a, i64>,
}

/// Where content comes from.
#[derive(Debug, View)]
pub(crate) struct Origin<'a> {
    pub(crate) at: At<'a>,
    pub(crate) s3_origin_config: At<'a>,
    pub(crate) origin_access_control_id: Fact<'a, Text<'a>>,
}

impl Origin<'_> {
    /// It is a bucket, and not the website of one: CloudFormation demands `S3OriginConfig` for the
    /// first and `CustomOriginConfig` for all else.
    pub(crate) fn is_bucket(&self) -> Verdict {
        self.s3_origin_config.must_be_set()
    }
}

/// The certificate of the distribution's own names.
#[derive(Debug, View)]
pub(crate) struct Certificate<'a> {
    pub(crate) at: At<'a>,
    pub(crate) acm_certificate_arn: Fact<'a, Text<'a>>,
    pub(crate) iam_certificate_id: Fact<'a, Text<'a>>,
    pub(crate) minimum_protocol_version: Fact<'a, Text<'a>>,
}
