//! Amazon EventBridge: buses, rules and their targets.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{parsed, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static EVENTS: Service = Service {
    endpoint: "events",
    signing: "events",
    variable: "EVENTBRIDGE",
    protocol: Protocol::Json { target: "AWSEvents", version: "1.1" },
    scope: Scope::Regional,
};

static BUSES: Call = Call {
    service: &EVENTS,
    operation: "ListEventBuses",
    path: "",
    action: "events:ListEventBuses",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Events::EventBus", "AWS::Events::EventBusPolicy", "AWS::Events::Rule"],
    unset: &[],
};

static BUS: Call = Call {
    service: &EVENTS,
    operation: "DescribeEventBus",
    path: "",
    action: "events:DescribeEventBus",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static RULES: Call = Call {
    service: &EVENTS,
    operation: "ListRules",
    path: "",
    action: "events:ListRules",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Events::Rule"],
    unset: &[],
};

static TARGETS: Call = Call {
    service: &EVENTS,
    operation: "ListTargetsByRule",
    path: "",
    action: "events:ListTargetsByRule",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "eventbridge",
    reach: Reach::EveryRegion,
    calls: &[&BUSES, &BUS, &RULES, &TARGETS],
    collect: |run| Box::pin(buses(run)),
};

async fn buses(run: &Run) -> Result<(), Halt> {
    let buses = run.list(&BUSES, json!({ "Limit": 100 }), "EventBuses").await?;
    for bus in &buses {
        let Some(name) = text(bus, "Name") else { continue };
        // A list that could not be read is a gap already, and the other buses have their own.
        let rules = run.list(&RULES, json!({ "EventBusName": name, "Limit": 100 }), "Rules").await;
        run.each(rules.unwrap_or_default(), rule).await;
    }
    run.each(buses, bus).await;
    Ok(())
}

async fn bus(run: &Run, bus: Node) -> Vec<Draft> {
    let Some(name) = text(&bus, "Name") else { return Vec::new() };
    let details = run.get(&BUS, json!({ "Name": name })).await;
    let mut draft = Draft::new("AWS::Events::EventBus", name, bus.origin).name(name);
    if let Some(arn) = text(&bus, "Arn") {
        draft = draft.arn(arn);
    }
    draft = draft
        .take(&bus, &[("Name", "Name"), ("Description", "Description"), ("CreationTime", "Observed.CreationTime")])
        .set("Policy", part(&bus, "Policy").map(parsed));
    for property in ["DeadLetterConfig", "KmsKeyIdentifier", "LogConfig"] {
        draft = draft.set(property, details.at(property));
    }
    vec![draft]
}

/// Targets have the names that they have as properties.
async fn rule(run: &Run, rule: Node) -> Vec<Draft> {
    let Some(name) = text(&rule, "Name") else { return Vec::new() };
    let bus = text(&rule, "EventBusName").unwrap_or("default");
    let parameters = json!({ "Rule": name, "EventBusName": bus, "Limit": 100 });
    let targets = run.get_list(&TARGETS, parameters, "Targets").await;
    let id = if bus == "default" { name.to_owned() } else { format!("{bus}|{name}") };
    let mut draft = Draft::new("AWS::Events::Rule", id.clone(), rule.origin).name(id);
    if let Some(arn) = text(&rule, "Arn") {
        draft = draft.arn(arn);
    }
    let draft = draft.take(
        &rule,
        &[
            ("Name", "Name"),
            ("Description", "Description"),
            ("RoleArn", "RoleArn"),
            ("ScheduleExpression", "ScheduleExpression"),
            ("State", "State"),
            ("ManagedBy", "Observed.ManagedBy"),
        ],
    );
    let bus = Node::new(Value::Text(bus.into()), rule.origin);
    let draft = draft.set("EventBusName", Some(bus)).set("EventPattern", part(&rule, "EventPattern").map(parsed));
    vec![draft.set("Targets", targets)]
}
