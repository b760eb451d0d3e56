//! The kinds of single value a fact can hold.

use crate::node::{Part, Value, Why};
use crate::{Node, State};

/// Text borrowed from the tree.
pub type Text<'a> = &'a str;

/// A single value that can be read from a node.
pub trait Scalar<'a>: Sized + Clone {
    /// Reads it. CloudFormation converts between text, numbers and booleans, so readings do too.
    fn read(node: &'a Node) -> State<Self>;

    /// As evidence shows it.
    fn show(&self) -> String;

    /// Whether a node that is not fully known is certainly something else than this.
    fn surely_not(&self, node: &Node) -> bool {
        let _ = node;
        false
    }
}

/// What a node that is no single literal comes to.
pub(crate) fn not_literal<T>(node: &Node, wanted: &str) -> State<T> {
    match &node.value {
        Value::Null => State::Unset,
        Value::Unknown(why) => State::Unknown(why.clone()),
        Value::Pattern(_) | Value::Reference(_) => State::Unknown(match &node.written {
            Some(expression) => Why::Unresolved(expression.clone()),
            None => Why::Malformed(wanted.into()),
        }),
        _ => State::Unknown(Why::Malformed(wanted.into())),
    }
}

impl<'a> Scalar<'a> for bool {
    fn read(node: &'a Node) -> State<Self> {
        match &node.value {
            Value::Bool(value) => State::Set(*value),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => State::Set(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => State::Set(false),
            _ => not_literal(node, "a boolean"),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'a> Scalar<'a> for i64 {
    fn read(node: &'a Node) -> State<Self> {
        match &node.value {
            Value::Number(text) | Value::Text(text) => {
                let text = text.trim();
                // 1e3 and 30.0 are integers to CloudFormation, too.
                let parsed = text.parse::<i64>().ok().or_else(|| {
                    text.parse::<f64>().ok().filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64)
                });
                match parsed {
                    Some(value) => State::Set(value),
                    None => not_literal(node, "an integer"),
                }
            }
            _ => not_literal(node, "an integer"),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'a> Scalar<'a> for f64 {
    fn read(node: &'a Node) -> State<Self> {
        match &node.value {
            Value::Number(text) | Value::Text(text) => match text.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => State::Set(value),
                _ => not_literal(node, "a number"),
            },
            _ => not_literal(node, "a number"),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'a> Scalar<'a> for &'a str {
    fn read(node: &'a Node) -> State<Self> {
        match &node.value {
            Value::Text(text) | Value::Number(text) => State::Set(text),
            Value::Bool(true) => State::Set("true"),
            Value::Bool(false) => State::Set("false"),
            _ => not_literal(node, "text"),
        }
    }

    fn show(&self) -> String {
        crate::at::shortened(self)
    }

    fn surely_not(&self, node: &Node) -> bool {
        match &node.value {
            Value::Pattern(parts) => !may_equal(parts, self),
            // An attribute of a resource is never empty, nor a wildcard.
            Value::Reference(_) => self.is_empty() || *self == "*",
            Value::Unknown(Why::Unresolved(expression)) if expression.is_supplied() => self.is_empty() || *self == "*",
            _ => false,
        }
    }
}

/// Whether text of which these parts are known can be `wanted`.
pub(crate) fn may_equal(parts: &[Part], wanted: &str) -> bool {
    let mut rest = wanted;
    let mut open = false;
    for (number, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) if !open => match rest.strip_prefix(&**text) {
                Some(after) => rest = after,
                None => return false,
            },
            Part::Text(text) if number + 1 == parts.len() => return rest.ends_with(&**text),
            Part::Text(text) => match rest.find(&**text) {
                // The leftmost match leaves most for what follows.
                Some(place) => {
                    rest = rest.get(place + text.len()..).unwrap_or_default();
                    open = false;
                }
                None => return false,
            },
            Part::Reference(_) => {
                // Stands for at least one character.
                let mut characters = rest.chars();
                if characters.next().is_none() {
                    return false;
                }
                rest = characters.as_str();
                open = true;
            }
            Part::Unknown(_) => open = true,
        }
    }
    open || rest.is_empty()
}
