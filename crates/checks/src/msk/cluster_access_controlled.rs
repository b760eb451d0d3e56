//! `msk_cluster_access_controlled`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::MSK::Cluster")]
struct Cluster<'a> {
    at: At<'a>,
    #[view(path = "BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type", default = "DISABLED")]
    public_access: Fact<'a, Text<'a>>,
    #[view(path = "ClientAuthentication.Unauthenticated.Enabled", default = false)]
    unauthenticated: Fact<'a, bool>,
    #[view(path = "ClientAuthentication.Sasl.Iam.Enabled", default = false)]
    iam: Fact<'a, bool>,
    #[view(path = "ClientAuthentication.Sasl.Scram.Enabled", default = false)]
    scram: Fact<'a, bool>,
    #[view(path = "ClientAuthentication.Tls.Enabled", default = false)]
    certificates: Fact<'a, bool>,
    #[view(path = "EncryptionInfo.EncryptionInTransit.ClientBroker", default = "TLS")]
    client_broker: Fact<'a, Text<'a>>,
    #[view(path = "EncryptionInfo.EncryptionInTransit.InCluster", default = true)]
    in_cluster: Fact<'a, bool>,
}

/// MSK clusters admit known clients only, over TLS, and not from the internet
///
/// A cluster that says nothing of authentication lets every host that reaches a broker read and write every
/// topic. Without TLS whatever passes through it can be read on the way, and with public access brokers have
/// addresses on the internet. MSK refuses public access to a cluster that has neither authentication nor TLS,
/// so the worst this can be is open to its network, which is why it is not critical.
///
/// ## Fix
/// Under `ClientAuthentication` enable `Sasl.Iam`, `Sasl.Scram` or `Tls`, and disable `Unauthenticated`. Leave
/// `EncryptionInTransit` at its defaults, which are TLS with clients and between brokers, and `PublicAccess`
/// at `DISABLED`. Clients need new settings before the old way in is closed.
/// ```yaml,fail
/// Type: AWS::MSK::Cluster
/// Properties:
///   ClusterName: orders
///   KafkaVersion: 3.9.x
///   NumberOfBrokerNodes: 3
///   BrokerNodeGroupInfo: { InstanceType: kafka.m7g.large, ClientSubnets: [subnet-1, subnet-2, subnet-3] }
/// ```
/// ```yaml,pass
/// Type: AWS::MSK::Cluster
/// Properties:
///   ClusterName: orders
///   KafkaVersion: 3.9.x
///   NumberOfBrokerNodes: 3
///   BrokerNodeGroupInfo: { InstanceType: kafka.m7g.large, ClientSubnets: [subnet-1, subnet-2, subnet-3] }
///   ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } }
/// ```
#[check(
    SEC09_BP02, SEC09_BP03, SEC03_BP07,
    severity = High, effort = Medium, needs = [Testing], fsbp = ["MSK.1", "MSK.4", "MSK.6"]
)]
fn msk_cluster_access_controlled(cluster: &Cluster) -> Verdict {
    let authenticated = cluster.iam.must_be(true) | cluster.scram.must_be(true) | cluster.certificates.must_be(true);
    cluster.public_access.must_be("DISABLED")
        & cluster.unauthenticated.must_be(false)
        & authenticated
        & cluster.client_broker.must_be("TLS")
        & cluster.in_cluster.must_be(true)
}
