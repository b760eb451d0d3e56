//! From answers in XML to the shapes of AWS CloudFormation.

use model::{Node, Value, Why};

use crate::draft::part;

/// Names as Amazon EC2 writes them in XML, made into those of its API and of CloudFormation, at every
/// depth: `tagSet` is `Tags`, `httpTokens` is `HttpTokens`.
pub(crate) fn pascal(node: Node) -> Node {
    let Node { value, origin, written } = node;
    let value = match value {
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, value)| (pascal_name(&key), pascal(value))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(pascal).collect()),
        value => value,
    };
    Node { value, origin, written }
}

fn pascal_name(name: &str) -> String {
    let (stem, plural) = match name.strip_suffix("Set") {
        Some(stem) if !stem.is_empty() => (stem, if stem.ends_with('s') { "" } else { "s" }),
        _ => (name, ""),
    };
    let mut letters = stem.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str() + plural
}

/// The items of a list at a path; none where there is no list.
pub(crate) fn items<'n>(node: &'n Node, path: &str) -> &'n [Node] {
    match path.split('.').try_fold(node, |node, key| node.get(key)).map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
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

/// Text as a value, with the origin of `near`.
pub(crate) fn literal(text: &str, near: &Node) -> Node {
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

/// Text in Base64, decoded. What is no text, such as a compressed script, is not known.
pub(crate) fn from_base64(node: Node) -> Node {
    let Value::Text(encoded) = &node.value else { return node };
    let value = match decoded(encoded).and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(text) => Value::Text(text.into()),
        None => Value::Unknown(Why::Malformed("text in Base64".into())),
    };
    Node::new(value, node.origin)
}

fn decoded(encoded: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in encoded.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        buffer = (buffer << 6) | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(((buffer >> bits) & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 0, 0))
    }

    #[test]
    fn names_are_those_of_cloudformation() {
        for (name, expected) in [
            ("instanceType", "InstanceType"),
            ("tagSet", "Tags"),
            ("ipv6AddressesSet", "Ipv6Addresses"),
            ("vCpuCount", "VCpuCount"),
            ("Set", "Set"),
            ("", ""),
        ] {
            assert_eq!(pascal_name(name), expected);
        }
    }

    #[test]
    fn base64_is_decoded_and_what_is_no_text_is_not_known() {
        for (encoded, text) in [("", ""), ("YQ==", "a"), ("aGFs\nbG8=", "hallo"), ("w7w=", "ü")] {
            assert_eq!(from_base64(node(encoded.into())).value, Value::Text(text.into()), "{encoded}");
        }
        for encoded in ["H4sIAAAA", "!", "/w=="] {
            assert!(matches!(from_base64(node(encoded.into())).value, Value::Unknown(_)), "{encoded}");
        }
    }
}
