//! `elasticache_idle`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::cost::known;
use crate::views::elasticache::on_demand;
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster")]
struct Cache<'a> {
    at: At<'a>,
    cache_node_type: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
    /// Of a member of a global datastore.
    #[view(path = "Observed.GlobalRole")]
    global_role: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.CurrConnections")]
    connections: Metric<'a>,
    #[view(path = "Observed.Metrics.GetTypeCmds")]
    gets: Metric<'a>,
    #[view(path = "Observed.Metrics.SetTypeCmds")]
    sets: Metric<'a>,
    /// Of Memcached.
    #[view(path = "Observed.Metrics.CmdGet")]
    memcached_gets: Metric<'a>,
    #[view(path = "Observed.Metrics.CmdSet")]
    memcached_sets: Metric<'a>,
}

/// Caches have been read from or written to within the last fortnight
///
/// The nodes of a cache are charged by the hour, whether anything asks them or not. A cache that took no
/// command in a fortnight, and had no more connections than ElastiCache itself keeps open to watch it,
/// has been left over. One that only passes messages between publishers and subscribers is known by its
/// connections. The secondary groups of a global datastore stand by for their primary and are not judged.
///
/// ## Fix
/// Take a final snapshot, if its content is worth anything, and delete the cache. Where it is needed now and
/// then, use a serverless cache, which is charged by what is stored and asked.
/// ```account,fail
/// {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"Observed": {"Status": "available", "Metrics": {
///   "CurrConnections": {"Maximum": 3, "Days": 14}, "GetTypeCmds": {"Sum": 0, "Days": 14},
///   "SetTypeCmds": {"Sum": 0, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"Observed": {"Status": "available", "Metrics": {
///   "CurrConnections": {"Maximum": 3, "Days": 14}, "GetTypeCmds": {"Sum": 51200, "Days": 14},
///   "SetTypeCmds": {"Sum": 380, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::ElastiCache::CacheCluster", "Properties": {"Observed": {"Status": "available", "Metrics": {
///   "CurrConnections": {"Maximum": 4, "Days": 14}, "GetTypeCmds": {"Days": 0}, "SetTypeCmds": {"Days": 0},
///   "CmdGet": {"Sum": 900, "Days": 14}, "CmdSet": {"Sum": 10, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"Observed": {"Status": "available", "Metrics": {
///   "CurrConnections": {"Maximum": 3, "Days": 1}, "GetTypeCmds": {"Sum": 0, "Days": 1},
///   "SetTypeCmds": {"Sum": 0, "Days": 1}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"Observed": {"Status": "available",
///   "GlobalRole": "SECONDARY", "Metrics": {"CurrConnections": {"Maximum": 3, "Days": 14},
///   "GetTypeCmds": {"Sum": 0, "Days": 14}, "SetTypeCmds": {"Sum": 0, "Days": 14}}}}}
/// ```
#[check(
    COST04_BP03, SUS03_BP02,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(connections = 10, days = 14),
    saves = on_demand(&cache.at, known(&cache.cache_node_type)?)?.saved()
)]
fn elasticache_idle(cache: &Cache, settings: &Settings) -> Verdict {
    let own = settings.number("connections") as f64;
    // The service writes the role in capitals or not, as it comes.
    let is_primary = cache.global_role.must_be_unset()
        | cache.global_role.must("a role other than SECONDARY", |role| !role.eq_ignore_ascii_case("SECONDARY"));
    when(cache.status.must_be("available") & is_primary, || {
        cache.connections.over(settings.number("days"), |connections| {
            let commands = [&cache.gets, &cache.sets, &cache.memcached_gets, &cache.memcached_sets];
            let asked = model::any(commands.map(Metric::must_count_something));
            let expected = format!("more than the {own} that ElastiCache may have by itself");
            asked | connections.maximum.must(&expected, |most| *most > own)
        })
    })
}
