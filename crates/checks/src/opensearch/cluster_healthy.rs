//! `opensearch_cluster_healthy`

use findings::Settings;
use macros::check;
use model::{At, Fact, Verdict, View, when};

use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::OpenSearchService::Domain")]
struct Domain<'a> {
    at: At<'a>,
    /// Of every node, in GiB. Nodes may have storage of their own instead.
    #[view(path = "EBSOptions.VolumeSize")]
    volume_size: Fact<'a, f64>,
    #[view(path = "Observed.Metrics.ClusterStatus.red")]
    red: Metric<'a>,
    #[view(path = "Observed.Metrics.ClusterStatus.yellow")]
    yellow: Metric<'a>,
    /// Of the node that has least, in MiB.
    #[view(path = "Observed.Metrics.FreeStorageSpace")]
    free_storage: Metric<'a>,
    #[view(path = "Observed.Metrics.JVMMemoryPressure")]
    memory_pressure: Metric<'a>,
}

/// OpenSearch domains have all their shards, storage left and memory to work with
///
/// A red domain has lost the only copy of some of its data, and a yellow one is one failure away from that.
/// A node without storage refuses every write, and one without memory first becomes slow and then falls
/// out. The bounds are those of the alarms that AWS recommends (Amazon OpenSearch Service Developer Guide,
/// "Recommended CloudWatch alarms"), applied to the day before the scan. They are not applied as the alarms do
/// it: a domain counts as red where it was so for a minute, as yellow where it was so the whole day, and as short
/// of memory where the fullest node was at the bound in its worst minute, while the alarm waits for three.
///
/// ## Fix
/// Red: find the indexes with `GET _cat/indices?health=red` and restore them from a snapshot. Yellow: add
/// nodes, or ask for fewer replicas than there are other nodes. Enlarge the volumes or delete old indexes;
/// lower the number of shards or take larger nodes against pressure on memory.
/// ```account,fail
/// {"Type": "AWS::OpenSearchService::Domain", "Properties": {"EBSOptions": {"VolumeSize": 100}, "Observed": {
///   "Metrics": {"ClusterStatus": {"red": {"Maximum": 0, "Days": 1}, "yellow": {"Minimum": 1, "Days": 1}},
///     "FreeStorageSpace": {"Minimum": 71680, "Days": 1}, "JVMMemoryPressure": {"Maximum": 61, "Days": 1}}}}}
/// ```
/// ```account,fail
/// {"Type": "AWS::OpenSearchService::Domain", "Properties": {"EBSOptions": {"VolumeSize": 100}, "Observed": {
///   "Metrics": {"ClusterStatus": {"red": {"Maximum": 0, "Days": 1}, "yellow": {"Minimum": 0, "Days": 1}},
///     "FreeStorageSpace": {"Minimum": 9216, "Days": 1}, "JVMMemoryPressure": {"Maximum": 61, "Days": 1}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::OpenSearchService::Domain", "Properties": {"EBSOptions": {"VolumeSize": 100}, "Observed": {
///   "Metrics": {"ClusterStatus": {"red": {"Maximum": 0, "Days": 1}, "yellow": {"Minimum": 0, "Days": 1}},
///     "FreeStorageSpace": {"Minimum": 71680, "Days": 1}, "JVMMemoryPressure": {"Maximum": 61, "Days": 1}}}}}
/// ```
#[check(
    REL11_BP01, PERF03_BP03,
    severity = High, effort = Medium, needs = [Money], code = Never,
    thresholds(free_percent = 25, memory_percent = 95)
)]
fn opensearch_cluster_healthy(domain: &Domain, settings: &Settings) -> Verdict {
    let (free, most) = (settings.number("free_percent"), settings.number("memory_percent") as f64);
    let storage = when(domain.volume_size.at().must_be_set(), || {
        domain.free_storage.over(1, |left| {
            domain.volume_size.and_then(|size| {
                let expected = format!("{free} percent of {size} GiB or more");
                left.minimum.must(&expected, |left| *left >= size * 1024.0 * free as f64 / 100.0)
            })
        })
    });
    domain.red.over(1, |red| red.maximum.must_be(0.0))
        & domain.yellow.over(1, |yellow| yellow.minimum.must_be(0.0))
        & storage
        // The alarm goes off at the bound itself.
        & domain.memory_pressure.over(1, |pressure| {
            pressure.maximum.must(&format!("below {most} percent"), |pressure| *pressure < most)
        })
}
