//! Resources under construction.

use indexmap::IndexMap;
use model::{Medium, Node, Origin, Presence, Resource, Value, Why};

use crate::shape::part;

/// A resource under construction: what a collector makes of the answers it got.
#[derive(Debug)]
pub struct Draft {
    pub(crate) resource: Resource,
}

impl Draft {
    /// A resource of a type, with its physical id, found by the call that `origin` stands for.
    pub fn new(kind: &str, id: impl Into<String>, origin: Origin) -> Self {
        Self {
            resource: Resource {
                kind: kind.to_owned(),
                id: id.into(),
                name: None,
                arn: None,
                account: None,
                region: None,
                origin,
                presence: Presence::Certain,
                medium: Medium::Account,
                properties: Node::new(Value::Map(IndexMap::new()), origin),
                attributes: IndexMap::new(),
            },
        }
    }

    /// The name others refer to it by.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.resource.name = Some(name.into());
        self
    }

    /// Its ARN.
    pub fn arn(mut self, arn: impl Into<String>) -> Self {
        self.resource.arn = Some(arn.into());
        self
    }

    /// Where it is, when that is not where it was listed.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.resource.region = Some(region.into());
        self
    }

    /// Says that a property is not read: checks of it cannot be decided.
    pub fn unread(self, path: &str) -> Self {
        let origin = self.resource.origin;
        self.set(path, Some(Node::new(Value::Unknown(Why::NotRead), origin)))
    }

    /// Sets a property; `path` may have dots. Nothing is set where there is no node.
    pub fn set(mut self, path: &str, node: Option<Node>) -> Self {
        if let Some(node) = node {
            place(&mut self.resource.properties, path, node);
        }
        self
    }

    /// Sets properties from what stands in a node under other names: `("KeyId", "KmsKeyId")`. Both may
    /// have dots. Of a node that is not known, no part is known.
    pub fn take(mut self, from: &Node, names: &[(&str, &str)]) -> Self {
        for (name, property) in names {
            self = self.set(property, part(from, name));
        }
        self
    }
}

/// Puts a node at a path below another, with maps on the way. What is no map takes nothing in.
pub(crate) fn place(below: &mut Node, path: &str, node: Node) {
    let origin = node.origin;
    let mut place = below;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        let Value::Map(entries) = &mut place.value else { return };
        if keys.peek().is_none() {
            entries.insert(key.to_owned(), node);
            return;
        }
        place = entries.entry(key.to_owned()).or_insert_with(|| Node::new(Value::Map(IndexMap::new()), origin));
    }
}
