//! Parameters: their values, and the files that give them.

use std::fs;
use std::path::Path;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Part, Value, Why};

use crate::document;
use crate::error::Error;
use crate::expression::is_set;
use crate::hidden::{hide, holds_hidden};

/// The longest name in the Parameter Store, its path included (AWS Systems Manager API Reference, `PutParameter`).
const LONGEST_NAME: usize = 2_048;

/// The value of a parameter: what was given, else its default, else not known. A parameter whose
/// value is looked up on deployment is never known: what is written is the name to look under.
pub(crate) fn value(name: &str, declaration: &Node, given: Option<Node>) -> Node {
    let origin = declaration.origin;
    let kind = match declaration.get("Type").map(|node| &node.value) {
        Some(Value::Text(kind)) => &**kind,
        _ => "String",
    };
    // What is hidden in the template around a nested stack stays hidden in it.
    let hidden = is_hidden(declaration) || given.as_ref().is_some_and(holds_hidden);
    let text = format!("!Ref {name}");
    let source = ExpressionKind::Parameter { name: name.into(), hidden };
    if kind.starts_with("AWS::SSM::Parameter::Value<") {
        let key = given.as_ref().or(declaration.get("Default")).filter(|_| !hidden);
        // The name may tell what kind of thing it is: an image of Amazon's is one of Linux or of Windows.
        let text = match key.map(|node| &node.value) {
            Some(Value::Text(key)) if key.len() <= LONGEST_NAME => format!("{text}, from {key}"),
            _ => text,
        };
        return Node::unresolved(Expression::set(text, source), origin);
    }
    let value = match (given, declaration.get("Default")) {
        (Some(node), _) => node.value,
        (None, Some(node)) => node.value.clone(),
        (None, None) => return Node::unresolved(Expression::new(text, source), origin),
    };
    let value = match is_list(kind) {
        true if is_longer_than_allowed(&value) => {
            Value::Unknown(Why::Malformed("a list of at most 4,096 characters".into()))
        }
        true => split(value, ",", true, origin),
        false => value,
    };
    let mut node = Node::new(value, origin);
    if !matches!(node.value, Value::Unknown(_)) {
        let set = is_set(&node);
        let expression = Expression { text: text.into(), kind: source, set }.into();
        match hidden {
            true => hide(&mut node, &expression),
            false => node.written = Some(expression),
        }
    }
    node
}

/// Whether a declaration says that the value is not to be shown. In doubt it is not.
fn is_hidden(declaration: &Node) -> bool {
    declaration.get("NoEcho").is_some_and(|node| match &node.value {
        Value::Bool(hidden) => *hidden,
        Value::Null => false,
        Value::Text(text) => !["false", "no", "off"].iter().any(|no| text.eq_ignore_ascii_case(no)),
        _ => true,
    })
}

/// A declaration as the inventory shows it: without the default of what is hidden.
pub(crate) fn shown(name: &str, mut declaration: Node) -> Node {
    if is_hidden(&declaration)
        && let Value::Map(entries) = &mut declaration.value
        && let Some(default) = entries.get_mut("Default")
    {
        let kind = ExpressionKind::Parameter { name: name.into(), hidden: true };
        hide(default, &Expression::set(format!("!Ref {name}"), kind).into());
    }
    declaration
}

/// Whether a value has more bytes than AWS takes by far: every comma of it would become an item.
fn is_longer_than_allowed(value: &Value) -> bool {
    const MANY: usize = 1 << 16;
    match value {
        Value::Text(text) | Value::Number(text) => text.len() > MANY,
        Value::Pattern(parts) => {
            let length = |part: &Part| if let Part::Text(text) = part { text.len() } else { 1 };
            parts.iter().map(length).sum::<usize>() > MANY
        }
        _ => false,
    }
}

fn is_list(kind: &str) -> bool {
    kind == "CommaDelimitedList" || kind.starts_with("List<")
}

