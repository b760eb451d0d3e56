//! `cloudfront_caching_enabled`

use macros::check;
use model::{At, Fact, Inventory, Linked, Verdict, View, when};

use crate::views::cloudfront::{Behavior, Distribution};

/// The id of the managed policy CachingDisabled (Amazon CloudFront Developer Guide, "Use managed cache
/// policies").
const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/// A cache policy of one's own.
#[derive(Debug, View)]
#[view("AWS::CloudFront::CachePolicy")]
struct CachePolicy<'a> {
    at: At<'a>,
    #[view(path = "CachePolicyConfig.MaxTTL", default = 31536000)]
    max_ttl: Fact<'a, i64>,
}

/// CloudFront distributions cache what they serve
///
/// A distribution that caches nothing sends every request on to the origin: visitors wait for it, it has
/// to be sized for all of them, and its traffic is paid for. At least one behaviour should cache, the one
/// for images, scripts and styles first of all.
///
/// ## Fix
/// Give the behaviours for static content the managed policy CachingOptimized
/// (`658327ea-f89d-4fab-a63d-7e88639e58f6`) as `CachePolicyId`, and put a version in the names of files, so
/// that new ones are fetched at once.
/// ```yaml,fail
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudFront::Distribution
/// Properties:
///   DistributionConfig:
///     Enabled: true
///     DefaultCacheBehavior: { TargetOriginId: shop, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad }
///     CacheBehaviors:
///       - { PathPattern: /static/*, TargetOriginId: shop, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 }
/// ```
#[check(PERF03_BP05, COST08_BP03, severity = Low, needs = [Testing])]
fn cloudfront_caching_enabled(distribution: &Distribution, around: &Inventory) -> Verdict {
    let config = &distribution.config;
    caches(&config.default_cache_behavior, around)
        | when(config.cache_behaviors.must_not_be_empty(), || {
            config.cache_behaviors.any("a behaviour that caches", |behavior| caches(&behavior, around))
        })
}

fn caches(behavior: &Behavior, around: &Inventory) -> Verdict {
    // Without a policy, the settings of the behaviour itself decide.
    let by_itself = when(behavior.cache_policy_id.must_be_unset(), || {
        behavior.default_ttl.must_be_at_least(1) & behavior.max_ttl.must_be_at_least(1)
    });
    let by_policy = match around.linked::<CachePolicy>(&behavior.cache_policy_id) {
        Linked::Found(policy) => policy.max_ttl.must_be_at_least(1),
        _ => when(behavior.cache_policy_id.must_be_set(), || behavior.cache_policy_id.must_not_be(CACHING_DISABLED)),
    };
    by_itself & by_policy
}
