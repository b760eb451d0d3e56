//! Policies that are written as JSON text.

use model::{Node, Origin, Part, Value};

use crate::hidden::{hide, holds_hidden};
use crate::json;

/// A longer text is not looked into: no service takes a policy of that size.
const MAX_BYTES: usize = 1 << 18;

/// Replaces texts that hold a policy by the policy. Its nodes have the origin of the text.
pub(crate) fn unfold(node: &mut Node) {
    if let Some(expression) = node.written.clone().filter(|_| holds_hidden(node)) {
        unfold_open(node);
        return hide(node, &expression);
    }
    unfold_open(node);
}

fn unfold_open(node: &mut Node) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(unfold),
        Value::Map(entries) => entries.values_mut().for_each(unfold),
        Value::Text(text) if looks_like_policy(text) => {
            let text: &str = text;
            if let Some(value) = parse(text, &[], node.origin) {
                node.value = value;
            }
        }
        Value::Pattern(parts) if parts.first().is_some_and(begins_policy) => {
            if let Some(value) = parse_parts(parts, node.origin) {
                node.value = value;
            }
        }
        _ => {}
    }
}

fn looks_like_policy(text: &str) -> bool {
    text.len() <= MAX_BYTES && text.trim_start().starts_with('{') && text.contains("\"Statement\"")
}

fn begins_policy(part: &Part) -> bool {
    matches!(part, Part::Text(text) if text.trim_start().starts_with('{'))
}

/// Stands for a part that is not known while the rest is parsed; a noncharacter, which no text that
/// was read can hold unnoticed.
const MARK: char = '\u{fdd0}';

fn parse_parts(parts: &[Part], origin: Origin) -> Option<Value> {
    let mut text = String::new();
    let mut holes = Vec::new();
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
    looks_like_policy(&text).then(|| parse(&text, &holes, origin)).flatten()
}

fn parse(text: &str, holes: &[Part], origin: Origin) -> Option<Value> {
    let mut node = json::parse(text).ok()?;
    node.get("Statement")?;
    let mut holes = holes.iter();
    settle(&mut node, &mut holes, origin)?;
    // One that stands in a key has not been put back.
    holes.next().is_none().then_some(node.value)
}

/// Gives all nodes the origin and puts the unknown parts back in their order.
fn settle(node: &mut Node, holes: &mut std::slice::Iter<'_, Part>, origin: Origin) -> Option<()> {
    node.origin = origin;
    match &mut node.value {
        Value::List(items) => items.iter_mut().try_for_each(|item| settle(item, holes, origin)),
        Value::Map(entries) => entries.iter_mut().try_for_each(|(key, entry)| {
            if key.contains(MARK) {
                return None;
            }
            settle(entry, holes, origin)
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
                [Part::Unknown(expression)] => Value::Unknown(model::Why::Unresolved(expression.clone())),
                _ => Value::Pattern(parts.into()),
            };
            Some(())
        }
        _ => Some(()),
    }
}
