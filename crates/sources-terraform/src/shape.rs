//! What arguments are made into on their way to properties. Every function here fits [`With`](crate::mapping::Rule::With)
//! or [`From`](crate::mapping::Rule::From).

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Value, Why};

use crate::mapping::argument;

/// A policy or another document that is written as JSON text.
pub(crate) fn json(node: Node) -> Option<Node> {
    Some(crate::json::unfold(node))
}

/// Text that means "off", or nothing, counts as unset.
pub(crate) fn unless_zero(node: Node) -> Option<Node> {
    match &node.value {
        Value::Number(number) | Value::Text(number) if &**number == "0" => None,
        _ => Some(node),
    }
}

/// A single value where CloudFormation has a list.
pub(crate) fn listed(node: Node) -> Option<Node> {
    let origin = node.origin;
    Some(match node.value {
        Value::List(_) => node,
        _ => Node::new(Value::List(vec![node]), origin),
    })
}

/// A switch that CloudFormation calls `Enabled` or `Disabled`.
pub(crate) fn enabled_or_disabled(node: Node) -> Option<Node> {
    worded(node, "Enabled", "Disabled")
}

/// A switch that is a word in capitals.
pub(crate) fn enabled_capitals(node: Node) -> Option<Node> {
    worded(node, "ENABLED", "DISABLED")
}

/// A switch that CloudFormation calls by words.
pub(crate) fn worded(node: Node, on: &str, off: &str) -> Option<Node> {
    Some(match as_bool(&node) {
        Some(value) => Node { value: Value::Text(if value { on } else { off }.into()), ..node },
        None => node,
    })
}

/// The value of a switch, as Terraform converts it.
pub(crate) fn as_bool(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(value) => Some(*value),
        Value::Text(text) if matches!(&**text, "true" | "1") => Some(true),
        Value::Text(text) if matches!(&**text, "false" | "0") => Some(false),
        _ => None,
    }
}

/// Known text.
pub(crate) fn as_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text),
        _ => None,
    }
}

/// The items of a list; none of anything else.
pub(crate) fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// A switch, and what the provider takes it for where it is not set.
pub(crate) fn bool_or(values: &Node, name: &str, default: bool) -> Node {
    argument(values, name).cloned().unwrap_or_else(|| Node::new(Value::Bool(default), values.origin))
}

/// Text, and what the provider takes it for where it is not set.
pub(crate) fn text_or(values: &Node, name: &str, default: &str) -> Node {
    argument(values, name).cloned().unwrap_or_else(|| Node::new(Value::Text(default.into()), values.origin))
}

/// Blocks that say what they are called, as a map by that name. `make` gives what stands behind the name. Where a
/// block or its name is not known, the map is not.
pub(crate) fn by_name(blocks: &Node, name: &str, make: impl Fn(&Node) -> Option<Node>) -> Node {
    let Value::List(items) = &blocks.value else { return blocks.clone() };
    let mut entries = IndexMap::new();
    for block in items {
        match block.get(name) {
            Some(Node { value: Value::Text(key), .. }) => {
                if let Some(made) = make(block) {
                    entries.insert(key.to_string(), made);
                }
            }
            Some(open) => return Node { origin: blocks.origin, ..unseen(open) },
            None => return Node { origin: blocks.origin, ..unseen(block) },
        }
    }
    Node { value: Value::Map(entries), ..blocks.clone() }
}

/// What is known of something that depends on a node: no more than the node says.
fn unseen(node: &Node) -> Node {
    let unknown = |expression| Node::unresolved(expression, node.origin);
    match (&node.value, node.expression()) {
        (Value::Unknown(_), _) => node.clone(),
        (_, Some(expression)) => unknown(expression.clone()),
        (_, None) => unknown(Expression::new("a name that is not known", ExpressionKind::Function)),
    }
}

/// A map of these entries.
pub(crate) fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Node)>, origin: Origin) -> Node {
    let entries = entries.into_iter().map(|(key, node)| (key.to_owned(), node));
    Node::new(Value::Map(entries.collect()), origin)
}

/// A list of single values, as a list of maps that hold one each under `name`.
pub(crate) fn each_under(node: Node, name: &str) -> Option<Node> {
    let Value::List(items) = node.value else { return Some(node) };
    let one = |item: Node| {
        let origin = item.origin;
        map([(name, item)], origin)
    };
    Some(Node { value: Value::List(items.into_iter().map(one).collect()), ..node })
}

/// An argument of a block that stands once at most. Of a block that is not known, the block.
pub(crate) fn within<'n>(values: &'n Node, block: &str, name: &str) -> Option<&'n Node> {
    let block = only_block(values, block)?;
    match block.value {
        Value::Unknown(_) => Some(block),
        _ => argument(block, name),
    }
}

/// Base64 with padding or without.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Text in Base64, decoded. What is no Base64 has not been encoded yet; what is no text, such as a compressed script,
/// is not known.
pub(crate) fn from_base64(node: Node) -> Option<Node> {
    let Value::Text(encoded) = &node.value else { return Some(node) };
    let value = match BASE64.decode(&**encoded).map(String::from_utf8) {
        Ok(Ok(text)) => Value::Text(text.into()),
        Ok(Err(_)) => Value::Unknown(Why::Malformed("text in Base64".into())),
        Err(_) => return Some(node),
    };
    Some(Node { value, ..node })
}

/// What becomes of data when its resource is deleted: the provider keeps a last snapshot unless the argument `skip` says
/// otherwise.
pub(crate) fn snapshot_unless(values: &Node, skip: &str) -> Option<Node> {
    let snapshot = |origin| Some(Node::new(Value::Text("Snapshot".into()), origin));
    match argument(values, skip) {
        None => snapshot(values.origin),
        Some(node) => match as_bool(node) {
            Some(true) => None,
            Some(false) => snapshot(node.origin),
            None => Some(node.clone()),
        },
    }
}

/// A map of tags or attributes, as a list of maps with `Key` and `Value`.
pub(crate) fn pairs(node: Node) -> Option<Node> {
    let Value::Map(entries) = node.value else { return Some(node) };
    let pair = |(key, value): (String, Node)| {
        let origin = value.origin;
        map([("Key", Node::new(Value::Text(key.into()), origin)), ("Value", value)], origin)
    };
    Some(Node { value: Value::List(entries.into_iter().map(pair).collect()), ..node })
}

/// A block that stands once at most.
pub(crate) fn only_block<'n>(values: &'n Node, name: &str) -> Option<&'n Node> {
    let node = argument(values, name)?;
    match &node.value {
        Value::List(items) => items.first(),
        _ => Some(node),
    }
}
