//! SAM: resources of the serverless transform become the plain types it expands them to.
//!
//! This runs on what is written, before anything is resolved, as the transform itself does: what it
//! generates may be referred to by the names that SAM documents.

mod api;
mod application;
mod events;
mod function;
mod globals;
mod http_api;
mod layer_version;
mod plain;
mod role;
mod simple_table;
mod state_machine;

use std::collections::HashMap;

use indexmap::IndexMap;
use indexmap::map::Entry;
use model::{Node, Origin, Value};

use crate::report::Report;
use crate::resolve::{Scope, Target};
use crate::template::is_too_long;
use crate::tree::weight;
use plain::{At, Properties};

/// The beginning of the types that SAM expands.
pub(crate) const PREFIX: &str = "AWS::Serverless::";

/// What the expansion of the whole template has made so far.
struct Expansion<'a> {
    resources: IndexMap<String, Node>,
    globals: &'a IndexMap<String, Node>,
    file: &'a str,
    report: &'a Report,
    /// `Function.Alias` and the like, and the resources they stand for.
    names: HashMap<String, String>,
    /// Settings of the declared APIs, which events look at.
    apis: HashMap<String, IndexMap<String, Node>>,
    /// Notifications that events add to buckets declared in the template.
    notifications: Vec<(String, Node)>,
    /// The implicit APIs that events have asked for, and where first.
    implicit_rest: Option<Origin>,
    implicit_http: Option<Origin>,
}

/// A resource of SAM.
struct Serverless {
    logical: String,
    at: At,
    properties: IndexMap<String, Node>,
    /// What stands beside the properties and goes to the main resource.
    attributes: IndexMap<String, Node>,
}

impl Expansion<'_> {
    /// Adds the resource that stands for a serverless one: what stood beside its properties stays.
    fn add_main(&mut self, from: &Serverless, kind: &str, properties: Properties) {
        let mut entries = from.attributes.clone();
        entries.insert("Type".to_owned(), from.at.text(kind));
        entries.insert("Properties".to_owned(), Node::new(Value::Map(properties.0), from.at.0));
        self.insert(from.logical.clone(), Node::new(Value::Map(entries), from.at.0));
    }

    /// Adds a resource that comes with a serverless one: it is there under the same condition.
    fn add(&mut self, from: &Serverless, logical: String, at: At, kind: &str, properties: Properties) {
        let mut entries = IndexMap::new();
        entries.insert("Type".to_owned(), at.text(kind));
        if let Some(condition) = from.attributes.get("Condition") {
            entries.insert("Condition".to_owned(), condition.clone());
        }
        entries.insert("Properties".to_owned(), Node::new(Value::Map(properties.0), at.0));
        self.insert(logical, Node::new(Value::Map(entries), at.0));
    }

    /// What the template declares itself stays.
    fn insert(&mut self, logical: String, node: Node) {
        if let Entry::Vacant(vacant) = self.resources.entry(logical) {
            vacant.insert(node);
        }
    }
}

/// Replaces the serverless resources among those of a template.
pub(crate) fn expand(
    scope: &mut Scope<'_>,
    resources: IndexMap<String, Node>,
    globals: &IndexMap<String, Node>,
) -> IndexMap<String, Node> {
    let serverless = |node: &Node| kind_of(node).is_some_and(|kind| kind.starts_with(PREFIX));
    if !resources.values().any(serverless) {
        return resources;
    }
    let mut expansion = Expansion {
        resources: IndexMap::with_capacity(resources.len() * 2),
        globals,
        file: scope.file,
        report: scope.report,
        names: HashMap::new(),
        apis: HashMap::new(),
        notifications: Vec::new(),
        implicit_rest: None,
        implicit_http: None,
    };
    // Events look at the APIs they belong to, wherever those stand.
    for (logical, node) in &resources {
        if let Some(kind @ ("AWS::Serverless::Api" | "AWS::Serverless::HttpApi")) = kind_of(node)
            && let Some(Node { value: Value::Map(properties), .. }) = node.get("Properties")
        {
            let mut properties = properties.clone();
            if expansion.share(kind, &mut properties, node.origin) {
                expansion.apis.insert(logical.clone(), properties);
            }
        }
    }
    for (logical, node) in resources {
        // A name that is too long is refused where all are.
        if serverless(&node) && !is_too_long(&logical) {
            one(scope, &mut expansion, logical, node);
        } else {
            expansion.resources.insert(logical, node);
        }
    }
    api::implicit(&mut expansion);
    http_api::implicit(&mut expansion);
    events::notify(&mut expansion);
    scope.generated.names = expansion.names;
    expansion.resources
}

impl<'a> Expansion<'a> {
    /// Merges the shared settings for a type into those of a resource; false when that goes beyond the
    /// budget.
    #[must_use]
    fn share(&self, kind: &str, properties: &mut IndexMap<String, Node>, origin: Origin) -> bool {
        let Some(node) = self.shared(kind) else { return true };
        let Value::Map(shared) = &node.value else { return true };
        let within = self.spend(node, origin);
        if within {
            globals::merge(properties, shared);
        }
        within
    }

    /// The shared settings for a type.
    fn shared(&self, kind: &str) -> Option<&'a Node> {
        kind.strip_prefix(PREFIX).and_then(|short| self.globals.get(short))
    }

    /// Whether a copy of a node, beyond those that every template has, is within the budget.
    fn spend(&self, node: &Node, origin: Origin) -> bool {
        self.report.spend(weight(node), self.file, origin)
    }
}

fn kind_of(node: &Node) -> Option<&str> {
    plain::text_of(node.get("Type"))
}

fn one(scope: &mut Scope<'_>, expansion: &mut Expansion<'_>, logical: String, node: Node) {
    let origin = node.origin;
    let kind = kind_of(&node).unwrap_or_default().to_owned();
    let Value::Map(mut attributes) = node.value else { return };
    let properties = match attributes.shift_remove("Properties") {
        None | Some(Node { value: Value::Null, .. }) => IndexMap::new(),
        Some(Node { value: Value::Map(properties), .. }) => properties,
        Some(other) => {
            // Refused where all resources are, with the reason that holds for them.
            attributes.insert("Properties".to_owned(), other);
            expansion.resources.insert(logical, Node::new(Value::Map(attributes), origin));
            return;
        }
    };
    attributes.shift_remove("Type");
    scope.generated.beginnings.insert(logical.clone());
    let mut serverless = Serverless { logical, at: At(origin), properties, attributes };
    if !expansion.share(&kind, &mut serverless.properties, origin) {
        scope.gap(origin, format!("resource {}: not read without the settings it shares", serverless.logical));
        scope.targets.insert(serverless.logical, Target::Broken);
        return;
    }
    match kind.strip_prefix(PREFIX).unwrap_or_default() {
        "Function" => function::expand(scope, expansion, &serverless),
        "Api" => api::expand(expansion, &serverless),
        "HttpApi" => http_api::expand(expansion, &serverless),
        "SimpleTable" => simple_table::expand(expansion, &serverless),
        "StateMachine" => state_machine::expand(scope, expansion, &serverless),
        "LayerVersion" => layer_version::expand(expansion, &serverless),
        "Application" => application::expand(expansion, &serverless),
        // Connectors add permissions to roles; nothing here claims to know all of those.
        "Connector" => {}
        _ => {
            let reason = format!("resource {}: {kind} is not expanded", serverless.logical);
            scope.gap(origin, reason);
        }
    }
}
