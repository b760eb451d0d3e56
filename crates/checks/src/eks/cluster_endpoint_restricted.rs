//! `eks_cluster_endpoint_restricted`

use macros::check;
use model::Verdict;

use crate::network::Network;
use crate::views::eks::Cluster;

/// Endpoints of EKS clusters are private or open to named ranges only
///
/// The endpoint is where a cluster is governed. By default it answers the whole internet, so that a leaked token, or
/// a flaw in the API server before it is patched, is all it takes to own every workload. The catalogue of AWS asks
/// for a private endpoint; ranges that are named are accepted here, as they keep strangers out as well.
///
/// ## Fix
/// Set `EndpointPrivateAccess` to true and `EndpointPublicAccess` to false, or list the addresses of your offices and
/// pipelines in `PublicAccessCidrs`. Make sure first that whoever deploys reaches the VPC.
/// ```yaml,fail
/// Type: AWS::EKS::Cluster
/// Properties: { ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,fail
/// Type: AWS::EKS::Cluster
/// Properties: { ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2], PublicAccessCidrs: [203.0.113.0/24, 0.0.0.0/0] } }
/// ```
/// ```yaml,pass
/// Type: AWS::EKS::Cluster
/// Properties:
///   ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2], EndpointPrivateAccess: true, EndpointPublicAccess: false }
/// ```
/// ```yaml,pass
/// Type: AWS::EKS::Cluster
/// Properties: { ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2], PublicAccessCidrs: [203.0.113.0/24] } }
/// ```
#[check(SEC05_BP01, SEC05_BP02, severity = High, needs = [Testing], fsbp = ["EKS.1"])]
fn eks_cluster_endpoint_restricted(cluster: &Cluster) -> Verdict {
    cluster.public_endpoint.must_be(false)
        | (cluster.public_ranges.must_not_be_empty()
            & cluster.public_ranges.all(|range| range.must_be(Network::Limited)))
}
