//! A plan, and the code it was made of: what the code tells that a plan does not.
//!
//! A plan has no lines, and of a policy in which one name is not known yet it says nothing at all. Where the code lies beside it,
//! its places count, and so does what it tells of values that the plan leaves open. Whatever the plan knows stays.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Origin, Part, Reference, ResourceId, Value, Why};

use crate::instance::{Configuration, Instance};
use crate::json;
use crate::plan::is_hash;

/// How many pairs of items are compared in search of those that are the same.
const MAX_PAIRS: usize = 1 << 14;

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
        if exact.is_some() {
            add_open_blocks(&mut known.values, &values);
        }
        merge(&mut known.values, values, exact.is_some());
        known.prevent_destroy.clone_from(&instance.prevent_destroy);
        known.waivers.clone_from(&instance.waivers);
        if exact.is_some() {
            // What the plan tells is what happens now, and the code may still tell what happened before.
            let more = instance.formerly.iter().filter(|address| !known.formerly.contains(address));
            let more: Vec<String> = more.cloned().collect();
            known.formerly.extend(more);
        }
    }
    let suppressions = code.suppressions.into_iter().map(|(instance, suppression)| {
        let number = instance.and_then(|number| planned.get(number).copied().flatten());
        (number.map(|number| number.0 as usize), suppression)
    });
    plan.suppressions.extend(suppressions);
    plan.descriptions = code.descriptions;
}

/// The address of the block that an instance is of: without the keys of `count` and `for_each`, in which brackets stand in quotes.
pub(crate) fn block(address: &str) -> String {
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
    let is_told = !matches!(code.value, Value::Unknown(_) | Value::Null);
    // What comes from a value that the plan has for a variable stands where it is used.
    if code.origin.line > 0 {
        place(known, code.origin);
    }
    if is_same && is_told && is_open(known, &code) {
        known.value = code.value;
        known.written = code.written;
        return;
    }
    if matches!((&known.value, &code.value), (Value::Text(_), Value::Map(_) | Value::List(_))) {
        // The code still tells the parts of what is encoded in the plan.
        *known = json::unfold(std::mem::replace(known, Node::new(Value::Null, code.origin)));
    }
    match (&mut known.value, code.value) {
        (Value::Map(entries), Value::Map(mut more)) => {
            entries.retain(|name, node| match more.swap_remove(name) {
                Some(code) => {
                    merge(node, code, is_same);
                    true
                }
                // An argument that is open in the plan and not there in the code has come to null.
                None => !(is_same && matches!(node.value, Value::Unknown(Why::Unresolved(_)))),
            });
        }
        (Value::List(items), Value::List(more)) => {
            // Any number of items stands for what the code cannot tell the number of.
            let open = more.iter().find(|code| matches!(code.value, Value::Unknown(_))).map(|code| code.origin);
            let mut more: Vec<Option<Node>> = more.into_iter().map(Some).collect();
            let found = matched(items, &more);
            for (item, found) in items.iter_mut().zip(found) {
                match found.and_then(|number| more.get_mut(number)).and_then(Option::take) {
                    Some(code) => merge(item, code, is_same),
                    None => place(item, open.unwrap_or(item.origin)),
                }
            }
        }
        _ => {}
    }
}

/// Whether a plan leaves open what the code tells. References in a plan are a guess where an expression has several.
fn is_open(known: &Node, code: &Node) -> bool {
    let is_guess = |node: &Node| matches!(&node.value, Value::Unknown(Why::Unresolved(_)) | Value::Reference(_));
    match (&known.value, &code.value) {
        (Value::Unknown(why), _) => matches!(why, Why::Unresolved(_)),
        // Of some texts the provider keeps no more than the hash.
        (Value::Text(known), Value::Text(code)) => known != code && is_hash(known),
        (Value::Reference(_), Value::Reference(_) | Value::Pattern(_) | Value::List(_)) => true,
        (Value::List(items), Value::List(more)) => {
            let is_told = more.iter().all(|node| !matches!(node.value, Value::Unknown(_)));
            is_told && !items.is_empty() && items.len() != more.len() && items.iter().chain(more).all(is_guess)
        }
        _ => false,
    }
}

/// Adds the blocks of a new instance that a plan leaves out: of dynamic blocks whose number it does not know, it says no
/// more than of what nobody wrote. What is there already may differ from the code with `ignore_changes`.
fn add_open_blocks(known: &mut Node, code: &Node) {
    let is_block = |item: &Node| matches!(item.value, Value::Map(_));
    let (Value::Map(entries), Value::Map(more)) = (&mut known.value, &code.value) else { return };
    if entries.contains_key("id") {
        return;
    }
    for (name, node) in more.iter() {
        if matches!(&node.value, Value::List(items) if items.iter().any(is_block)) && !entries.contains_key(name) {
            entries.insert(name.clone(), node.clone());
        }
    }
}

/// For every item of a plan, the number of the one in the code. A set has its own order in a plan: those that have the most
/// in common are the same.
fn matched(items: &[Node], code: &[Option<Node>]) -> Vec<Option<usize>> {
    let score = |item: &Node, number: usize| score(item, code.get(number)?.as_ref()?);
    let in_order = || items.iter().enumerate().all(|(number, item)| score(item, number).is_some());
    if items.len().saturating_mul(code.len()) > MAX_PAIRS {
        let numbers = 0..items.len();
        return numbers.map(|number| Some(number).filter(|_| items.len() == code.len() && in_order())).collect();
    }
    let mut pairs = Vec::new();
    for (one, item) in items.iter().enumerate() {
        let all = (0..code.len()).filter_map(|other| Some((score(item, other)?, one, other)));
        pairs.extend(all);
    }
    pairs.sort_by_key(|(score, one, other)| (Reverse(*score), one.abs_diff(*other), *one));
    let mut found = vec![None; items.len()];
    let mut taken = vec![false; code.len()];
    for (_, one, other) in pairs {
        if let (Some(place @ None), Some(taken @ false)) = (found.get_mut(one), taken.get_mut(other)) {
            *place = Some(other);
            *taken = true;
        }
    }
    found
}

/// How much of what both know is the same; none where something differs.
fn score(known: &Node, code: &Node) -> Option<usize> {
    match (&known.value, &code.value) {
        (Value::Map(entries), Value::Map(more)) => {
            let both = more.iter().filter_map(|(name, node)| Some((entries.get(name)?, node)));
            both.map(|(known, code)| score(known, code)).sum()
        }
        (Value::List(items), Value::List(more)) => match (texts(items), texts(more)) {
            (Some(items), Some(more)) => (items == more).then_some(items.len()),
            // Blocks in blocks do not decide: their order may be another.
            _ if items.len() == more.len() => {
                let all: Option<usize> = items.iter().zip(more).map(|(item, code)| score(item, code)).sum();
                Some(all.unwrap_or_default())
            }
            _ => Some(0),
        },
        (Value::Reference(one), Value::Reference(other)) => Some(usize::from(one.target == other.target)),
        _ => match (text(known), text(code)) {
            (Some(one), Some(other)) => (one == other).then_some(1),
            _ => Some(0),
        },
    }
}

/// The literals of a list, in no order.
fn texts(items: &[Node]) -> Option<BTreeSet<&str>> {
    items.iter().map(text).collect()
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
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
