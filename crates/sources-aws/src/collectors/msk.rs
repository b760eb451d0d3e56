//! Amazon MSK: clusters with brokers.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static KAFKA: Service = Service {
    endpoint: "kafka",
    signing: "kafka",
    variable: "KAFKA",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static CLUSTERS: Call = Call {
    service: &KAFKA,
    operation: "ListClustersV2",
    path: "GET /api/v2/clusters",
    action: "kafka:ListClustersV2",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::MSK::Cluster"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector =
    Collector { name: "msk", reach: Reach::EveryRegion, calls: &[&CLUSTERS], collect: |run| Box::pin(collect(run)) };

async fn collect(run: &Run) -> Result<(), Halt> {
    let clusters = run.list(&CLUSTERS, json!({ "maxResults": 100 }), "clusterInfoList").await?;
    clusters.into_iter().filter_map(cluster).for_each(|draft| run.add(draft));
    Ok(())
}

fn cluster(cluster: Node) -> Option<Draft> {
    let (name, arn) = (text(&cluster, "clusterName")?, text(&cluster, "clusterArn")?);
    // A serverless cluster is a type of its own, of which no check speaks.
    let provisioned = part(&cluster, "provisioned").filter(|node| !matches!(node.value, Value::Null)).map(capitals)?;
    let draft = Draft::new("AWS::MSK::Cluster", name, cluster.origin).name(name).arn(arn);
    Some(
        draft
            .take(
                &provisioned,
                &[
                    ("BrokerNodeGroupInfo", "BrokerNodeGroupInfo"),
                    ("ClientAuthentication", "ClientAuthentication"),
                    ("EncryptionInfo", "EncryptionInfo"),
                    ("EnhancedMonitoring", "EnhancedMonitoring"),
                    ("OpenMonitoring", "OpenMonitoring"),
                    ("LoggingInfo", "LoggingInfo"),
                    ("NumberOfBrokerNodes", "NumberOfBrokerNodes"),
                    ("StorageMode", "StorageMode"),
                    ("CurrentBrokerSoftwareInfo.KafkaVersion", "KafkaVersion"),
                ],
            )
            .take(&cluster, &[("clusterName", "ClusterName"), ("tags", "Tags"), ("state", "Observed.State")]),
    )
}
