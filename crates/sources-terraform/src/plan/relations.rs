//! What instances that exist already have to do with each other: in states, and of what a plan leaves as it is, an
//! attribute of another is plain text.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Reference, ResourceId, Value};

use crate::instance::Instance;
use crate::overlay::block;
use crate::shape::as_text;

/// Arguments that speak of the instance itself, or that are free text.
const OWN: [&str; 5] = ["id", "arn", "name", "tags", "tags_all"];

/// Ends of the names of arguments that take what another is known by.
const ENDS: [&str; 8] = ["_ids", "_id", "_arns", "_arn", "_names", "_name", "_identifier", "_url"];

/// How many letters the last part of an identifier has that AWS has made up.
const GENERATED: usize = 8;

/// How many may have the same identifier. What more have in common is none.
const MAX_SHARED: usize = 32;

/// Makes references of the texts that are the `id` or the `arn` of another instance. `dependencies` are by instance the
/// addresses of the blocks it depends on, where that is known.
pub(crate) fn relate(instances: &mut [Instance], dependencies: &[Vec<String>]) {
    let mut known: HashMap<String, Vec<(usize, &'static str)>> = HashMap::new();
    for (number, instance) in instances.iter().enumerate() {
        for attribute in ["id", "arn"] {
            let Some(text) = instance.values.get(attribute).and_then(as_text) else { continue };
            // The number of an account names many a setting of it.
            if text.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let others = known.entry(text.to_owned()).or_default();
            // Where both are the same text it is the ARN.
            match others.last_mut().filter(|(other, _)| *other == number) {
                Some(same) => same.1 = attribute,
                None => others.push((number, attribute)),
            }
        }
    }
    if known.is_empty() {
        return;
    }
    let whole: Vec<String> = instances.iter().map(|instance| instance.address.clone()).collect();
    let blocks: Vec<String> = whole.iter().map(|address| block(address)).collect();
    let kinds: Vec<String> = instances.iter().map(|instance| instance.kind.clone()).collect();
    let depends = |one: usize, other: usize| match (dependencies.get(one), blocks.get(other)) {
        (Some(dependencies), Some(block)) => dependencies.contains(block),
        _ => false,
    };
    for (number, instance) in instances.iter_mut().enumerate() {
        let own: Vec<String> =
            ["id", "arn"].iter().filter_map(|key| as_text(instance.values.get(key)?)).map(str::to_owned).collect();
        let find = |name: &str, text: &str| {
            let all = known.get(text).filter(|all| all.len() <= MAX_SHARED)?;
            // What configures another often has the identifier of that.
            let is_first = |one: usize| !all.iter().any(|(other, _)| *other != one && depends(one, *other));
            let by_itself = is_generated(text) && !own.iter().any(|own| own == text);
            let others = all.iter().filter(|(other, _)| *other != number && is_first(*other));
            let scored = others.filter_map(|(other, attribute)| {
                let (fit, is_dependency) = (fit(name, kinds.get(*other)?), depends(number, *other));
                let is_certain = by_itself || is_dependency && (fit > 0 || is_generated(text));
                is_certain.then_some(((is_dependency, fit), *other, *attribute))
            });
            let mut scored: Vec<_> = scored.collect();
            scored.sort_by_key(|(score, ..)| Reverse(*score));
            match scored.as_slice() {
                [best, second, ..] if best.0 == second.0 => None,
                [best, ..] => Some((best.1, best.2)),
                [] => None,
            }
        };
        let Value::Map(entries) = &mut instance.values.value else { continue };
        for (name, node) in entries.iter_mut().filter(|(name, _)| !OWN.contains(&name.as_str())) {
            replace(node, name, &whole, &find);
        }
    }
}

fn replace(
    node: &mut Node,
    name: &str,
    addresses: &[String],
    find: &impl Fn(&str, &str) -> Option<(usize, &'static str)>,
) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| replace(item, name, addresses, find)),
        Value::Map(entries) => {
            for (name, entry) in entries.iter_mut().filter(|(name, _)| !name.starts_with("tags")) {
                replace(entry, name, addresses, find);
            }
        }
        Value::Text(text) if !is_hidden(&node.written) => {
            let Some((number, attribute)) = find(name, text) else { return };
            let address = addresses.get(number).map_or("", String::as_str);
            let written = Expression::set(format!("{address}.{attribute}"), ExpressionKind::Attribute);
            node.value = Value::Reference(Reference { target: ResourceId(number as u32), attribute: attribute.into() });
            node.written = Some(Arc::new(written));
        }
        _ => {}
    }
}

fn is_hidden(written: &Option<Arc<Expression>>) -> bool {
    let kind = written.as_deref().map(|expression| &expression.kind);
    matches!(kind, Some(ExpressionKind::Parameter { hidden: true, .. }))
}

/// Whether AWS has made it up, so that it means the same wherever it stands: `vpc-0a1b2c3d`, an ARN, the URL of a queue.
fn is_generated(text: &str) -> bool {
    let last = text.rsplit('-').next().unwrap_or_default();
    let is_made_up = last.len() >= GENERATED
        && last.len() < text.len()
        && last.bytes().all(|byte| byte.is_ascii_hexdigit())
        && last.bytes().any(|byte| byte.is_ascii_digit());
    is_made_up || text.starts_with("arn:") || text.starts_with("https://sqs.")
}

/// How well a type fits the name of an argument: `db_subnet_group_name` is that of an `aws_db_subnet_group`.
fn fit(argument: &str, kind: &str) -> u8 {
    let stem = ENDS.iter().find_map(|end| argument.strip_suffix(end)).unwrap_or(argument).trim_end_matches('s');
    let last = |text: &str| text.rsplit('_').next().map(str::to_owned);
    match kind.strip_suffix(stem) {
        Some(rest) if rest.ends_with('_') => 2,
        _ if last(stem) == last(kind) => 1,
        _ => 0,
    }
}
