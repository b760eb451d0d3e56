//! `opensearch_domain_multi_az`

use macros::check;
use model::Verdict;

use crate::views::opensearch::Domain;

/// OpenSearch domains survive the loss of a zone
///
/// With one or two data nodes, or all of them in one zone, a single failure makes indexes unavailable or
/// loses them. Without dedicated manager nodes, data nodes under load also have to keep the cluster together,
/// and with two of them neither can outvote the other.
/// Code does not tell production from the rest, so every domain is judged: waive those that may be lost.
///
/// ## Fix
/// Set `InstanceCount` to three or more, `ZoneAwarenessEnabled: true` with three zones, and
/// `DedicatedMasterEnabled: true` with `DedicatedMasterCount: 3`. `MultiAZWithStandbyEnabled` asks for all of
/// this. The change is a blue/green deployment of the domain.
/// ```yaml,fail
/// Type: AWS::OpenSearchService::Domain
/// Properties: { ClusterConfig: { InstanceType: r7g.large.search, InstanceCount: 1 } }
/// ```
/// ```yaml,pass
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   ClusterConfig:
///     InstanceType: r7g.large.search
///     InstanceCount: 3
///     ZoneAwarenessEnabled: true
///     ZoneAwarenessConfig: { AvailabilityZoneCount: 3 }
///     DedicatedMasterEnabled: true
///     DedicatedMasterType: m7g.large.search
///     DedicatedMasterCount: 3
/// ```
#[check(
    REL10_BP01, REL11_BP02,
    severity = Medium, needs = [Money], fsbp = ["Opensearch.6", "Opensearch.11"]
)]
fn opensearch_domain_multi_az(domain: &Domain) -> Verdict {
    let config = &domain.cluster_config;
    config.instance_count.must_be_at_least(3)
        & config.zone_awareness_enabled.must_be(true)
        & config.dedicated_master_enabled.must_be(true)
        & config.dedicated_master_count.must_be_at_least(3)
}
