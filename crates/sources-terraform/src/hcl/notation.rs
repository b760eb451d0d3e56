//! The JSON syntax of Terraform, written as HCL: what stands in it means the same.

use hcl_edit::Ident;
use serde_json::{Map, Value};

/// Deeper objects are nobody's code.
const MAX_DEPTH: usize = 60;

/// A JSON document of Terraform as HCL. Which arguments are blocks only the provider knows: an argument of objects is
/// read as one, and what reads it takes either.
pub(super) fn as_hcl(text: &str) -> Result<String, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document: Value = serde::Deserialize::deserialize(&mut reader).map_err(|error| format!("not JSON: {error}"))?;
    let Value::Object(top) = document else { return Err("not an object".to_owned()) };
    let mut written = String::new();
    for (kind, value) in entries(&top) {
        let labels = match kind.as_str() {
            "resource" | "data" | "ephemeral" => 2,
            "variable" | "output" | "module" | "provider" => 1,
            _ => 0,
        };
        blocks(kind, labels, &mut Vec::new(), value, &mut written);
    }
    Ok(written)
}

/// Entries that are no comments.
fn entries(object: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    object.iter().filter(|(key, _)| *key != "//")
}

fn blocks<'v>(kind: &str, labels: usize, given: &mut Vec<&'v str>, value: &'v Value, into: &mut String) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| blocks(kind, labels, given, item, into)),
        Value::Object(object) if given.len() < labels => {
            for (label, inner) in entries(object) {
                given.push(label);
                blocks(kind, labels, given, inner, into);
                given.pop();
            }
        }
        Value::Object(object) => {
            into.push_str(kind);
            for label in given.iter() {
                into.push_str(" \"");
                literal(label, into);
                into.push('"');
            }
            into.push_str(" {\n");
            body(kind, object, into);
            into.push_str("}\n");
        }
        _ => {}
    }
}

fn body(kind: &str, object: &Map<String, Value>, into: &mut String) {
    for (name, value) in entries(object) {
        match (name.as_str(), value) {
            ("dynamic", _) => blocks("dynamic", 1, &mut Vec::new(), value, into),
            ("lifecycle", _) => blocks("lifecycle", 0, &mut Vec::new(), value, into),
            ("content", Value::Object(_) | Value::Array(_)) if kind == "dynamic" => {
                blocks("content", 0, &mut Vec::new(), value, into);
            }
            ("default_tags" | "assume_role", _) if kind == "provider" => {
                blocks(name, 0, &mut Vec::new(), value, into);
            }
            ("statement" | "principals" | "not_principals" | "condition", Value::Object(_) | Value::Array(_)) => {
                blocks(name, 0, &mut Vec::new(), value, into);
            }
            // What is quoted there is an expression.
            ("type", Value::String(text))
                if kind == "variable" && text.parse::<hcl_edit::expr::Expression>().is_ok() =>
            {
                into.push_str(&format!("type = {text}\n"));
            }
            _ if Ident::try_new(name.as_str()).is_ok() => {
                into.push_str(name);
                into.push_str(" = ");
                expression(value, 0, into);
                into.push('\n');
            }
            _ => {}
        }
    }
}

fn expression(value: &Value, depth: usize, into: &mut String) {
    match value {
        _ if depth > MAX_DEPTH => into.push_str("null"),
        Value::Null => into.push_str("null"),
        Value::Bool(value) => into.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => into.push_str(&number.to_string()),
        Value::String(text) => {
            into.push('"');
            template(text, into);
            into.push('"');
        }
        Value::Array(items) => {
            into.push('[');
            for item in items {
                expression(item, depth + 1, into);
                into.push_str(", ");
            }
            into.push(']');
        }
        Value::Object(object) => {
            into.push_str("{\n");
            for (name, value) in entries(object) {
                into.push('"');
                template(name, into);
                into.push_str("\" = ");
                expression(value, depth + 1, into);
                into.push('\n');
            }
            into.push('}');
        }
    }
}

/// Text as it stands between quotes.
fn literal(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\r' => into.push_str("\\r"),
            '\t' => into.push_str("\\t"),
            other => into.push(other),
        }
    }
}

/// Text with expressions in it as it stands between quotes.
fn template(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = ["${", "%{"].iter().filter_map(|opening| rest.find(opening)).min() {
        let (before, behind) = rest.split_at(at);
        // A doubled sign is the sign itself.
        let doubled = before.ends_with(['$', '%']) && before.chars().next_back() == behind.chars().next();
        let length = if doubled { 2 } else { expression_length(behind) };
        let (inner, after) = behind.split_at_checked(length).unwrap_or((behind, ""));
        literal(before, into);
        into.push_str(inner);
        rest = after;
    }
    literal(rest, into);
}

/// How long an expression in braces is, with its braces and the sign before them.
fn expression_length(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, Vec::new(), false);
    for (at, character) in text.char_indices() {
        match character {
            _ if std::mem::take(&mut escaped) => {}
            '\\' if !quoted.is_empty() => escaped = true,
            '"' if quoted.last() == Some(&depth) => _ = quoted.pop(),
            '"' => quoted.push(depth),
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}
