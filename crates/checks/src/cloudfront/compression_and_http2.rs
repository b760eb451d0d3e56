//! `cloudfront_compression_and_http2`

use macros::check;
use model::Verdict;

use crate::views::cloudfront::Distribution;

/// CloudFront distributions compress and speak HTTP/2 or HTTP/3
///
/// Compressed text is a quarter of its size: pages come sooner, and less is transferred and paid for.
/// HTTP/2 and HTTP/3 fetch many files over one connection. A template that says nothing gets HTTP/1.1 and
/// no compression.
///
/// ## Fix
/// Set `HttpVersion: http2and3`, and `Compress: true` on every behaviour. The cache policy has to let
/// `EnableAcceptEncodingGzip` and `EnableAcceptEncodingBrotli` through; the managed ones do.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, ViewerProtocolPolicy: https-only, Compress: true }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     HttpVersion: http2and3
///     DefaultCacheBehavior: { TargetOriginId: shop, ViewerProtocolPolicy: https-only, Compress: true }
/// ```
#[check(PERF04_BP05, COST08_BP02, SUS04_BP07, severity = Low)]
fn cloudfront_compression_and_http2(distribution: &Distribution) -> Verdict {
    let config = &distribution.config;
    let compressed = config.every_behavior(|behavior| behavior.compress.must_be(true));
    compressed & config.http_version.must_be_one_of(&["http2", "http3", "http2and3"])
}
