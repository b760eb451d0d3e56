//! Amazon ElastiCache.

use model::{At, Fact, FromAt, List, State, Text, Verdict, View};

use crate::cost::{Cost, known, within};

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

/// What decides what a cache costs.
#[derive(Debug, View)]
#[view("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster")]
struct Billed<'a> {
    at: At<'a>,
    engine: Fact<'a, Text<'a>>,
    /// Of clusters.
    num_cache_nodes: Fact<'a, i64>,
    /// Of groups.
    num_cache_clusters: Fact<'a, i64>,
    num_node_groups: Fact<'a, i64>,
    replicas_per_node_group: Fact<'a, i64>,
    #[view(path = "Observed.MemberClusters")]
    members: List<'a, Fact<'a, Text<'a>>>,
}

impl Billed<'_> {
    fn nodes(&self) -> Option<i64> {
        if let State::Set(members) = self.members.state() {
            return Some(members.len() as i64);
        }
        let sharded =
            || known(&self.num_node_groups)?.checked_mul(known(&self.replicas_per_node_group)?.checked_add(1)?);
        known(&self.num_cache_nodes).or_else(|| known(&self.num_cache_clusters)).or_else(sharded)
    }
}

/// The most nodes of a cluster (Amazon ElastiCache User Guide, "Quotas for ElastiCache").
const MOST_NODES: i64 = 500;

/// What the nodes of the cache at `at` cost on demand if they are of the type `class`. Valkey costs less than the engines
/// whose prices are known.
pub(crate) fn on_demand(at: &At<'_>, class: &str) -> Option<Cost> {
    let cache = Billed::from_at(at.clone());
    let engine = known(&cache.engine)?;
    let is_priced = ["redis", "memcached"].iter().any(|name| name.eq_ignore_ascii_case(engine));
    let price = pricing::price("elasticache", &format!("node:{class}")).filter(|_| is_priced)?;
    Cost::hourly(within(cache.nodes()?, 1, MOST_NODES)?, class, price)
}
