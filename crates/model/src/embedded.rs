//! JSON that is written as text: policies, mostly.

use crate::node::Part;
use crate::{Node, Value, Why};

/// A longer text is not looked into: no service takes a document of that size.
const MAX_BYTES: usize = 1 << 18;

/// Stands for a part that is not known while the rest is parsed; a noncharacter, which no text that was
/// read can hold unnoticed.
const MARK: char = '\u{fdd0}';

impl Node {
    /// The JSON object or list that this node holds as text, known in full or in part. Its nodes have the origin
    /// of the text. None when it holds none, or one with a name that is not known.
    pub fn embedded_json(&self) -> Option<Node> {
        let mut text = String::new();
        let mut holes = Vec::new();
        match &self.value {
            Value::Text(whole) => text.push_str(whole),
            Value::Pattern(parts) => {
                for part in parts {
                    match part {
                        Part::Text(piece) if piece.contains(MARK) => return None,
                        Part::Text(piece) => text.push_str(piece),
                        hole => {
                            text.push(MARK);
                            holes.push(hole.clone());
                        }
                    }
                }
            }
            _ => return None,
        }
        if text.len() > MAX_BYTES || !text.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let mut node = Node::from_json(serde_json::from_str(&text).ok()?, self.origin);
        let mut rest = holes.iter();
        settle(&mut node, &mut rest)?;
        // One that stands in a name has not been put back.
        rest.next().is_none().then_some(node)
    }
}

/// Puts the unknown parts back in their order.
fn settle(node: &mut Node, holes: &mut std::slice::Iter<'_, Part>) -> Option<()> {
    match &mut node.value {
        Value::List(items) => items.iter_mut().try_for_each(|item| settle(item, holes)),
        Value::Map(entries) => entries.iter_mut().try_for_each(|(key, entry)| {
            if key.contains(MARK) {
                return None;
            }
            settle(entry, holes)
        }),
        Value::Text(text) if text.contains(MARK) => {
            let mut parts = Vec::new();
            for (number, piece) in text.split(MARK).enumerate() {
                if number > 0 {
                    parts.push(holes.next()?.clone());
                }
                if !piece.is_empty() {
                    parts.push(Part::Text(piece.into()));
                }
            }
            node.value = match parts.as_slice() {
                [Part::Reference(reference)] => Value::Reference(reference.clone()),
                [Part::Unknown(expression)] => Value::Unknown(Why::Unresolved(expression.clone())),
                _ => Value::Pattern(parts.into()),
            };
            Some(())
        }
        _ => Some(()),
    }
}
