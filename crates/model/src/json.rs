//! JSON that is written as text, such as the definition of a state machine.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::at::Found;
use crate::node::Part;
use crate::{At, Expression, Node, Origin, Outcome, Value, Verdict, Why};

/// A longer text is not looked into: no service takes a document of that size.
const MAX_BYTES: usize = 1 << 20;

/// Encloses the number of a part that is not known while the rest is parsed; a noncharacter, which no
/// text that was read can hold unnoticed.
const MARK: char = '\u{fdd0}';

/// Stands before the number of a part outside of quotes. There it stands for a number or the like, which
/// is never empty, and has to be quoted to be parsed.
const BARE: char = '\u{fdd1}';

impl<'a> At<'a> {
    /// Goes on with what stands here; text is read as JSON first, as if it had been written out.
    ///
    /// Parts of the text that are filled in on deployment are unknown in what is read. Unknown as a
    /// whole, or no JSON, is unknown; the question does not arise where nothing is set.
    pub fn as_json(&self, then: impl FnOnce(At<'_>) -> Verdict) -> Verdict {
        let node = match self.found() {
            Found::Missing | Found::Node(Node { value: Value::Null, .. }) => return Verdict::not_applicable(),
            Found::Beyond(_) | Found::NotInCode => return self.no_json(),
            Found::Node(node) => node,
        };
        let read = match &node.value {
            Value::Map(_) | Value::List(_) => return then(self.clone()),
            Value::Text(text) => read(&[Part::Text(text.clone())], node.origin),
            Value::Pattern(parts) => read(parts, node.origin),
            _ => None,
        };
        match read {
            Some(node) => then(self.in_place_of(&node)),
            None => self.no_json(),
        }
    }

    fn no_json(&self) -> Verdict {
        self.verdict(Outcome::Unknown, crate::at::why_of_place(self), "a document in JSON".to_owned())
    }
}

fn read(parts: &[Part], origin: Origin) -> Option<Node> {
    let mut text = String::new();
    let mut holes = Vec::new();
    let (mut quoted, mut escaped) = (false, false);
    for part in parts {
        match part {
            Part::Text(piece) if piece.contains([MARK, BARE]) => return None,
            Part::Text(piece) => {
                for character in piece.chars() {
                    match character {
                        _ if escaped => escaped = false,
                        '\\' if quoted => escaped = true,
                        '"' => quoted = !quoted,
                        _ => {}
                    }
                }
                text.push_str(piece);
            }
            hole => {
                let number = holes.len();
                holes.push(hole);
                match quoted {
                    true => text.push_str(&format!("{MARK}{number}{MARK}")),
                    false => text.push_str(&format!("\"{BARE}{number}\"")),
                }
            }
        }
        if text.len() > MAX_BYTES {
            return None;
        }
    }
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(node(value, &holes, origin))
}

fn node(value: serde_json::Value, holes: &[&Part], origin: Origin) -> Node {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => Value::Number(number.to_string().into()),
        Json::String(text) => filled(&text, holes),
        Json::Array(items) => Value::List(items.into_iter().map(|item| node(item, holes, origin)).collect()),
        Json::Object(entries) => Value::Map(
            entries.into_iter().map(|(key, value)| (key, node(value, holes, origin))).collect::<IndexMap<_, _>>(),
        ),
    };
    Node::new(value, origin)
}

/// The text with its holes filled by the parts that are not known.
fn filled(text: &str, holes: &[&Part]) -> Value {
    if let Some(number) = text.strip_prefix(BARE)
        && let Some(part) = number.parse::<usize>().ok().and_then(|number| holes.get(number))
    {
        return match part {
            Part::Text(text) => Value::Text(text.clone()),
            Part::Reference(reference) => Value::Reference(reference.clone()),
            Part::Unknown(expression) => {
                Value::Unknown(Why::Unresolved(Arc::new(Expression { set: true, ..Expression::clone(expression) })))
            }
        };
    }
    let mut parts: Vec<Part> = Vec::new();
    for (place, piece) in text.split(MARK).enumerate() {
        if place % 2 == 1 {
            let hole = piece.parse::<usize>().ok().and_then(|number| holes.get(number));
            parts.extend(hole.map(|part| (*part).clone()));
        } else if !piece.is_empty() {
            parts.push(Part::Text(piece.into()));
        }
    }
    match parts.as_slice() {
        [] => Value::Text("".into()),
        [Part::Text(text)] => Value::Text(text.clone()),
        [Part::Reference(reference)] => Value::Reference(reference.clone()),
        [Part::Unknown(expression)] => Value::Unknown(Why::Unresolved(expression.clone())),
        _ => Value::Pattern(parts.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ExpressionKind, SourceId};

    fn read_text(parts: &[Part]) -> Option<Node> {
        read(parts, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn parts_that_are_not_known_stay_unknown_where_they_stood() {
        let expression = Arc::new(Expression::new("!Ref Wait", ExpressionKind::Function));
        let hole = || Part::Unknown(expression.clone());
        let parts = [
            Part::Text(r#"{"a": "say \"x"#.into()),
            hole(),
            Part::Text(r#"", "b": "#.into()),
            hole(),
            Part::Text(", \"c\": 3}".into()),
        ];
        let node = read_text(&parts).expect("JSON");
        let bare = Arc::new(Expression::set("!Ref Wait", ExpressionKind::Function));
        let pattern = Value::Pattern([Part::Text("say \"x".into()), hole()].into());
        assert_eq!(node.get("a").map(|n| &n.value), Some(&pattern));
        assert_eq!(node.get("b").map(|n| &n.value), Some(&Value::Unknown(Why::Unresolved(bare))));
        assert_eq!(node.get("c").map(|n| &n.value), Some(&Value::Number("3".into())));
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        assert_eq!(read_text(&[Part::Text("StartAt: A".into())]), None);
        assert_eq!(read_text(&[Part::Text("{\"a\": \"\u{fdd0}\"}".into())]), None);
        assert_eq!(read_text(&[Part::Text("[".repeat(100_000).into())]), None);
    }
}
