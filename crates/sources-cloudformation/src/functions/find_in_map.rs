//! `Fn::FindInMap`.

use model::{Expression, ExpressionKind, Node, Value};

use crate::expression::{call, is_set, written};
use crate::resolve::Scope;

pub(super) fn find(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let text = call("Fn::FindInMap", &argument);
    let Value::List(arguments) = &mut argument.value else {
        return scope.unresolved("Fn::FindInMap", &argument, false);
    };
    let default = match arguments.len() {
        4 => arguments.pop().and_then(|mut options| match &mut options.value {
            Value::Map(entries) => entries.swap_remove("DefaultValue"),
            _ => None,
        }),
        _ => None,
    };
    let [map, first, second] = arguments.as_slice() else {
        return scope.unresolved("Fn::FindInMap", &argument, false);
    };
    let lookup = |set: bool| {
        let kind = ExpressionKind::Lookup;
        Node::unresolved(Expression { text: text.as_str().into(), kind, set }, origin)
    };
    if scope.mapping.get() {
        return lookup(false);
    }
    let Some(map) = key(map).and_then(|name| scope.mappings.get(name)) else {
        return match (default, key(map)) {
            (Some(default), Some(_)) => default,
            _ => lookup(false),
        };
    };
    let (Some(first), Some(second)) = (key(first), key(second)) else {
        // Which entry is meant is not known. That there is a value is, when every entry has one.
        let set = all_set(map, key(first), key(second)) && default.as_ref().is_none_or(is_set);
        return lookup(set);
    };
    match (map.get(first).and_then(|entries| entries.get(second)), default) {
        (Some(found), _) => {
            let mut node = scope.copy(found, origin);
            scope.mapping.set(true);
            let there = scope.resolve(&mut node);
            scope.mapping.set(false);
            if !there {
                return lookup(false);
            }
            if !matches!(node.value, Value::Unknown(_)) {
                node.written = written(text, ExpressionKind::Lookup);
            }
            node
        }
        (None, Some(default)) => default,
        (None, None) => lookup(false),
    }
}

fn key(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

/// How many entries are looked at to find out whether a value whose key is not known is set.
const MAX_CANDIDATES: usize = 1000;

/// Whether all the values that may be meant are set; of a map with more than some it is not found out.
/// Entries without the second key are not meant: the deployment would fail.
fn all_set(map: &Node, first: Option<&str>, second: Option<&str>) -> bool {
    let mut room = MAX_CANDIDATES;
    match first {
        Some(first) => map.get(first).is_none_or(|entries| values_set(entries, second, &mut room)),
        None => every(map, &mut room, |entries, room| values_set(entries, second, room)),
    }
}

fn values_set(entries: &Node, second: Option<&str>, room: &mut usize) -> bool {
    match second {
        Some(second) => entries.get(second).is_none_or(is_set),
        None => every(entries, room, |value, _| is_set(value)),
    }
}

fn every(map: &Node, room: &mut usize, holds: impl Fn(&Node, &mut usize) -> bool) -> bool {
    let Value::Map(entries) = &map.value else { return false };
    entries.values().all(|entry| match room.checked_sub(1) {
        Some(rest) => {
            *room = rest;
            holds(entry, room)
        }
        None => false,
    })
}
