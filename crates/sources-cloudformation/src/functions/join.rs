//! `Fn::Join`.

use model::{Node, Value};

use super::known;
use crate::expression::{call, may_vanish};
use crate::resolve::Scope;
use crate::text::Assembly;

pub(super) fn join(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let Value::List(arguments) = &argument.value else {
        return scope.unresolved("Fn::Join", &argument, false);
    };
    let [Node { value: Value::Text(delimiter), .. }, Node { value: Value::List(items), .. }] = arguments.as_slice()
    else {
        return scope.unresolved("Fn::Join", &argument, false);
    };
    let mut assembly = Assembly::default();
    // A delimiter stands between two items that are both certainly there; where one of them may be
    // left out, the part that stands for it stands for its delimiters too.
    let mut after_certain = false;
    for item in items {
        let certain = !may_vanish(item);
        if certain && after_certain {
            if !scope.report.spend(delimiter.len(), scope.file, origin) {
                return scope.unresolved("Fn::Join", &argument, false);
            }
            assembly.text(delimiter);
        }
        assembly.node(item);
        after_certain = certain;
    }
    if !scope.report.spend(assembly.weight(), scope.file, origin) {
        return scope.unresolved("Fn::Join", &argument, false);
    }
    known(scope.finish(assembly), call("Fn::Join", &argument), origin)
}
