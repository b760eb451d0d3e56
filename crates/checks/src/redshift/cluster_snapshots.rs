//! `redshift_cluster_snapshots`

use findings::Settings;
use macros::check;
use model::Verdict;

use crate::views::redshift::Cluster;

/// Redshift clusters keep automated snapshots for at least a week
///
/// Redshift snapshots a cluster every few hours and, unless told otherwise, drops each after a day. A table
/// that was truncated on Friday is out of reach on Monday.
///
/// ## Fix
/// Set `AutomatedSnapshotRetentionPeriod` to seven or more days.
/// ```yaml,fail
/// Type: AWS::Redshift::Cluster
/// Properties: { ClusterType: single-node, NodeType: ra3.large, DBName: dwh }
/// ```
/// ```yaml,pass
/// Type: AWS::Redshift::Cluster
/// Properties:
///   { ClusterType: single-node, NodeType: ra3.large, DBName: dwh, AutomatedSnapshotRetentionPeriod: 14 }
/// ```
#[check(REL09_BP03, severity = Medium, needs = [Money], fsbp = ["Redshift.3"], thresholds(min_days = 7))]
fn redshift_cluster_snapshots(cluster: &Cluster, settings: &Settings) -> Verdict {
    cluster.automated_snapshot_retention_period.must_be_at_least(settings.number("min_days"))
}
