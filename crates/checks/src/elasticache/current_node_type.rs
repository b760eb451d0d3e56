//! `elasticache_current_node_type`

use findings::Saving;
use macros::check;
use model::Verdict;

use crate::cost::known;
use crate::instance_class::{family, in_family, is_graviton};
use crate::views::elasticache::{Cache, on_demand};

/// ElastiCache clusters run on Graviton nodes
///
/// Graviton nodes cost about a twentieth less than others of the same size, do more work and draw less power,
/// and clients notice no difference. Old generations without a Graviton type are dearer still.
///
/// ## Fix
/// Change `CacheNodeType` to the Graviton type of the same size: `cache.m5.large` to `cache.m7g.large`,
/// `cache.t3.small` to `cache.t4g.small`. Reserved nodes of the old type no longer count. A cluster of its own
/// is replaced; a replication group changes while in use.
/// ```yaml,fail
/// Type: AWS::ElastiCache::CacheCluster
/// Properties: { Engine: memcached, CacheNodeType: cache.m5.large, NumCacheNodes: 2 }
/// ```
/// ```yaml,pass
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties: { ReplicationGroupDescription: sessions, CacheNodeType: cache.m7g.large }
/// ```
#[check(
    COST06_BP02, SUS05_BP02, SUS06_BP03,
    severity = Low, needs = [Downtime],
    saves = on_graviton(cache)
)]
fn elasticache_current_node_type(cache: &Cache) -> Verdict {
    cache.cache_node_type.and_then(|class| match is_graviton(class) {
        None => Verdict::not_applicable(),
        Some(graviton) => cache.cache_node_type.must("a Graviton node type", |_| graviton),
    })
}

/// Families and the one with Graviton whose sizes have no less memory (Amazon ElastiCache User Guide, "Supported node
/// types").
const SIBLINGS: [(&str, &str); 4] = [("m5", "m6g"), ("r4", "r6g"), ("r5", "r6g"), ("t3", "t4g")];

fn on_graviton(cache: &Cache<'_>) -> Option<Saving> {
    let now = known(&cache.cache_node_type)?;
    let (_, graviton) = SIBLINGS.iter().find(|(x86, _)| family(now) == Some(*x86))?;
    on_demand(&cache.at, now)?.less(on_demand(&cache.at, &in_family(now, graviton)?)?)
}
