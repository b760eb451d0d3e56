//! Amazon ElastiCache.

use model::{At, Fact, Text, Verdict, View};

/// A replication group: a primary and its replicas, or several of both.
#[derive(Debug, View)]
#[view("AWS::ElastiCache::ReplicationGroup")]
pub(crate) struct ReplicationGroup<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "redis")]
    pub(crate) engine: Fact<'a, Text<'a>>,
    pub(crate) at_rest_encryption_enabled: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) transit_encryption_enabled: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) automatic_failover_enabled: Fact<'a, bool>,
    #[view(path = "MultiAZEnabled", default = false)]
    pub(crate) multi_az_enabled: Fact<'a, bool>,
}

/// What nodes run in: a replication group, or a cluster of its own.
#[derive(Debug, View)]
#[view("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster")]
pub(crate) struct Cache<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "redis")]
    engine: Fact<'a, Text<'a>>,
    pub(crate) cache_node_type: Fact<'a, Text<'a>>,
    #[view(default = 0)]
    pub(crate) snapshot_retention_limit: Fact<'a, i64>,
}

impl Cache<'_> {
    /// Memcached cannot write its content anywhere.
    pub(crate) fn can_be_backed_up(&self) -> Verdict {
        self.engine.must("an engine other than Memcached", |engine| !engine.eq_ignore_ascii_case("memcached"))
    }
}
