//! `Ref` and `Fn::GetAtt`.

use model::{Node, Value};

use crate::resolve::Scope;

pub(super) fn reference(scope: &Scope<'_>, argument: Node) -> Option<Node> {
    match &argument.value {
        Value::Text(name) => scope.lookup(name, "Ref", argument.origin),
        Value::Number(_) | Value::Bool(_) => Some(scope.unresolved("Ref", &argument, false)),
        // Names of loops and parameters may stand here where the language extensions are used.
        _ => {
            let mut argument = argument;
            scope.resolve(&mut argument);
            match &argument.value {
                Value::Text(name) => scope.lookup(name, "Ref", argument.origin),
                _ => Some(scope.unresolved("Ref", &argument, false)),
            }
        }
    }
}

pub(super) fn attribute(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let found = match &argument.value {
        Value::Text(text) => {
            text.split_once('.').and_then(|(target, attribute)| scope.lookup(target, attribute, origin))
        }
        Value::List(items) => match items.as_slice() {
            [Node { value: Value::Text(target), .. }, Node { value: Value::Text(attribute), .. }] => {
                scope.lookup(target, attribute, origin)
            }
            _ => None,
        },
        _ => None,
    };
    found.unwrap_or_else(|| scope.unresolved("Fn::GetAtt", &argument, false))
}
