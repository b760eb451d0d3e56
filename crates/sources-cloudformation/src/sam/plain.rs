//! Builds nodes of plain templates.

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Value};

use crate::template::is_too_long;

/// Builds nodes that all stand for what is written at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct At(pub(super) Origin);

impl At {
    pub(super) fn text(self, text: impl Into<Box<str>>) -> Node {
        Node::new(Value::Text(text.into()), self.0)
    }

    pub(super) fn bool(self, value: bool) -> Node {
        Node::new(Value::Bool(value), self.0)
    }

    pub(super) fn list(self, items: impl IntoIterator<Item = Node>) -> Node {
        Node::new(Value::List(items.into_iter().collect()), self.0)
    }

    pub(super) fn map<const N: usize>(self, entries: [(&str, Node); N]) -> Node {
        let entries = entries.into_iter().map(|(name, node)| (name.to_owned(), node));
        Node::new(Value::Map(entries.collect()), self.0)
    }

    pub(super) fn reference(self, name: &str) -> Node {
        self.map([("Ref", self.text(name))])
    }

    pub(super) fn attribute(self, name: &str, attribute: &str) -> Node {
        self.map([("Fn::GetAtt", self.list([self.text(name), self.text(attribute)]))])
    }

    pub(super) fn sub(self, text: &str) -> Node {
        self.map([("Fn::Sub", self.text(text))])
    }

    /// What SAM or its packaging puts here, and only on deployment.
    pub(super) fn later(self, text: impl Into<Box<str>>) -> Node {
        Node::unresolved(Expression::set(text, ExpressionKind::Macro), self.0)
    }
}

/// The properties of a resource under construction.
#[derive(Debug, Default)]
pub(super) struct Properties(pub(super) IndexMap<String, Node>);

impl Properties {
    pub(super) fn put(&mut self, name: &str, node: Node) -> &mut Self {
        self.0.insert(name.to_owned(), node);
        self
    }

    pub(super) fn put_some(&mut self, name: &str, node: Option<Node>) -> &mut Self {
        if let Some(node) = node {
            self.put(name, node);
        }
        self
    }

    /// Copies properties that have the same name and form on both sides.
    pub(super) fn copy(&mut self, names: &[&str], from: &IndexMap<String, Node>) -> &mut Self {
        for name in names {
            self.put_some(name, from.get(*name).cloned());
        }
        self
    }
}

pub(super) fn text_of(node: Option<&Node>) -> Option<&str> {
    match &node?.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// A text that may be part of the name of a resource: many names hold a copy of it.
pub(super) fn name_of(node: Option<&Node>) -> Option<&str> {
    text_of(node).filter(|name| !is_too_long(name))
}

pub(super) fn is_true(node: Option<&Node>) -> bool {
    match node.map(|node| &node.value) {
        Some(Value::Bool(value)) => *value,
        Some(Value::Text(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

pub(super) fn entries(node: Option<&Node>) -> Option<&IndexMap<String, Node>> {
    match &node?.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    }
}

/// The resource that `!Ref X` or `!GetAtt X.Arn` points to.
pub(super) fn target(node: Option<&Node>) -> Option<&str> {
    let entries = entries(node)?;
    if let Some(name) = entries.get("Ref") {
        return text_of(Some(name));
    }
    match &entries.get("Fn::GetAtt")?.value {
        Value::List(items) => text_of(items.first()),
        Value::Text(text) => text.split('.').next(),
        _ => None,
    }
}

/// Whether a map is the call of a function and not a map of settings.
pub(super) fn is_call(node: &Node) -> bool {
    matches!(&node.value, Value::Map(entries)
        if entries.len() == 1 && entries.first().is_some_and(|(name, _)| crate::functions::is_function(name)))
}

/// SAM writes tags as a map, the plain types as a list.
pub(super) fn tags(node: Option<&Node>) -> Option<Node> {
    let node = node?;
    match &node.value {
        Value::Map(entries) if !is_call(node) => {
            let items = entries.iter().map(|(key, value)| {
                let at = At(value.origin);
                at.map([("Key", at.text(key.as_str())), ("Value", value.clone())])
            });
            Some(At(node.origin).list(items))
        }
        _ => Some(node.clone()),
    }
}
