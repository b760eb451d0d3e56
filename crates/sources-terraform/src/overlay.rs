//! A plan, and the code it was made of: what the code tells that a plan does not.
//!
//! A plan has no lines, and of a policy in which one name is not known yet it says nothing at all. Where the code lies beside it,
//! its places count, and so does what it tells of values that the plan leaves open. Whatever the plan knows stays.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Origin, Part, Reference, ResourceId, Value, Why};

use crate::instance::Configuration;

/// Adds what the code tells to a plan of it.
pub(crate) fn complete(plan: &mut Configuration, code: Configuration) {
    let numbers: HashMap<String, ResourceId> = plan
        .instances
        .iter()
        .enumerate()
        .map(|(number, instance)| (instance.address.clone(), ResourceId(number as u32)))
        .collect();
    let planned: Vec<Option<ResourceId>> =
        code.instances.iter().map(|instance| numbers.get(&instance.address).copied()).collect();
    for (instance, number) in code.instances.into_iter().zip(&planned) {
        let Some(known) = number.and_then(|number| plan.instances.get_mut(number.0 as usize)) else { continue };
        let mut values = instance.values;
        renumber(&mut values, &planned);
        known.origin = instance.origin;
        place(&mut known.values, instance.origin);
        merge(&mut known.values, values);
        known.prevent_destroy = instance.prevent_destroy;
        known.waivers = instance.waivers;
    }
    let suppressions = code.suppressions.into_iter().map(|(instance, suppression)| {
        let number = instance.and_then(|number| planned.get(number).copied().flatten());
        (number.map(|number| number.0 as usize), suppression)
    });
    plan.suppressions.extend(suppressions);
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

fn merge(known: &mut Node, code: Node) {
    let is_open = matches!(&known.value, Value::Unknown(Why::Unresolved(_)));
    place(known, code.origin);
    match (&mut known.value, code.value) {
        (Value::Unknown(_), value) if is_open && !matches!(value, Value::Unknown(_) | Value::Null) => {
            known.value = value;
            known.written = code.written;
        }
        (Value::Map(entries), Value::Map(mut more)) => {
            for (name, node) in entries {
                if let Some(code) = more.swap_remove(name) {
                    merge(node, code);
                }
            }
        }
        // A set has its own order in a plan: only what cannot be anything else is the same item.
        (Value::List(items), Value::List(more)) if items.len() == more.len() => {
            if items.iter().zip(&more).all(|(item, code)| agree(item, code)) {
                items.iter_mut().zip(more).for_each(|(item, code)| merge(item, code));
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