/// A text as the list of its pieces; what is no text stays as it is. A text that is known in parts is
/// split where the unknown parts cannot hold the delimiter: identifiers of resources have no comma.
pub(crate) fn split(value: Value, delimiter: &str, trim: bool, origin: Origin) -> Value {
    let item = |text: &str| {
        let text = if trim { text.trim() } else { text };
        Node::new(Value::Text(text.into()), origin)
    };
    match value {
        Value::Text(text) | Value::Number(text) => match text.is_empty() && trim {
            true => Value::List(Vec::new()),
            false => Value::List(text.split(delimiter).map(item).collect()),
        },
        Value::Reference(reference) if trim => Value::List(vec![Node::new(Value::Reference(reference), origin)]),
        Value::Pattern(parts) if delimiter == "," && parts.iter().all(is_single) => {
            let mut items: Vec<Vec<Part>> = vec![Vec::new()];
            for part in parts {
                let Part::Text(text) = part else {
                    push(&mut items, part);
                    continue;
                };
                for (number, piece) in text.split(delimiter).enumerate() {
                    if number > 0 {
                        items.push(Vec::new());
                    }
                    let piece = if trim { piece.trim() } else { piece };
                    if !piece.is_empty() {
                        push(&mut items, Part::Text(piece.into()));
                    }
                }
            }
            Value::List(items.into_iter().map(|parts| Node::new(from_parts(parts), origin)).collect())
        }
        value => value,
    }
}

fn push(items: &mut [Vec<Part>], part: Part) {
    if let Some(last) = items.last_mut() {
        last.push(part);
    }
}

fn is_single(part: &Part) -> bool {
    match part {
        Part::Text(_) => true,
        Part::Reference(reference) => {
            &*reference.attribute == "Ref" || ["Arn", "Id", "Name"].iter().any(|end| reference.attribute.ends_with(end))
        }
        Part::Unknown(_) => false,
    }
}

fn from_parts(mut parts: Vec<Part>) -> Value {
    if parts.len() > 1 {
        return Value::Pattern(parts.into());
    }
    match parts.pop() {
        Some(Part::Reference(reference)) => Value::Reference(reference),
        Some(Part::Text(text)) => Value::Text(text),
        _ => Value::Text("".into()),
    }
}

/// Reads a file of parameters in one of the forms that AWS's tools take:
/// `[{"ParameterKey": .., "ParameterValue": ..}]`, `{"Parameters": {..}}`, `["Key=Value"]` or a plain
/// map; JSON or YAML.
///
/// # Errors
/// When the file cannot be read or holds something else.
pub fn parameter_file(path: &Path) -> Result<IndexMap<String, String>, Error> {
    let shown = files::shown(path);
    let bytes = fs::read(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: shown.clone() },
        _ => Error::Unreadable { path: shown.clone(), source },
    })?;
    let failure = |line: u32, reason: String| Error::Parameters { path: shown.clone(), line, reason };
    let text = String::from_utf8(bytes).map_err(|_| failure(1, "not in UTF-8".to_owned()))?;
    let root = document::parse(&text).map_err(|refusal| failure(refusal.line, refusal.reason))?;
    let mut parameters = IndexMap::new();
    collect(root, &mut parameters).map_err(|line| {
        failure(
            line,
            "not a parameter: write {\"ParameterKey\": .., \"ParameterValue\": ..} or \"Key\": \"Value\"".to_owned(),
        )
    })?;
    Ok(parameters)
}

/// Collects parameters; an error is the line of what is none.
fn collect(root: Node, parameters: &mut IndexMap<String, String>) -> Result<(), u32> {
    let line = root.origin.line;
    match root.value {
        Value::List(items) => items.into_iter().try_for_each(|item| {
            let line = item.origin.line;
            if let Value::Text(text) = &item.value {
                let (name, value) = text.split_once('=').ok_or(line)?;
                parameters.insert(name.to_owned(), value.to_owned());
                return Ok(());
            }
            let name = item.get("ParameterKey").and_then(scalar_text).ok_or(line)?;
            match item.get("ParameterValue") {
                Some(value) => {
                    let text = scalar_text(value).ok_or(value.origin.line)?;
                    parameters.insert(name, text);
                    Ok(())
                }
                // With UsePreviousValue the file does not say.
                None if item.get("UsePreviousValue").is_some() => Ok(()),
                None => Err(line),
            }
        }),
        Value::Map(mut entries) => {
            if let Some(inner) = entries.get("Parameters")
                && matches!(inner.value, Value::Map(_) | Value::List(_))
                && let Some(inner) = entries.swap_remove("Parameters")
            {
                return collect(inner, parameters);
            }
            entries.into_iter().try_for_each(|(name, node)| {
                let text = scalar_text(&node).ok_or(node.origin.line)?;
                parameters.insert(name, text);
                Ok(())
            })
        }
        _ => Err(line),
    }
}

/// A value as it would be given on a command line; a list as its items with commas between.
fn scalar_text(node: &Node) -> Option<String> {
    Some(match &node.value {
        Value::Text(text) | Value::Number(text) => text.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::List(items) => items.iter().map(scalar_text).collect::<Option<Vec<_>>>()?.join(","),
        _ => return None,
    })
}
