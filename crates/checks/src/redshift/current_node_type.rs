//! `redshift_current_node_type`

use macros::check;
use model::Verdict;

use crate::views::redshift::Cluster;

/// Redshift clusters have nodes of a current type
///
/// Dense compute and dense storage nodes tie storage to the number of nodes, so that a cluster that runs out
/// of space has to pay for computing it does not need. They are no longer sold to new clusters. RA3 and later
/// nodes keep data in managed storage and are sized for the work alone.
///
/// ## Fix
/// Restore a snapshot to RA3 or later nodes, or resize the cluster, after the sizing guide of Redshift. Bursty
/// work fits Redshift Serverless better.
/// ```yaml,fail
/// Type: AWS::Redshift::Cluster
/// Properties: { ClusterType: single-node, NodeType: dc2.large, DBName: dwh }
/// ```
/// ```yaml,pass
/// Type: AWS::Redshift::Cluster
/// Properties: { ClusterType: single-node, NodeType: ra3.large, DBName: dwh }
/// ```
#[check(
    COST10_BP02, PERF02_BP01, SUS06_BP03,
    severity = Low, effort = Medium, needs = [Downtime, Testing]
)]
fn redshift_current_node_type(cluster: &Cluster) -> Verdict {
    cluster.node_type.must("RA3 or later", |node| !node.starts_with("dc") && !node.starts_with("ds"))
}
