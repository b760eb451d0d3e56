//! Keeping secrets out of artefacts.

use findings::Finding;
use model::{ExpressionKind, Inventory, Node, Outcome, Value};

/// What a masked value becomes.
const MASK: &str = "(masked)";

/// Masks the values that findings call secrets, and those of hidden parameters.
pub(crate) fn mask(inventory: &mut Inventory, findings: &[Finding]) {
    for finding in findings.iter().filter(|finding| finding.outcome == Outcome::Fail) {
        for evidence in finding.evidence.iter().filter(|evidence| evidence.sensitive) {
            if let Some(resource) = inventory.resources.get_mut(evidence.resource.0 as usize) {
                mask_at(&mut resource.properties, &evidence.path);
            }
        }
    }
    for resource in &mut inventory.resources {
        mask_hidden(&mut resource.properties);
    }
}

/// Masks what a path leads to. A key may itself hold dots, so every key that the rest of the path
/// begins with is followed.
fn mask_at(node: &mut Node, path: &str) {
    if path.is_empty() {
        return mask_all(node);
    }
    let after = |key: &str| -> Option<String> {
        let rest = path.strip_prefix(key)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then(|| rest.trim_start_matches('.').to_owned())
    };
    match &mut node.value {
        Value::Map(entries) => {
            for (key, child) in entries.iter_mut() {
                if let Some(rest) = after(key) {
                    mask_at(child, &rest);
                }
            }
        }
        Value::List(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                if let Some(rest) = after(&format!("[{index}]")) {
                    mask_at(child, &rest);
                }
            }
        }
        _ => {}
    }
}

fn mask_all(node: &mut Node) {
    match &mut node.value {
        Value::Map(entries) => entries.values_mut().for_each(mask_all),
        Value::List(items) => items.iter_mut().for_each(mask_all),
        Value::Text(_) | Value::Number(_) | Value::Pattern(_) => node.value = Value::Text(MASK.into()),
        Value::Null | Value::Bool(_) | Value::Reference(_) | Value::Unknown(_) => {}
    }
}

fn mask_hidden(node: &mut Node) {
    let hidden = node
        .written
        .as_deref()
        .is_some_and(|expression| matches!(expression.kind, ExpressionKind::Parameter { hidden: true, .. }));
    if hidden {
        return mask_all(node);
    }
    match &mut node.value {
        Value::Map(entries) => entries.values_mut().for_each(mask_hidden),
        Value::List(items) => items.iter_mut().for_each(mask_hidden),
        _ => {}
    }
}
