//! `Fn::Sub`.

use indexmap::IndexMap;
use model::{Node, Value};

use super::known;
use crate::expression::call;
use crate::resolve::Scope;
use crate::text::Assembly;

pub(super) fn substitute(scope: &Scope<'_>, argument: Node) -> Node {
    let origin = argument.origin;
    let (template, variables) = match argument.value {
        Value::List(items) => {
            let mut items = items.into_iter();
            let template = items.next();
            let variables = items.next();
            match (template, variables) {
                (Some(template), variables) => (template, variables),
                (None, _) => {
                    let argument = Node::new(Value::List(Vec::new()), origin);
                    return scope.unresolved("Fn::Sub", &argument, false);
                }
            }
        }
        value => (Node::new(value, origin), None),
    };
    let mut values = IndexMap::new();
    if let Some(Node { value: Value::Map(entries), .. }) = variables {
        for (name, mut value) in entries {
            if scope.resolve(&mut value) {
                values.insert(name, value);
            }
        }
    }
    let mut template = template;
    // Only text may stand here; a loop or a macro may have made it something else.
    if matches!(template.value, Value::Map(_)) {
        scope.resolve(&mut template);
    }
    let written = call("Fn::Sub", &template);
    let Value::Text(text) = &template.value else {
        return match &template.value {
            Value::Number(_) | Value::Bool(_) => template,
            _ => scope.unresolved("Fn::Sub", &template, false),
        };
    };
    let mut assembly = Assembly::default();
    for piece in pieces(text) {
        let name = match piece {
            Piece::Text(text) => {
                assembly.text(text);
                continue;
            }
            Piece::Variable(name) => name,
        };
        let value = match values.get(name) {
            Some(value) => Some(scope.copy(value, origin)),
            None => match name.split_once('.') {
                Some((target, attribute)) if !scope.generated.names.contains_key(name) => {
                    scope.lookup(target, attribute, origin)
                }
                _ => scope.lookup(name, "Ref", origin),
            },
        };
        // What has no value adds nothing.
        if let Some(value) = value {
            assembly.node(&value);
        }
        if !scope.report.spend(64, scope.file, origin) {
            return scope.unresolved("Fn::Sub", &template, false);
        }
    }
    if !scope.report.spend(assembly.weight(), scope.file, origin) {
        return scope.unresolved("Fn::Sub", &template, false);
    }
    known(scope.finish(assembly), written, origin)
}

enum Piece<'a> {
    Text(&'a str),
    Variable(&'a str),
}

/// The pieces of a template text. `${!Name}` stands for the text `${Name}`.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    // Text that is still to come before the next variable is looked for.
    let mut pending: Option<&str> = None;
    std::iter::from_fn(move || {
        if let Some(text) = pending.take() {
            return Some(Piece::Text(text));
        }
        if rest.is_empty() {
            return None;
        }
        let Some(start) = rest.find("${") else {
            return Some(Piece::Text(std::mem::take(&mut rest)));
        };
        if start > 0 {
            let (before, after) = rest.split_at(start);
            rest = after;
            return Some(Piece::Text(before));
        }
        let Some(end) = rest.find('}') else {
            return Some(Piece::Text(std::mem::take(&mut rest)));
        };
        let (inside, after) = (&rest[2..end], &rest[end + 1..]);
        match inside.strip_prefix('!') {
            Some(_) => {
                // `${` now, and what follows the exclamation mark with its brace next.
                pending = Some(&rest[3..=end]);
                let open = &rest[..2];
                rest = after;
                Some(Piece::Text(open))
            }
            None => {
                rest = after;
                Some(Piece::Variable(inside.trim()))
            }
        }
    })
}

/// The names that a template text refers to.
pub(crate) fn references(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) => None,
    })
}
