//! `redshift_cluster_not_public`

use macros::check;
use model::Verdict;

use crate::views::redshift::Cluster;

/// Redshift clusters have no public address
///
/// A warehouse collects the data of the whole company in one place. With a public address, one security
/// group rule is all that stands between it and everyone who scans the internet for port 5439.
///
/// ## Fix
/// Remove `PubliclyAccessible: true`. Tools outside of the VPC connect through a VPN, a managed VPC endpoint
/// of the cluster, or the Data API.
/// ```yaml,fail
/// Type: AWS::Redshift::Cluster
/// Properties: { ClusterType: single-node, NodeType: ra3.large, DBName: dwh, PubliclyAccessible: true }
/// ```
/// ```yaml,pass
/// Type: AWS::Redshift::Cluster
/// Properties: { ClusterType: single-node, NodeType: ra3.large, DBName: dwh }
/// ```
#[check(SEC05_BP01, SEC03_BP07, severity = Critical, needs = [Testing], fsbp = ["Redshift.1"])]
fn redshift_cluster_not_public(cluster: &Cluster) -> Verdict {
    cluster.publicly_accessible.must_be(false)
}
