//! `cloudfront_origin_access_control`

use macros::check;
use model::{Verdict, when};

use crate::views::cloudfront::Distribution;

/// CloudFront reaches its buckets with origin access control
///
/// Without it the bucket has to be readable by everyone, and whoever goes there directly passes by the
/// web ACL, the geographic limits and the logs of CloudFront. The older origin access identity knows no
/// SSE-KMS and no newer regions. Function URLs are left out: in a template, a custom origin does not tell
/// whether it is one.
///
/// ## Fix
/// Create an `AWS::CloudFront::OriginAccessControl` with `SigningBehavior: always`, set
/// `OriginAccessControlId` on the origin, and let the bucket's policy admit `cloudfront.amazonaws.com`
/// with `AWS:SourceArn` of the distribution only.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     Origins: [{ Id: pages, DomainName: pages.s3.eu-west-1.amazonaws.com, S3OriginConfig: {} }]
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     Origins: [{ Id: pages, DomainName: pages.s3.eu-west-1.amazonaws.com, S3OriginConfig: {}, OriginAccessControlId: E1 }]
/// ```
#[check(
    SEC08_BP04,
    SEC05_BP01,
    severity = Medium,
    effort = Medium,
    needs = [Testing],
    fsbp = ["CloudFront.13", "CloudFront.16"]
)]
fn cloudfront_origin_access_control(distribution: &Distribution) -> Verdict {
    distribution.config.origins.all(|origin| when(origin.is_bucket(), || origin.origin_access_control_id.must_be_set()))
}
