//! AWS Direct Connect: connections of the account, and where they end.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static DIRECT_CONNECT: Service = Service {
    endpoint: "directconnect",
    signing: "directconnect",
    variable: "DIRECT_CONNECT",
    protocol: Protocol::Json { target: "OvertureService", version: "1.1" },
    scope: Scope::Regional,
};

static CONNECTIONS: Call = Call {
    service: &DIRECT_CONNECT,
    operation: "DescribeConnections",
    path: "",
    action: "directconnect:DescribeConnections",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::DirectConnect::Connection"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "directconnect",
    reach: Reach::EveryRegion,
    calls: &[&CONNECTIONS],
    collect: |run| Box::pin(connections(run)),
};

/// What was deleted or refused is listed for a while.
async fn connections(run: &Run) -> Result<(), Halt> {
    for found in run.list(&CONNECTIONS, json!({}), "connections").await? {
        let Some(id) = text(&found, "connectionId") else { continue };
        if matches!(text(&found, "connectionState"), Some("deleted" | "deleting" | "rejected")) {
            continue;
        }
        let draft = Draft::new("AWS::DirectConnect::Connection", id, found.origin).name(id).take(
            &found,
            &[
                ("bandwidth", "Bandwidth"),
                ("connectionName", "ConnectionName"),
                ("lagId", "LagId"),
                ("location", "Location"),
                ("providerName", "ProviderName"),
                ("connectionState", "Observed.State"),
                ("awsDeviceV2", "Observed.Device"),
                ("hasLogicalRedundancy", "Observed.HasLogicalRedundancy"),
                ("portEncryptionStatus", "Observed.PortEncryptionStatus"),
            ],
        );
        run.add(draft.set("Tags", part(&found, "tags").map(capitals)));
    }
    Ok(())
}
