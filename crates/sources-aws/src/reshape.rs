//! From the shapes of the APIs to those of CloudFormation.

use indexmap::IndexMap;
use model::{Node, Value};

/// Maps whose keys are names that people gave.
const NAMED: [&str; 3] = ["tags", "stageVariables", "variables"];

/// The keys with a capital letter at the beginning, all the way down. Those of maps that people filled
/// stay as they are.
pub(crate) fn capitals(node: Node) -> Node {
    let Node { value, origin, .. } = node;
    let value = match value {
        Value::Map(entries) => {
            let entries = entries.into_iter().map(|(key, node)| {
                let node = if NAMED.contains(&key.as_str()) { node } else { capitals(node) };
                (capital(&key), node)
            });
            Value::Map(entries.collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(capitals).collect()),
        value => value,
    };
    Node::new(value, origin)
}

fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// A map as a list of `{Key, Value}`.
pub(crate) fn pairs(node: Node) -> Node {
    let origin = node.origin;
    let Value::Map(entries) = node.value else { return node };
    let items = entries
        .into_iter()
        .map(|(key, value)| map([("Key", Some(words(key, &value))), ("Value", Some(value))], origin));
    Node::new(Value::List(items.collect()), origin)
}

/// Text that came along with a node.
pub(crate) fn words(words: impl Into<Box<str>>, with: &Node) -> Node {
    Node::new(Value::Text(words.into()), with.origin)
}

/// A map of what there is.
pub(crate) fn map<const N: usize>(entries: [(&str, Option<Node>); N], origin: model::Origin) -> Node {
    let entries = entries.into_iter().filter_map(|(key, node)| Some((key.to_owned(), node?)));
    Node::new(Value::Map(entries.collect()), origin)
}

/// The items of a list, each made anew. What is no list stays as it is: it is not known, or not set.
pub(crate) fn each(node: Node, shape: impl Fn(Node) -> Node) -> Node {
    let Node { value, origin, .. } = node;
    match value {
        Value::List(items) => Node::new(Value::List(items.into_iter().map(shape).collect()), origin),
        value => Node::new(value, origin),
    }
}

/// Gives entries of a map other names.
pub(crate) fn renamed(node: Node, names: &[(&str, &str)]) -> Node {
    let Node { value, origin, .. } = node;
    let Value::Map(entries) = value else { return Node::new(value, origin) };
    let entries: IndexMap<String, Node> = entries
        .into_iter()
        .map(|(key, node)| match names.iter().find(|(from, _)| *from == key) {
            Some((_, to)) => ((*to).to_owned(), node),
            None => (key, node),
        })
        .collect();
    Node::new(Value::Map(entries), origin)
}

/// What a list holds; of what is no list, nothing.
pub(crate) fn items(node: Option<Node>) -> Vec<Node> {
    match node.map(|node| node.value) {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    }
}

/// Whether there is no telling what it is.
pub(crate) fn is_unknown(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_))
}

/// The partition that a region is in, as ARNs name it.
pub(crate) fn partition(region: &str) -> &'static str {
    match region {
        region if region.starts_with("cn-") => "aws-cn",
        region if region.starts_with("us-gov-") => "aws-us-gov",
        region if region.starts_with("eusc-") => "aws-eusc",
        _ => "aws",
    }
}
