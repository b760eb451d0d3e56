//! Amazon Elastic Kubernetes Service.

use model::{At, Fact, List, Text, View};

use crate::network::Network;

/// A Kubernetes cluster.
#[derive(Debug, View)]
#[view("AWS::EKS::Cluster")]
pub(crate) struct Cluster<'a> {
    pub(crate) at: At<'a>,
    pub(crate) version: Fact<'a, Text<'a>>,
    #[view(path = "UpgradePolicy.SupportType", default = "EXTENDED")]
    pub(crate) support_type: Fact<'a, Text<'a>>,
    #[view(path = "ResourcesVpcConfig.EndpointPublicAccess", default = true)]
    pub(crate) public_endpoint: Fact<'a, bool>,
    /// Everyone when empty.
    #[view(path = "ResourcesVpcConfig.PublicAccessCidrs")]
    pub(crate) public_ranges: List<'a, Fact<'a, Network>>,
    #[view(path = "Logging.ClusterLogging.EnabledTypes")]
    pub(crate) log_types: List<'a, LogType<'a>>,
}

/// One of the logs of the control plane.
#[derive(Debug, View)]
pub(crate) struct LogType<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type")]
    pub(crate) name: Fact<'a, Text<'a>>,
}
