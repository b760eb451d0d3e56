//! A plan, and the code it was made of: what the code tells that a plan does not.
//!
//! A plan has no lines, and of a policy in which one name is not known yet it says nothing at all. Where the code lies beside it,
//! its places count, and so does what it tells of values that the plan leaves open. Whatever the plan knows stays.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Origin, Part, Reference, ResourceId, Value, Why};

use crate::instance::{Configuration, Instance};

/// Adds what the code tells to a plan of it.
pub(crate) fn complete(plan: &mut Configuration, code: Configuration) {
    let numbers: HashMap<&str, usize> =
        plan.instances.iter().enumerate().map(|(number, instance)| (instance.address.as_str(), number)).collect();
    let planned: Vec<Option<ResourceId>> = code
        .instances
        .iter()
        .map(|instance| numbers.get(instance.address.as_str()).map(|number| ResourceId(*number as u32)))
        .collect();
    let by_address: HashMap<&str, &Instance> =
        code.instances.iter().map(|instance| (instance.address.as_str(), instance)).collect();
    // Where the code does not tell how many there are, all of them are the same block.
    let by_block: HashMap<String, &Instance> =
        code.instances.iter().map(|instance| (block(&instance.address), instance)).collect();
    for known in &mut plan.instances {
        let exact = by_address.get(known.address.as_str());
        let Some(instance) = exact.or_else(|| by_block.get(&block(&known.address))) else { continue };
        known.origin = instance.origin;
        place(&mut known.values, instance.origin);
        let mut values = instance.values.clone();
        renumber(&mut values, &planned);
        merge(&mut known.values, values, exact.is_some());
        known.prevent_destroy.clone_from(&instance.prevent_destroy);
        known.waivers.clone_from(&instance.waivers);
    }
    let suppressions = code.suppressions.into_iter().map(|(instance, suppression)| {
        let number = instance.and_then(|number| planned.get(number).copied().flatten());
        (number.map(|number| number.0 as usize), suppression)
    });
    plan.suppressions.extend(suppressions);
}

/// The address of the block that an instance is of: without the keys of `count` and `for_each`, in which brackets stand in quotes.
fn block(address: &str) -> String {
    let mut bare = String::with_capacity(address.len());
    let (mut is_key, mut is_quoted, mut is_escaped) = (false, false, false);
    for letter in address.chars() {
        match letter {
            '[' if !is_key => is_key = true,
            ']' if is_key && !is_quoted => is_key = false,
            '"' if is_key && !is_escaped => is_quoted = !is_quoted,
            _ if !is_key => bare.push(letter),
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    bare
}

/// Gives a node and all there is in it a place.
fn place(node: &mut Node, origin: Origin) {
    node.origin = origin;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| place(item, origin)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| place(entry, origin)),
        _ => {}
    }
}

/// Takes over the places of the code, and, where it is certain to be of the same instance, what the plan leaves open.
fn merge(known: &mut Node, code: Node, is_same: bool) {
    let is_open = matches!(&known.value, Value::Unknown(Why::Unresolved(_)));
    place(known, code.origin);
    match (&mut known.value, code.value) {
        (Value::Unknown(_), value) if is_same && is_open && !matches!(value, Value::Unknown(_) | Value::Null) => {
            known.value = value;
            known.written = code.written;
        }
        (Value::Map(entries), Value::Map(mut more)) => {
            for (name, node) in entries {
                if let Some(code) = more.swap_remove(name) {
                    merge(node, code, is_same);
                }
            }
        }
        // A set has its own order in a plan: only what cannot be anything else is the same item.
        (Value::List(items), Value::List(more)) if items.len() == more.len() => {
            if items.iter().zip(&more).all(|(item, code)| agree(item, code)) {
                items.iter_mut().zip(more).for_each(|(item, code)| merge(item, code, is_same));
            }
        }
        _ => {}
    }
}

/// Whether nothing that both know differs.
fn agree(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(one), Value::Map(other)) => {
            other.iter().all(|(name, node)| one.get(name).is_none_or(|known| agree(known, node)))
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
        }
        (Value::Text(one) | Value::Number(one), Value::Text(other) | Value::Number(other)) => one == other,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        _ => true,
    }
}

/// Gives references the numbers that the plan has for what they lead to.
fn renumber(node: &mut Node, planned: &[Option<ResourceId>]) {
    let number = |reference: &Reference| planned.get(reference.target.0 as usize).copied().flatten();
    let missing = || Arc::new(Expression::new("a resource that is not in the plan", ExpressionKind::Attribute));
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| renumber(item, planned)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| renumber(entry, planned)),
        Value::Reference(reference) => match number(reference) {
            Some(target) => reference.target = target,
            None => node.value = Value::Unknown(Why::Unresolved(node.written.clone().unwrap_or_else(missing))),
        },
        Value::Pattern(parts) => {
            for part in parts {
                let Part::Reference(reference) = part else { continue };
                match number(reference) {
                    Some(target) => reference.target = target,
                    None => *part = Part::Unknown(missing()),
                }
            }
        }
        _ => {}
    }
}
