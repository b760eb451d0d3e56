//! Names as CloudFormation writes them.

use model::{Node, Value};

/// The tree with every name beginning in upper case, for services that begin them in lower case. Not for
/// maps whose keys are data, such as tags.
pub(crate) fn pascal(node: Node) -> Node {
    let Node { value, origin, written } = node;
    let value = match value {
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(name, node)| (capitalized(&name), pascal(node))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(pascal).collect()),
        value => value,
    };
    Node { value, origin, written }
}

fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + characters.as_str())
}

/// Tags as a list of keys and values, for services that answer with a map of them.
pub(crate) fn tags(node: Node) -> Node {
    let Node { value: Value::Map(entries), origin, .. } = node else { return node };
    let tag = |(key, value): (String, Node)| {
        let key = Node::new(Value::Text(key.into()), origin);
        let pair = [("Key".to_owned(), key), ("Value".to_owned(), value)];
        Node::new(Value::Map(pair.into_iter().collect()), origin)
    };
    Node::new(Value::List(entries.into_iter().map(tag).collect()), origin)
}
