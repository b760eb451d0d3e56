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
    let Some(map) = key(map).and_then(|name| scope.mappings.get(name)) else {
        return match (default, key(map)) {
            (Some(default), Some(_)) => default,
            _ => lookup(false),
        };
    };
    let (Some(first), Some(second)) = (key(first), key(second)) else {
        // Which entry is meant is not known. That there is a value is, when every entry has one.
        let set = candidates(map, key(first), key(second)).is_some_and(|mut all| all.all(is_set))
            && default.as_ref().is_none_or(is_set);
        return lookup(set);
    };
    match (map.get(first).and_then(|entries| entries.get(second)), default) {
        (Some(found), _) => {
            let mut node = scope.copy(found, origin);
            if !scope.resolve(&mut node) {
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

/// The entries that may be meant; none when the map is none.
fn candidates<'a>(
    map: &'a Node,
    first: Option<&'a str>,
    second: Option<&'a str>,
) -> Option<impl Iterator<Item = &'a Node>> {
    let Value::Map(entries) = &map.value else { return None };
    Some(
        entries
            .iter()
            .filter(move |(name, _)| first.is_none_or(|first| first == name.as_str()))
            .filter_map(|(_, node)| match &node.value {
                Value::Map(entries) => Some(entries),
                _ => None,
            })
            .flat_map(move |entries| {
                entries
                    .iter()
                    .filter(move |(name, _)| second.is_none_or(|second| second == name.as_str()))
                    .map(|(_, node)| node)
            })
            .take(1000),
    )
}
