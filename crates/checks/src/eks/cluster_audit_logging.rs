//! `eks_cluster_audit_logging`

use macros::check;
use model::Verdict;

use crate::views::eks::Cluster;

/// EKS clusters log audit and authentication events
///
/// The audit log says who asked the cluster for what; the authenticator log, which AWS identity that was. Both are
/// off by default, and cannot be had afterwards: without them an intrusion can be neither noticed nor traced.
///
/// ## Fix
/// List `audit` and `authenticator` under `Logging.ClusterLogging.EnabledTypes`. CloudWatch Logs charges for what is
/// written; set a retention for the log group.
/// ```yaml,fail
/// Type: AWS::EKS::Cluster
/// Properties: { ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,pass
/// Type: AWS::EKS::Cluster
/// Properties:
///   ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] }
///   Logging: { ClusterLogging: { EnabledTypes: [{ Type: audit }, { Type: authenticator }] } }
/// ```
#[check(SEC04_BP01, severity = Medium, needs = [Money], fsbp = ["EKS.8"])]
fn eks_cluster_audit_logging(cluster: &Cluster) -> Verdict {
    cluster.log_types.any("the audit log", |kind| kind.name.must_be("audit"))
        & cluster.log_types.any("the authenticator log", |kind| kind.name.must_be("authenticator"))
}
