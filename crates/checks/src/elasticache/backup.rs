//! `elasticache_backup`

use findings::Settings;
use macros::check;
use model::{Verdict, when};

use crate::views::elasticache::Cache;

/// ElastiCache clusters are backed up every day
///
/// A cache that is lost comes back empty. Where it holds more than copies (sessions, counters, queues) that
/// data is gone, and where it does not, the database behind it has to bear the full load until the cache is
/// warm again. Memcached has no backups.
///
/// ## Fix
/// Set `SnapshotRetentionLimit` to the number of days to keep backups, one or more, and `SnapshotWindow` to a
/// quiet hour. Where the cache can be rebuilt at any time, waive this.
/// ```yaml,fail
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties: { ReplicationGroupDescription: sessions, NumCacheClusters: 2 }
/// ```
/// ```yaml,pass
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties: { ReplicationGroupDescription: sessions, NumCacheClusters: 2, SnapshotRetentionLimit: 3 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ElastiCache::CacheCluster
/// Properties: { Engine: memcached, CacheNodeType: cache.t4g.small, NumCacheNodes: 2 }
/// ```
#[check(REL09_BP03, severity = High, needs = [Money], fsbp = ["ElastiCache.1"], thresholds(min_days = 1))]
fn elasticache_backup(cache: &Cache, settings: &Settings) -> Verdict {
    when(cache.can_be_backed_up(), || cache.snapshot_retention_limit.must_be_at_least(settings.number("min_days")))
}
