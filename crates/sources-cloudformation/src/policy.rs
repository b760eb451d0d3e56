//! Policies that are written as JSON text.

use model::{Node, Part, Value};

use crate::hidden::{hide, holds_hidden};

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
        Value::Text(text) if looks_like_policy(text) => unfold_text(node),
        Value::Pattern(parts)
            if parts.iter().any(|part| matches!(part, Part::Text(text) if text.contains(STATEMENT))) =>
        {
            unfold_text(node);
        }
        _ => {}
    }
}

/// What tells a policy from other JSON.
const STATEMENT: &str = "\"Statement\"";

fn looks_like_policy(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains(STATEMENT)
}

fn unfold_text(node: &mut Node) {
    if let Some(policy) = node.embedded_json().filter(|policy| policy.get("Statement").is_some()) {
        node.value = policy.value;
    }
}
