//! `cloudfront_default_root_object`

use macros::check;
use model::{Verdict, when};

use crate::views::cloudfront::Distribution;

/// CloudFront distributions of a bucket have a default root object
///
/// A request for the bare domain asks the bucket for its list of objects. Where the bucket's policy lets
/// CloudFront list, every name in it is shown; elsewhere visitors get an error in place of a page.
/// Security Hub calls this high; as names are shown only where listing was allowed, it is medium here.
///
/// ## Fix
/// Set `DefaultRootObject`, usually to `index.html`, without a slash before it.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     Origins: [{ Id: pages, DomainName: pages.s3.eu-west-1.amazonaws.com, S3OriginConfig: {}, OriginAccessControlId: E1 }]
///     DefaultCacheBehavior: { TargetOriginId: pages, ViewerProtocolPolicy: redirect-to-https }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultRootObject: index.html
///     Origins: [{ Id: pages, DomainName: pages.s3.eu-west-1.amazonaws.com, S3OriginConfig: {}, OriginAccessControlId: E1 }]
///     DefaultCacheBehavior: { TargetOriginId: pages, ViewerProtocolPolicy: redirect-to-https }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     Origins: [{ Id: api, DomainName: api.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }]
///     DefaultCacheBehavior: { TargetOriginId: api, ViewerProtocolPolicy: https-only }
/// ```
#[check(SEC03_BP07, severity = Medium, fsbp = ["CloudFront.1"])]
fn cloudfront_default_root_object(distribution: &Distribution) -> Verdict {
    let config = &distribution.config;
    when(config.has_bucket(), || config.default_root_object.must_be_set())
}
