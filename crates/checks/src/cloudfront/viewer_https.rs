//! `cloudfront_viewer_https`

use macros::check;
use model::{Verdict, when};

use crate::views::cloudfront::Distribution;

/// CloudFront distributions talk to viewers over current TLS only
///
/// With `allow-all` CloudFront answers plain HTTP: cookies, tokens and pages can be read and changed on
/// the way. With a certificate of your own, the minimum version decides whether a viewer can still be
/// talked into TLS 1.0. Without one, on `cloudfront.net`, the version cannot be set, and is not judged.
///
/// ## Fix
/// Set `ViewerProtocolPolicy: redirect-to-https` on the default behaviour and on every other one
/// (`https-only` for APIs), and `MinimumProtocolVersion: TLSv1.2_2021` or later in `ViewerCertificate`.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, ViewerProtocolPolicy: allow-all }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, ViewerProtocolPolicy: redirect-to-https }
///     ViewerCertificate:
///       AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/1
///       MinimumProtocolVersion: TLSv1.2_2021
///       SslSupportMethod: sni-only
/// ```
#[check(SEC09_BP02, severity = Medium, needs = [Testing], fsbp = ["CloudFront.3", "CloudFront.15"])]
fn cloudfront_viewer_https(distribution: &Distribution) -> Verdict {
    let config = &distribution.config;
    let certificate = &config.viewer_certificate;
    let is_own = certificate.acm_certificate_arn.must_be_set() | certificate.iam_certificate_id.must_be_set();
    let encrypted = config.every_behavior(|behavior| {
        behavior.viewer_protocol_policy.must_be_one_of(&["redirect-to-https", "https-only"])
    });
    let current = when(is_own, || {
        certificate.minimum_protocol_version.must("TLSv1.2_2018 or later", |version| {
            ["TLSv1.2_", "TLSv1.3_"].iter().any(|start| version.starts_with(start))
        })
    });
    encrypted & current
}
