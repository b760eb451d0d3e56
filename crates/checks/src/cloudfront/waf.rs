//! `cloudfront_waf`

use macros::check;
use model::Verdict;

use crate::views::cloudfront::Distribution;

/// CloudFront distributions have a web ACL
///
/// CloudFront is the outermost place where a request can be looked at. A web ACL there stops known
/// attacks and floods before they reach, and are paid for at, anything behind it.
///
/// ## Fix
/// Create an `AWS::WAFv2::WebACL` with `Scope: CLOUDFRONT` in us-east-1, and set its ARN as `WebACLId`. Let
/// new rules count only, until you know what they would block.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties: { DistributionConfig: { Enabled: true } }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     WebACLId: arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1
/// ```
#[check(SEC05_BP03, severity = Medium, effort = Medium, needs = [Money, Testing], fsbp = ["CloudFront.6"])]
fn cloudfront_waf(distribution: &Distribution) -> Verdict {
    distribution.config.web_acl.must_be_set()
}
