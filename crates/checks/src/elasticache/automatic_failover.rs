//! `elasticache_automatic_failover`

use macros::check;
use model::Verdict;

use crate::views::elasticache::ReplicationGroup;

/// ElastiCache replication groups fail over to another zone automatically
///
/// Without automatic failover a group whose primary fails takes no writes until someone notices and promotes
/// a replica. With replicas in the primary's own zone, the loss of that zone takes the whole cache and sends
/// its load to the database behind it.
///
/// ## Fix
/// Set `AutomaticFailoverEnabled: true` and `MultiAZEnabled: true`, with at least one replica:
/// `NumCacheClusters: 2`, or `ReplicasPerNodeGroup: 1` for groups of several shards.
/// ```yaml,fail
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties: { ReplicationGroupDescription: sessions, NumCacheClusters: 2, AutomaticFailoverEnabled: true }
/// ```
/// ```yaml,pass
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties:
///   ReplicationGroupDescription: sessions
///   NumCacheClusters: 2
///   AutomaticFailoverEnabled: true
///   MultiAZEnabled: true
/// ```
#[check(REL10_BP01, REL11_BP02, severity = Medium, needs = [Money], fsbp = ["ElastiCache.3"])]
fn elasticache_automatic_failover(group: &ReplicationGroup) -> Verdict {
    group.automatic_failover_enabled.must_be(true) & group.multi_az_enabled.must_be(true)
}
