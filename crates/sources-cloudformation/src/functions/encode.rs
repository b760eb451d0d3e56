//! `Fn::Base64` and `Fn::ToJsonString`.

use std::fmt::Write;

use model::{Node, Value};

use super::known;
use crate::expression::call;
use crate::resolve::Scope;
use crate::text::Assembly;

/// What is encoded stays as it was before: whoever looks at user data looks at the plain text.
pub(super) fn base64(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let text = call("Fn::Base64", &argument);
    known(argument.value, text, argument.origin)
}

/// The text of a tree. A policy stays a tree: properties that hold policies as text are read so.
pub(super) fn json_text(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let text = call("Fn::ToJsonString", &argument);
    if argument.get("Statement").is_some() {
        return known(argument.value, text, origin);
    }
    if !matches!(argument.value, Value::Map(_) | Value::List(_))
        || !scope.report.spend(crate::tree::weight(&argument), scope.file, origin)
    {
        return scope.unresolved("Fn::ToJsonString", &argument, true);
    }
    let mut assembly = Assembly::default();
    write(&argument, &mut assembly);
    known(scope.finish(assembly), text, origin)
}

fn write(node: &Node, assembly: &mut Assembly) {
    match &node.value {
        Value::Null => assembly.text("null"),
        Value::Bool(_) | Value::Number(_) => assembly.node(node),
        Value::Text(text) => quote(text, assembly),
        Value::List(items) => {
            assembly.text("[");
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    assembly.text(",");
                }
                write(item, assembly);
            }
            assembly.text("]");
        }
        Value::Map(entries) => {
            assembly.text("{");
            for (number, (name, value)) in entries.iter().enumerate() {
                if number > 0 {
                    assembly.text(",");
                }
                quote(name, assembly);
                assembly.text(":");
                write(value, assembly);
            }
            assembly.text("}");
        }
        // Their text is between quotes; what is unknown may as well be a list or a number.
        Value::Pattern(_) | Value::Reference(_) => {
            assembly.text("\"");
            assembly.node(node);
            assembly.text("\"");
        }
        Value::Unknown(_) => assembly.node(node),
    }
}

fn quote(text: &str, assembly: &mut Assembly) {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    assembly.text(&quoted);
}
