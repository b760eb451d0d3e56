//! What a collector works with.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use aws_wire::{Call, Class, Client, Failure};
use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use model::{Gap, Node, Origin, Resource, Source, SourceId, Value, Why};
use serde::{Deserialize, Serialize};
use serde_json::Map;

use crate::{CellState, Collector, Draft, Ending, Stop};

/// How many items of a list are described at once. How many calls go out is decided for the whole scan;
/// this bounds what waits for its turn.
const AT_ONCE: usize = 64;

/// One collector at work in one region of one account.
#[derive(Debug)]
pub struct Run {
    pub(crate) client: Arc<Client>,
    pub(crate) account: String,
    pub(crate) region: String,
    /// Asks for one thing of each kind only, to see what is permitted.
    pub(crate) probing: bool,
    /// Has IAM make a new credential report.
    pub(crate) makes_reports: bool,
    pub(crate) stop: Stop,
    /// The day of the scan.
    pub(crate) today: Date,
    pub(crate) found: Mutex<Found>,
}

/// What a run has found. Sources are numbered within it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) sources: Vec<Source>,
    #[serde(skip)]
    by_operation: HashMap<(String, String), SourceId>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) gaps: Vec<Gap>,
    /// Types of resource that a region does not have, with the region.
    pub(crate) not_offered: BTreeSet<(String, String)>,
    worst: Option<Severity>,
}

/// How much a failure says about a cell: the order of the answers must not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Severity {
    Absent,
    Denied,
    Throttled,
    Failed,
}

impl Severity {
    fn of(class: Class) -> Self {
        match class {
            Class::Unavailable => Severity::Absent,
            Class::Denied => Severity::Denied,
            Class::Throttled => Severity::Throttled,
            _ => Severity::Failed,
        }
    }
}

impl Found {
    /// What nodes of an operation's answers in a region name as their origin.
    pub(crate) fn origin(&mut self, operation: &str, region: &str) -> Origin {
        let key = (operation.to_owned(), region.to_owned());
        let id = match self.by_operation.get(&key) {
            Some(id) => *id,
            None => {
                let source = Source::Call { operation: key.0.clone(), region: key.1.clone() };
                // What a checkpoint kept has its sources, and not their numbers by name.
                let known = self.sources.iter().position(|known| *known == source);
                let id = SourceId(known.unwrap_or(self.sources.len()) as u32);
                if known.is_none() {
                    self.sources.push(source);
                }
                self.by_operation.insert(key, id);
                id
            }
        };
        Origin::new(id, 0, 0)
    }
}

/// A list could not be read. The gap is noted already; there is nothing left for the collector to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt;

/// What was said about a property: its value, that it is not set, or why it is not known.
#[derive(Debug, Clone)]
pub struct Answer {
    node: Option<Node>,
}

impl Answer {
    /// What stands at a path of the answer. Of an answer that is not known, every part is not known.
    pub fn at(&self, path: &str) -> Option<Node> {
        let node = self.node.as_ref()?;
        if matches!(node.value, Value::Unknown(_)) {
            return Some(node.clone());
        }
        path.split('.').try_fold(node, |node, key| node.get(key)).cloned()
    }

    /// The whole answer.
    pub fn whole(&self) -> Option<Node> {
        self.node.clone()
    }

    /// Text at a path, read as JSON: policies come that way. What is no JSON is malformed.
    pub fn json_at(&self, path: &str) -> Option<Node> {
        self.at(path).map(crate::shape::parsed)
    }
}

