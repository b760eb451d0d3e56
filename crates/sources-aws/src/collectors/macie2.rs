//! Amazon Macie: its session in a region.

use aws_wire::{Call, Class, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

static MACIE2: Service = Service {
    endpoint: "macie2",
    signing: "macie2",
    variable: "MACIE2",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

/// What the service says where Macie is off; it has no code of its own for that.
const OFF: &[&str] = &["ResourceNotFoundException", "AccessDeniedException: Macie is not enabled"];

static SESSION: Call = Call {
    service: &MACIE2,
    operation: "GetMacieSession",
    path: "GET /macie",
    action: "macie2:GetMacieSession",
    pages: Pages::One,
    yields: &["AWS::Macie::Session"],
    unset: OFF,
};

static DISCOVERY: Call = Call {
    service: &MACIE2,
    operation: "GetAutomatedDiscoveryConfiguration",
    path: "GET /automated-discovery/configuration",
    action: "macie2:GetAutomatedDiscoveryConfiguration",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "macie2",
    reach: Reach::EveryRegion,
    calls: &[&SESSION, &DISCOVERY],
    collect: |run| Box::pin(session(run)),
};

async fn session(run: &Run) -> Result<(), Halt> {
    let session = run.get(&SESSION, json!({})).await;
    let (status, origin) = match session.at("status") {
        Some(Node { value: Value::Text(status), origin, .. }) => (status, origin),
        // Of what was refused there is a gap.
        None | Some(Node { value: Value::Unknown(_), .. }) => return Ok(()),
        Some(_) => return Err(run.incomplete(&SESSION, Class::Malformed)),
    };
    let discovery = run.get(&DISCOVERY, json!({})).await;
    let draft = Draft::new("AWS::Macie::Session", run.account(), origin)
        .set("Status", Some(Node::new(Value::Text(status), origin)))
        .set("FindingPublishingFrequency", session.at("findingPublishingFrequency"))
        .set("Observed.CreatedAt", session.at("createdAt"))
        .set("Observed.AutomatedDiscoveryStatus", discovery.at("status"));
    run.add(draft);
    Ok(())
}
