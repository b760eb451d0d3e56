//! `cloudfront_origin_failover`

use macros::check;
use model::Verdict;

use crate::views::cloudfront::Distribution;

/// CloudFront distributions can fail over to a second origin
///
/// When the only origin is down, so is the site, though CloudFront itself is up in hundreds of places.
/// With an origin group it asks the second origin, a replica in another region or a bucket with a static
/// page, as soon as the first one fails.
///
/// ## Fix
/// Add the second origin, and an origin group under `OriginGroups` with the status codes that count as a
/// failure (500, 502, 503, 504), and give the behaviours the group as `TargetOriginId`. Only reading
/// requests fail over.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, ViewerProtocolPolicy: https-only }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     OriginGroups:
///       Quantity: 1
///       Items:
///         - Id: both
///           FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 503] } }
///           Members: { Quantity: 2, Items: [{ OriginId: first }, { OriginId: second }] }
///     DefaultCacheBehavior: { TargetOriginId: both, ViewerProtocolPolicy: https-only }
/// ```
#[check(REL11_BP02, severity = Low, effort = Medium, needs = [Money, Testing], fsbp = ["CloudFront.4"])]
fn cloudfront_origin_failover(distribution: &Distribution) -> Verdict {
    distribution.config.origin_groups.must_not_be_empty()
}
