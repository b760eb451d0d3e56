//! AWS Security Hub: hubs, and the standards they judge by.

use aws_wire::{Call, Class, Pages, Protocol, Scope, Service};
use model::{Node, Value, Why};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static SECURITYHUB: Service = Service {
    endpoint: "securityhub",
    signing: "securityhub",
    variable: "SECURITYHUB",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

/// Where there is no hub, the access is called invalid.
static HUB: Call = Call {
    service: &SECURITYHUB,
    operation: "DescribeHub",
    path: "GET /accounts",
    action: "securityhub:DescribeHub",
    pages: Pages::One,
    yields: &["AWS::SecurityHub::Hub", "AWS::SecurityHub::Standard"],
    unset: &["InvalidAccessException", "ResourceNotFoundException"],
};

static STANDARDS: Call = Call {
    service: &SECURITYHUB,
    operation: "GetEnabledStandards",
    path: "POST /standards/get",
    action: "securityhub:GetEnabledStandards",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SecurityHub::Standard"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "securityhub",
    reach: Reach::EveryRegion,
    calls: &[&HUB, &STANDARDS],
    collect: |run| Box::pin(hub(run)),
};

async fn hub(run: &Run) -> Result<(), Halt> {
    let hub = run.get(&HUB, json!({})).await;
    let (arn, origin) = match hub.at("HubArn") {
        Some(Node { value: Value::Text(arn), origin, .. }) => (arn, origin),
        // Of what was refused there is a gap.
        None | Some(Node { value: Value::Unknown(_), .. }) => return Ok(()),
        Some(_) => return Err(run.incomplete(&HUB, Class::Malformed)),
    };
    let standards = run.list(&STANDARDS, json!({ "MaxResults": 100 }), "StandardsSubscriptions").await;
    for found in standards.iter().flatten() {
        let Some(id) = text(found, "StandardsSubscriptionArn") else { continue };
        let names = [
            ("StandardsArn", "StandardsArn"),
            ("StandardsInput", "Observed.StandardsInput"),
            ("StandardsStatus", "Observed.StandardsStatus"),
        ];
        run.add(Draft::new("AWS::SecurityHub::Standard", id, found.origin).arn(id).take(found, &names));
    }
    // Whether a hub began with the default standards says nothing about those it has. They are listed.
    let by_default = match &standards {
        Ok(_) => Value::Bool(false),
        Err(Halt) => Value::Unknown(Why::NotRead),
    };
    let draft = Draft::new("AWS::SecurityHub::Hub", &*arn, origin)
        .arn(&*arn)
        .set("EnableDefaultStandards", Some(Node::new(by_default, run.origin(&STANDARDS))))
        .set("AutoEnableControls", hub.at("AutoEnableControls"))
        .set("ControlFindingGenerator", hub.at("ControlFindingGenerator"))
        .set("Observed.SubscribedAt", hub.at("SubscribedAt"));
    run.add(draft);
    standards.map(drop)
}
