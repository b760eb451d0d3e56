//! Amazon Redshift.

use model::{At, Fact, Text, View};

/// A provisioned cluster.
#[derive(Debug, View)]
#[view("AWS::Redshift::Cluster")]
pub(crate) struct Cluster<'a> {
    pub(crate) at: At<'a>,
    pub(crate) node_type: Fact<'a, Text<'a>>,
    /// Amazon Redshift API Reference, `CreateCluster`.
    #[view(default = false)]
    pub(crate) publicly_accessible: Fact<'a, bool>,
    #[view(default = 1)]
    pub(crate) automated_snapshot_retention_period: Fact<'a, i64>,
}
