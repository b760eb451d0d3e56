//! Parts of answers, and the shapes that CloudFormation gives them. Whatever is done to a node that is
//! not known, it stays so.

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use indexmap::IndexMap;
use model::{Node, Value, Why};

/// What stands at a path of a node. Of a node that is not known, every part is not known.
pub(crate) fn part(node: &Node, path: &str) -> Option<Node> {
    if is_unknown(node) {
        return Some(node.clone());
    }
    path.split('.').try_fold(node, |node, key| node.get(key)).cloned()
}

/// The text at a path of a node.
pub(crate) fn text<'n>(node: &'n Node, path: &str) -> Option<&'n str> {
    as_text(path.split('.').try_fold(node, |node, key| node.get(key))?)
}

/// A node that is text.
pub(crate) fn as_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The items of a list at a path; none where there is no list.
pub(crate) fn items<'n>(node: &'n Node, path: &str) -> &'n [Node] {
    match path.split('.').try_fold(node, |node, key| node.get(key)).map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// What a list holds; of what is no list, nothing.
pub(crate) fn into_items(node: Option<Node>) -> Vec<Node> {
    match node.map(|node| node.value) {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    }
}

/// Whether there is no telling what it is.
pub(crate) fn is_unknown(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_))
}

/// Text as a value, with the origin of `near`.
pub(crate) fn literal(text: impl Into<Box<str>>, near: &Node) -> Node {
    Node::new(Value::Text(text.into()), near.origin)
}

/// A list as a value, with the origin of `near`.
pub(crate) fn list(items: Vec<Node>, near: &Node) -> Node {
    Node::new(Value::List(items), near.origin)
}

/// A map of those entries that there are, with the origin of `near`.
pub(crate) fn map<const N: usize>(entries: [(&str, Option<Node>); N], near: &Node) -> Node {
    let entries = entries.into_iter().filter_map(|(key, node)| Some((key.to_owned(), node?)));
    Node::new(Value::Map(entries.collect()), near.origin)
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

/// A list of what the items of a list have at `path`: `[{"groupId": "sg-1"}]` becomes `["sg-1"]`. Where
/// there is no list, there is none.
pub(crate) fn pluck(node: &Node, list: &str, path: &str) -> Option<Node> {
    let found = part(node, list)?;
    match &found.value {
        Value::List(items) => {
            let items = items.iter().filter_map(|item| part(item, path)).collect();
            Some(Node::new(Value::List(items), found.origin))
        }
        _ => Some(found),
    }
}

/// A map as a list of `{Key, Value}`, for services that answer with a map of tags.
pub(crate) fn pairs(node: Node) -> Node {
    let Node { value: Value::Map(entries), origin, .. } = node else { return node };
    let pair = |(key, value): (String, Node)| {
        let key = literal(key, &value);
        let near = key.clone();
        map([("Key", Some(key)), ("Value", Some(value))], &near)
    };
    Node::new(Value::List(entries.into_iter().map(pair).collect()), origin)
}

/// Whether a status says that something is on. A status that says neither, such as one of a change that
/// is under way, does not tell.
pub(crate) fn flag(status: Option<Node>, on: &[&str], off: &[&str]) -> Option<Node> {
    let status = status?;
    let value = match &status.value {
        Value::Text(text) if on.contains(&&**text) => Value::Bool(true),
        Value::Text(text) if off.contains(&&**text) => Value::Bool(false),
        Value::Text(_) => Value::Unknown(Why::Malformed("a state that is not about to change".into())),
        _ => return Some(status),
    };
    Some(Node::new(value, status.origin))
}

/// Text, read as JSON: policies come that way. What is no JSON is malformed.
pub(crate) fn parsed(node: Node) -> Node {
    let Value::Text(text) = &node.value else { return node };
    match serde_json::from_str(text) {
        Ok(value) => Node::from_json(value, node.origin),
        Err(_) => Node::new(Value::Unknown(Why::Malformed("a document in JSON".into())), node.origin),
    }
}

/// Text in Base64, decoded. What is no text, such as a compressed script, is not known.
pub(crate) fn from_base64(node: Node) -> Node {
    let Value::Text(encoded) = &node.value else { return node };
    let value = match text_in_base64(encoded) {
        Some(text) => Value::Text(text.into()),
        None => Value::Unknown(Why::Malformed("text in Base64".into())),
    };
    Node::new(value, node.origin)
}

/// Base64 as services write it: in lines, and with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Text in Base64, decoded; none where it is no text.
pub(crate) fn text_in_base64(encoded: &str) -> Option<String> {
    let encoded: Vec<u8> = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    String::from_utf8(BASE64.decode(encoded).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 0, 0))
    }

    fn unknown() -> Node {
        Node::new(Value::Unknown(Why::NotRead), Origin::new(SourceId(0), 0, 0))
    }

    #[test]
    fn base64_is_decoded_and_what_is_no_text_is_not_known() {
        for (encoded, text) in [("", ""), ("YQ==", "a"), ("aGFs\nbG8=", "hallo"), ("w7w=", "ü")] {
            assert_eq!(from_base64(node(encoded.into())).value, Value::Text(text.into()), "{encoded}");
        }
        for encoded in ["H4sIAAAA", "!", "/w=="] {
            assert!(is_unknown(&from_base64(node(encoded.into()))), "{encoded}");
        }
    }

    #[test]
    fn a_change_that_is_under_way_is_neither_on_nor_off() {
        let flag = |status: Node| flag(Some(status), &["enabled"], &["disabled"]).map(|node| node.value);
        assert_eq!(flag(node("enabled".into())), Some(Value::Bool(true)));
        assert_eq!(flag(node("disabled".into())), Some(Value::Bool(false)));
        assert!(matches!(flag(node("enabling".into())), Some(Value::Unknown(_))));
        assert_eq!(flag(unknown()), Some(Value::Unknown(Why::NotRead)));
    }

    #[test]
    fn what_is_not_known_stays_so() {
        assert_eq!(part(&unknown(), "a.b"), Some(unknown()));
        assert_eq!(pluck(&unknown(), "a", "b"), Some(unknown()));
        for shape in [pairs, parsed, from_base64, |node| each(node, |item| item), |node| renamed(node, &[("a", "b")])] {
            assert_eq!(shape(unknown()), unknown());
        }
    }

    #[test]
    fn maps_of_tags_are_lists_of_pairs() {
        let pair = json!([{ "Key": "owner", "Value": "shop" }]);
        assert_eq!(pairs(node(json!({ "owner": "shop" }))), node(pair.clone()));
        assert_eq!(pairs(node(pair.clone())), node(pair));
        assert_eq!(pluck(&node(json!({ "l": [{ "id": "1" }, {}] })), "l", "id"), Some(node(json!(["1"]))));
    }
}