impl Run {
    /// The account's number.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The day of the scan: what is asked for a span of time ends with its beginning.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The partition of the region, as ARNs name it: `aws-cn`.
    pub fn partition(&self) -> &'static str {
        aws_wire::partition(&self.region).id
    }

    /// The ARN of something of the account in the region: `volume/vol-1` of `ec2`.
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:{}:{service}:{}:{}:{resource}", self.partition(), self.region, self.account)
    }

    /// All items that a list holds at `path`, over all its pages.
    ///
    /// # Errors
    /// When a page cannot be read. It becomes a gap: half a list would make the other half absent.
    pub async fn list(
        &self,
        call: &'static Call,
        parameters: serde_json::Value,
        path: &str,
    ) -> Result<Vec<Node>, Halt> {
        self.list_in(&self.region, call, parameters, path).await
    }

    /// As [`Run::list`], in a region that need not be the run's own: some things are kept in one region,
    /// whichever the others are.
    ///
    /// # Errors
    /// As those of [`Run::list`].
    pub async fn list_in(
        &self,
        region: &str,
        call: &'static Call,
        parameters: serde_json::Value,
        path: &str,
    ) -> Result<Vec<Node>, Halt> {
        let origin = self.origin_in(region, call);
        let items = self.items(region, call, parameters, path, origin).await;
        items.map_err(|failure| self.gap(region, call, &failure))
    }

    /// What a call says about one thing. It never fails: a refusal is an unknown that names the
    /// permission, an error that means "not set" is an absence.
    pub async fn get(&self, call: &'static Call, parameters: serde_json::Value) -> Answer {
        self.get_in(&self.region, call, parameters).await
    }

    /// As [`Run::get`], in a region that need not be the run's own: buckets are listed in one place and
    /// answer only in theirs.
    pub async fn get_in(&self, region: &str, call: &'static Call, parameters: serde_json::Value) -> Answer {
        let origin = self.origin_in(region, call);
        match self.client.send(call, region, &map(parameters), origin).await {
            Ok(node) => Answer { node: Some(node) },
            Err(Failure { class: Class::Unset, .. }) => Answer { node: None },
            Err(failure) => Answer { node: Some(self.unknown(region, call, &failure, origin)) },
        }
    }

    /// A list that is a property of one thing, over all its pages. As with [`Run::get`], a refusal is an
    /// unknown.
    pub async fn get_list(&self, call: &'static Call, parameters: serde_json::Value, path: &str) -> Option<Node> {
        let origin = self.origin(call);
        match self.items(&self.region, call, parameters, path, origin).await {
            Ok(items) => Some(Node::new(Value::List(items), origin)),
            Err(Failure { class: Class::Unset, .. }) => None,
            Err(failure) => Some(self.unknown(&self.region, call, &failure, origin)),
        }
    }

    /// The items that all pages hold at a path; the first one only where a probe is enough.
    async fn items(
        &self,
        region: &str,
        call: &'static Call,
        parameters: serde_json::Value,
        path: &str,
        origin: Origin,
    ) -> Result<Vec<Node>, Failure> {
        let parameters = map(parameters);
        let pages = match self.probing {
            true => vec![self.client.send(call, region, &parameters, origin).await?],
            false => self.client.pages(call, region, &parameters, origin).await?,
        };
        let mut items = items(call, &pages, path)?;
        let listed = items.len();
        items.retain(|item| matches!(item.value, Value::Map(_) | Value::Text(_)));
        if items.len() < listed {
            // One item that is none costs only itself.
            self.gap(region, call, &Failure::new(call, Class::Malformed));
        }
        if self.probing {
            items.truncate(1);
        }
        Ok(items)
    }

    /// Notes that an answer does not hold all it should: the service failed for some of what it was asked
    /// about, or an answer cannot be understood.
    pub fn incomplete(&self, call: &'static Call, class: Class) -> Halt {
        self.gap(&self.region, call, &Failure::new(call, class))
    }

    /// What stands in place of an answer that was refused.
    pub(crate) fn unknown(&self, region: &str, call: &Call, failure: &Failure, origin: Origin) -> Node {
        // Never malformed: that would say that there is something.
        let why = match failure.class {
            Class::Denied => Why::Denied(call.action.into()),
            _ => Why::Denied(format!("{} ({})", call.action, failure.class).into()),
        };
        self.gap(region, call, failure);
        Node::new(Value::Unknown(why), origin)
    }

    /// Describes each item, many at a time, and keeps what comes of it.
    pub async fn each<'a, T, F>(&'a self, items: Vec<T>, describe: fn(&'a Self, T) -> F)
    where
        F: Future<Output = Vec<Draft>> + 'a,
    {
        let mut described = stream::iter(items).map(|item| describe(self, item)).buffer_unordered(AT_ONCE);
        while let Some(drafts) = described.next().await {
            drafts.into_iter().for_each(|draft| self.add(draft));
        }
    }

    /// Keeps a resource.
    pub fn add(&self, draft: Draft) {
        let mut resource = draft.resource;
        resource.account = Some(self.account.clone());
        resource.region.get_or_insert_with(|| self.region.clone());
        self.found().resources.push(resource);
    }

    /// What nodes of this call's answers name as their origin.
    pub fn origin(&self, call: &Call) -> Origin {
        self.origin_in(&self.region, call)
    }

    fn origin_in(&self, region: &str, call: &Call) -> Origin {
        self.found().origin(call.action, region)
    }

    /// Notes what could not be read.
    fn gap(&self, region: &str, call: &Call, failure: &Failure) -> Halt {
        if failure.class == Class::Expired {
            self.stop.now(Ending::Expired);
        }
        let mut found = self.found();
        found.worst = found.worst.max(Some(Severity::of(failure.class)));
        // Where a service is not, or a region is not enabled, nothing is missing.
        if failure.class == Class::Unavailable {
            found.not_offered.extend(call.yields.iter().map(|kind| ((*kind).to_owned(), region.to_owned())));
            return Halt;
        }
        found.gaps.push(Gap {
            service: Some(call.service.endpoint.to_owned()),
            account: Some(self.account.clone()),
            region: Some(region.to_owned()),
            call: Some(call.operation.to_owned()),
            reason: match &failure.code {
                Some(code) if failure.class != Class::Denied => format!("{} ({code})", failure.class),
                _ => failure.class.to_string(),
            },
            action: (failure.class == Class::Denied).then(|| call.action.to_owned()),
            hides: call.yields.iter().map(|kind| (*kind).to_owned()).collect(),
            ..Gap::default()
        });
        Halt
    }

    pub(crate) fn found(&self) -> std::sync::MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the collector did not come to its end: what it yields may be there.
    pub(crate) fn cut_short(&self, collector: &Collector, reason: String) {
        self.found().gaps.push(Gap {
            service: Some(collector.name.to_owned()),
            account: Some(self.account.clone()),
            region: Some(self.region.clone()),
            reason,
            hides: collector.calls.iter().flat_map(|call| call.yields).map(|kind| (*kind).to_owned()).collect(),
            ..Gap::default()
        });
    }

    /// How the cell stands once its collector has come to an end.
    pub(crate) fn state(&self) -> CellState {
        let found = self.found();
        match found.worst {
            None => CellState::Done,
            // A single operation that is missing does not make a service missing.
            Some(Severity::Absent) if found.resources.is_empty() => CellState::NotAvailable,
            Some(Severity::Absent) => CellState::Done,
            Some(Severity::Failed) => CellState::Failed,
            Some(Severity::Denied) => CellState::Denied,
            Some(Severity::Throttled) => CellState::Throttled,
        }
    }
}

fn map(parameters: serde_json::Value) -> Map<String, serde_json::Value> {
    match parameters {
        serde_json::Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The items that pages hold at a path. One that stands there alone is a list of one: XML does not tell the
/// two apart.
fn items(call: &Call, pages: &[Node], path: &str) -> Result<Vec<Node>, Failure> {
    let mut items = Vec::new();
    for page in pages {
        if !matches!(page.value, Value::Map(_) | Value::Null) {
            return Err(Failure::new(call, Class::Malformed));
        }
        let Some(found) = path.split('.').try_fold(page, |node, key| node.get(key)) else { continue };
        match &found.value {
            Value::List(list) => items.extend(list.iter().cloned()),
            Value::Null => {}
            Value::Map(_) | Value::Text(_) => items.push(found.clone()),
            _ => return Err(Failure::new(call, Class::Malformed)),
        }
    }
    Ok(items)
}
