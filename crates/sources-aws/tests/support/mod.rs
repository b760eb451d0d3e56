//! Scanning a stand-in.
#![allow(dead_code, reason = "every test file uses its own part")]

pub(crate) mod metrics;

use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Client, ClientOptions};
use findings::{Config, Status};
use model::{Builder, Inventory, Node, Resource, Value};
use sources_aws::{Account, Cell, CellState, Plan, Stop, collectors, scan};
use testbed::TODAY;
use testbed::cloud::{Asked, Cloud, Reply};

/// Scans with one collector; the cells' last states come along, by region. Nothing has been measured.
pub(crate) async fn scanned_in(
    collector: &str,
    regions: &[&str],
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> (Inventory, Vec<(String, CellState)>) {
    let reply = move |asked: &Asked| if metrics::is_asked(asked) { metrics::nothing(asked) } else { reply(asked) };
    scanned_as_told(collector, regions, reply).await
}

/// As [`scanned_in`], with metrics as they are told.
pub(crate) async fn scanned_as_told(
    collector: &str,
    regions: &[&str],
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> (Inventory, Vec<(String, CellState)>) {
    scanned_until(&Stop::default(), collector, regions, reply).await
}

/// As [`scanned_as_told`], until it is stopped.
pub(crate) async fn scanned_until(
    stop: &Stop,
    collector: &str,
    regions: &[&str],
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> (Inventory, Vec<(String, CellState)>) {
    let (inventory, states) = scanned_with(stop, |name| name == collector, regions, reply).await;
    (inventory, states.into_iter().map(|(cell, state)| (cell.region, state)).collect())
}

/// Scans with the collectors that have such names; the cells' last states come along.
pub(crate) async fn scanned_with(
    stop: &Stop,
    is_asked: impl Fn(&str) -> bool,
    regions: &[&str],
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> (Inventory, Vec<(Cell, CellState)>) {
    let cloud = Cloud::start(move |_, asked| reply(asked));
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let options = ClientOptions {
        endpoint_url: Some(cloud.url.clone()),
        attempts: 20,
        longest_pause: Duration::from_millis(2),
        ..ClientOptions::default()
    };
    let client = Arc::new(Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client"));
    // Whoever scans asks first who it is: that the credentials count is known before the first cell.
    let first = collectors().iter().find(|c| is_asked(c.name)).expect("the collector").calls[0];
    let origin = model::Origin::new(model::SourceId(0), 0, 0);
    let _ = client.send(first, "us-east-1", &Default::default(), origin).await;
    let regions = regions.iter().map(|region| (*region).to_owned()).collect();
    let plan = Plan {
        accounts: vec![Account { id: "1".to_owned(), client, regions }],
        collectors: collectors().iter().copied().filter(|c| is_asked(c.name)).collect(),
        today: TODAY,
        deadline: Duration::from_secs(60),
        probing: false,
        makes_reports: true,
    };
    let states = std::sync::Mutex::new(std::collections::BTreeMap::new());
    let mut builder = Builder::new();
    let note = |cell: &Cell, state: CellState| {
        states.lock().expect("the states").insert(cell.clone(), state);
    };
    scan(&plan, stop, None, &note, &mut builder).await;
    // As if the other services had been asked, too, and had nothing.
    for call in collectors().iter().flat_map(|collector| collector.calls) {
        call.yields.iter().for_each(|kind| builder.listed(*kind));
    }
    let states = states.into_inner().expect("the states").into_iter().collect();
    (builder.build(), states)
}

/// `id status` of the findings of a check that apply; of the id what stands behind its last slash.
pub(crate) fn statuses(inventory: &Inventory, check: &str) -> Vec<String> {
    let check = checks::find(check).expect("the check");
    let judged = findings::judge([check], inventory, &Config::default(), TODAY, true);
    let name = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let found = judged.findings.iter().filter(|finding| finding.status() != Status::NotApplicable);
    found.map(|f| format!("{} {}", name(&inventory.resource(f.resource).id), f.status())).collect()
}

/// Scans one region with one collector.
pub(crate) async fn scanned(collector: &str, reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Inventory {
    scanned_in(collector, &["us-east-1"], reply).await.0
}

/// What was found: not the account itself and its regions.
pub(crate) fn found(inventory: &Inventory) -> Vec<&Resource> {
    let own = |kind: &str| matches!(kind, "Pilaster::Account" | "Pilaster::Region");
    inventory.resources.iter().filter(|resource| !own(&resource.kind)).collect()
}

/// What stands at a path of the properties of a resource, in plain JSON; of what is not known, a `?`.
pub(crate) fn property(inventory: &Inventory, id: &str, path: &str) -> serde_json::Value {
    let resource = found(inventory).into_iter().find(|resource| resource.id == id).expect(id);
    let node = path.split('.').try_fold(&resource.properties, |node, key| node.get(key));
    node.map_or(serde_json::Value::Null, plain)
}

fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => serde_json::from_str(number).expect("a number"),
        Value::Text(text) => text.to_string().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => entries.iter().map(|(name, node)| (name.clone(), plain(node))).collect(),
        _ => "?".into(),
    }
}

/// The permissions that gaps name.
pub(crate) fn missing(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

/// A parameter of a form: `Action`, `Marker`.
pub(crate) fn parameter<'a>(asked: &'a Asked, name: &str) -> &'a str {
    let value = |pair: &'a str| pair.strip_prefix(name)?.strip_prefix('=');
    asked.body.split('&').find_map(value).unwrap_or_default()
}

/// The answer of a service that is asked in forms.
pub(crate) fn result(asked: &Asked, inner: &str) -> Reply {
    let name = parameter(asked, "Action");
    Reply::Answer(200, format!("<{name}Response><{name}Result>{inner}</{name}Result></{name}Response>"))
}

/// A refusal of a service that is asked in forms.
pub(crate) fn refused() -> Reply {
    Reply::Answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>".to_owned())
}

/// The path without its query.
pub(crate) fn route(asked: &Asked) -> &str {
    asked.path.split('?').next().unwrap_or_default()
}

/// That a region in which nothing is has been read, and that one that may not be read is told from it:
/// whatever `list` is, the types it yields are not known to be absent.
pub(crate) async fn is_empty_or_denied(collector: &str, empty: Reply, denied: Reply, list: &str) {
    let (inventory, states) = scanned_in(collector, &["us-east-1"], move |_| empty.clone()).await;
    assert!(found(&inventory).is_empty() && inventory.gaps.is_empty(), "{collector}: {:?}", inventory.gaps);
    assert_eq!(states, [("us-east-1".to_owned(), CellState::Done)], "{collector}");
    let (inventory, states) = scanned_in(collector, &["us-east-1"], move |_| denied.clone()).await;
    assert!(found(&inventory).is_empty() && missing(&inventory).contains(&list), "{collector}: {:?}", inventory.gaps);
    assert!(inventory.gaps.iter().any(|gap| !gap.hides.is_empty()), "{collector}: {:?}", inventory.gaps);
    assert_eq!(states, [("us-east-1".to_owned(), CellState::Denied)], "{collector}");
}
