//! The functions of templates, one file per group.

mod choice;
mod cidr;
mod encode;
mod find_in_map;
mod join;
mod list;
mod reference;
mod sub;

use model::{Expression, ExpressionKind, Node, Value};

use crate::conditions::{self, Truth};
use crate::expression::{call, written};
use crate::resolve::Scope;

pub(crate) use sub::references as sub_references;

/// Whether the only key of a map makes it the call of a function.
pub(crate) fn is_function(name: &str) -> bool {
    name == "Ref" || name.starts_with("Fn::") && !crate::foreach::is_loop(name)
}

/// The result of a function; none when it is `AWS::NoValue`.
pub(crate) fn evaluate(scope: &Scope<'_>, name: &str, argument: Node) -> Option<Node> {
    Some(match name {
        "Ref" => return reference::reference(scope, argument),
        "Fn::If" => return choice::choose(scope, argument),
        "Fn::GetAtt" => reference::attribute(scope, argument),
        "Fn::Sub" => sub::substitute(scope, argument),
        "Fn::Join" => join::join(scope, argument),
        "Fn::Select" => list::select(scope, argument),
        "Fn::Split" => list::split(scope, argument),
        "Fn::Length" => list::length(scope, argument),
        "Fn::GetAZs" => list::zones(scope, argument),
        "Fn::FindInMap" => find_in_map::find(scope, argument),
        "Fn::Base64" => encode::base64(scope, argument),
        "Fn::ToJsonString" => encode::json_text(scope, argument),
        "Fn::Cidr" => cidr::cidr(scope, argument),
        "Fn::ImportValue" => {
            let mut argument = argument;
            scope.resolve(&mut argument);
            let text = call(name, &argument);
            Node::unresolved(Expression::set(text, ExpressionKind::Import), argument.origin)
        }
        "Fn::Transform" => {
            let text = call(name, &argument);
            Node::unresolved(Expression::new(text, ExpressionKind::Macro), argument.origin)
        }
        "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" => {
            let origin = argument.origin;
            let text = call(name, &argument);
            let whole = Node::new(Value::Map([(name.to_owned(), argument)].into_iter().collect()), origin);
            match conditions::inline(scope, &whole) {
                Truth::Unknown(_) => Node::unresolved(Expression::set(text, ExpressionKind::Choice), origin),
                truth => known(Value::Bool(truth == Truth::True), text, origin),
            }
        }
        // A function that this reader does not know: whatever it gives is not known either.
        _ => scope.unresolved(name, &argument, false),
    })
}

/// A result that is known, and how it was written.
fn known(value: Value, text: impl Into<Box<str>>, origin: model::Origin) -> Node {
    let mut node = Node::new(value, origin);
    if !matches!(node.value, Value::Unknown(_)) {
        node.written = written(text, ExpressionKind::Function);
    }
    node
}
