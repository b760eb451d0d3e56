//! What stood in the template, as people write it.

use std::fmt::Write;
use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Value, Why};

/// Where a rendered expression is cut.
const LIMIT: usize = 100;

/// A node in the short form of YAML, on one line and cut when it is long: `!If [Prod, true, …]`.
/// What has been resolved is shown as it was written.
pub(crate) fn render(node: &Node) -> String {
    let mut text = String::new();
    write_node(node, &mut text);
    text
}

/// The call of a function in the short form.
pub(crate) fn call(function: &str, argument: &Node) -> String {
    let mut text = String::new();
    write_call(function, argument, &mut text);
    text
}

/// Something that was known in the end, and how it was written.
pub(crate) fn written(text: impl Into<Box<str>>, kind: ExpressionKind) -> Option<Arc<Expression>> {
    Some(Arc::new(Expression::set(text, kind)))
}

fn write_node(node: &Node, text: &mut String) {
    if text.len() > LIMIT {
        return;
    }
    if let Some(expression) = node.expression() {
        return write_text(&expression.text, text, true);
    }
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => write_text(number, text, true),
        Value::Text(value) => write_text(value, text, is_plain(value)),
        Value::List(items) => {
            text.push('[');
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    text.push_str(", ");
                }
                if text.len() > LIMIT {
                    text.push('…');
                    break;
                }
                write_node(item, text);
            }
            text.push(']');
        }
        Value::Map(entries) => {
            if entries.len() == 1
                && let Some((name, argument)) = entries.first()
                && (name == "Ref" || name.starts_with("Fn::"))
            {
                return write_call(name, argument, text);
            }
            text.push('{');
            for (number, (name, value)) in entries.iter().enumerate() {
                if number > 0 {
                    text.push_str(", ");
                }
                if text.len() > LIMIT {
                    text.push('…');
                    break;
                }
                write_text(name, text, true);
                text.push_str(": ");
                write_node(value, text);
            }
            text.push('}');
        }
        Value::Pattern(_) | Value::Reference(_) | Value::Unknown(Why::Malformed(_)) => {
            text.push('…');
        }
        Value::Unknown(_) => text.push('?'),
    }
}

fn write_call(function: &str, argument: &Node, text: &mut String) {
    let name = function.strip_prefix("Fn::").unwrap_or(function);
    text.push('!');
    write_text(name, text, true);
    text.push(' ');
    match &argument.value {
        Value::List(items) if name == "GetAtt" => {
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    text.push('.');
                }
                write_node(item, text);
            }
        }
        Value::Text(value) if name == "Ref" || name == "GetAtt" => write_text(value, text, true),
        Value::Text(value) if name == "Sub" => write_text(value, text, false),
        _ => write_node(argument, text),
    }
}

/// Writes a text, quoted unless it is plain, and cut where it gets long.
fn write_text(value: &str, text: &mut String, plain: bool) {
    let room = LIMIT.saturating_sub(text.len()).max(16);
    let cut = value.char_indices().nth(room).map(|(position, _)| position);
    let shown = &value[..cut.unwrap_or(value.len())];
    if plain && !shown.contains(['\n', '\r']) {
        text.push_str(shown);
    } else {
        // The escapes of Rust's debug form are those of a double-quoted scalar, near enough to read.
        let _ = write!(text, "{shown:?}");
    }
    if cut.is_some() {
        text.push('…');
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./:@*".contains(&byte))
}

/// Whether a node certainly stands for something that is there and not empty.
pub(crate) fn is_set(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) | Value::Reference(_) => true,
        Value::Text(text) => !text.is_empty(),
        Value::Pattern(parts) => parts.iter().any(|part| match part {
            model::Part::Text(text) => !text.is_empty(),
            model::Part::Reference(_) => true,
            model::Part::Unknown(expression) => expression.set,
        }),
        Value::List(items) => items.iter().any(is_set),
        Value::Map(entries) => !entries.is_empty(),
        Value::Unknown(Why::Unresolved(expression)) => expression.set,
        Value::Unknown(_) => false,
    }
}

/// Whether an item may turn out to be left out of the list it stands in.
pub(crate) fn may_vanish(node: &Node) -> bool {
    matches!(
        &node.value,
        Value::Unknown(Why::Unresolved(expression))
            if expression.kind == ExpressionKind::Choice && !expression.set
    )
}
