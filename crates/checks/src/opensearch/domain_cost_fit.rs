//! `opensearch_domain_cost_fit`

use findings::Saving;
use macros::check;
use model::{State, Verdict};

use crate::cost::{Cost, given, known, within};
use crate::instance_class::is_graviton;
use crate::views::ec2::of_a_volume;
use crate::views::opensearch::Domain;

/// OpenSearch domains use gp3 volumes and Graviton instances
///
/// gp3 volumes cost less than gp2 of the same size and are not slowed down when credits run out. Graviton
/// instances do more indexing and searching for the same money and draw less power. Neither changes anything
/// for clients.
///
/// ## Fix
/// Set `EBSOptions.VolumeType: gp3`, and `ClusterConfig.InstanceType` to a Graviton type such as
/// `r7g.large.search`. Both changes are blue/green deployments: make them together, at a quiet time.
/// ```yaml,fail
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   ClusterConfig: { InstanceType: r5.large.search, InstanceCount: 3 }
///   EBSOptions: { EBSEnabled: true, VolumeType: gp3, VolumeSize: 100 }
/// ```
/// ```yaml,pass
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   ClusterConfig: { InstanceType: r7g.large.search, InstanceCount: 3 }
///   EBSOptions: { EBSEnabled: true, VolumeType: gp3, VolumeSize: 100 }
/// ```
#[check(
    COST06_BP02, SUS05_BP02, PERF02_BP01,
    severity = Low, needs = [Testing],
    saves = newer_storage(domain)
)]
fn opensearch_domain_cost_fit(domain: &Domain) -> Verdict {
    let instances = &domain.cluster_config.instance_type;
    let graviton = match instances.state() {
        State::Set(class) => instances.must("a Graviton instance type", |_| is_graviton(class) != Some(false)),
        _ => instances.and_then(|_| Verdict::not_applicable()),
    };
    graviton & domain.volume_type.must_not_be_one_of(&["gp2", "standard"])
}

/// The most data nodes of a domain (Amazon OpenSearch Service Developer Guide, "Quotas").
const MOST_NODES: i64 = 1_002;

/// Storage alone: prices of instances are not known here.
fn newer_storage(domain: &Domain<'_>) -> Option<Saving> {
    given(domain.volume_type.must_be("gp2"))?;
    let nodes = within(known(&domain.cluster_config.instance_count)?, 1, MOST_NODES)?;
    let all = of_a_volume(known(&domain.volume_size)?)?.checked_mul(nodes)?;
    let gp2 = Cost::monthly(all, "GiB of gp2", pricing::price("opensearch", "storage:gp2")?)?;
    gp2.less(Cost::monthly(all, "GiB of gp3", pricing::price("opensearch", "storage:gp3")?)?)
}
