//! `Fn::Select`, `Fn::Split`, `Fn::Length` and `Fn::GetAZs`.

use model::{ExpressionKind, Node, Value, Why};

use super::known;
use crate::expression::{call, may_vanish, written};
use crate::parameters;
use crate::resolve::Scope;

pub(super) fn select(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let text = call("Fn::Select", &argument);
    let Value::List(arguments) = &mut argument.value else {
        return scope.unresolved("Fn::Select", &argument, false);
    };
    let [index, list] = arguments.as_mut_slice() else {
        return scope.unresolved("Fn::Select", &argument, false);
    };
    let position = match &index.value {
        Value::Number(text) | Value::Text(text) => text.trim().parse::<usize>().ok(),
        _ => None,
    };
    match (&mut list.value, position) {
        (Value::List(items), Some(position)) => {
            // An item that may be left out makes it unknown which one is meant.
            let certain = !items.iter().take(position.saturating_add(1)).any(may_vanish);
            if certain && position < items.len() {
                let mut item = items.swap_remove(position);
                if !matches!(item.value, Value::Unknown(_)) {
                    item.written = written(text, ExpressionKind::Function);
                }
                item.origin = argument.origin;
                return item;
            }
            scope.unresolved("Fn::Select", &argument, false)
        }
        // A region has zones, whichever they are.
        (Value::Unknown(Why::Unresolved(expression)), _) if expression.text.starts_with("!GetAZs") => {
            scope.unresolved("Fn::Select", &argument, true)
        }
        _ => scope.unresolved("Fn::Select", &argument, false),
    }
}

pub(super) fn split(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let text = call("Fn::Split", &argument);
    if let Value::List(arguments) = &mut argument.value
        && let [Node { value: Value::Text(delimiter), .. }, source] = arguments.as_mut_slice()
        && !delimiter.is_empty()
        && matches!(source.value, Value::Text(_) | Value::Number(_) | Value::Pattern(_))
    {
        let weight = match &source.value {
            Value::Text(text) | Value::Number(text) => text.len() + 64 * text.matches(&**delimiter).count(),
            _ => crate::tree::weight(source) * 8,
        };
        if scope.report.spend(weight, scope.file, origin) {
            let value = std::mem::replace(&mut source.value, Value::Null);
            match parameters::split(value, delimiter, false, origin) {
                value @ Value::List(_) => return known(value, text, origin),
                value => source.value = value,
            }
        }
    }
    scope.unresolved("Fn::Split", &argument, false)
}

pub(super) fn length(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    match &argument.value {
        Value::List(items) if !items.iter().any(may_vanish) => {
            let value = Value::Number(items.len().to_string().into());
            known(value, call("Fn::Length", &argument), argument.origin)
        }
        _ => scope.unresolved("Fn::Length", &argument, true),
    }
}

/// A list, and how many items it has is not known either.
pub(super) fn zones(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    scope.unresolved("Fn::GetAZs", &argument, true)
}
