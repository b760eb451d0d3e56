//! `Fn::If`.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Value, Why};

use crate::conditions::Truth;
use crate::expression::{call, is_set, written};
use crate::hidden::holds_hidden;
use crate::resolve::Scope;

pub(super) fn choose(scope: &Scope<'_>, argument: Node) -> Option<Node> {
    let origin = argument.origin;
    let text = call("Fn::If", &argument);
    let Value::List(items) = argument.value else {
        return Some(Node::unresolved(Expression::new(text, ExpressionKind::Choice), origin));
    };
    let [condition, mut yes, mut no] = match <[Node; 3]>::try_from(items) {
        Ok(items) => items,
        Err(_) => return Some(Node::unresolved(Expression::new(text, ExpressionKind::Choice), origin)),
    };
    let truth = match &condition.value {
        Value::Text(name) => scope.condition(name),
        _ => crate::conditions::inline(scope, &condition),
    };
    if truth == Truth::True || truth == Truth::False {
        let mut branch = if truth == Truth::True { yes } else { no };
        if !scope.resolve(&mut branch) {
            return None;
        }
        if !matches!(branch.value, Value::Unknown(_)) {
            branch.written = written(text, ExpressionKind::Choice);
        }
        branch.origin = origin;
        return Some(branch);
    }
    let yes = scope.resolve(&mut yes).then_some(yes);
    let no = scope.resolve(&mut no).then_some(no);
    let choice = Choice {
        maybe: Arc::new(Expression::new(text.as_str(), ExpressionKind::Choice)),
        surely: Arc::new(Expression::set(text, ExpressionKind::Choice)),
    };
    let mut node = choice.merge(yes, no)?;
    node.origin = origin;
    Some(node)
}

/// A choice whose condition is not known: what it leaves absent or present, and what it leaves only
/// present.
struct Choice {
    maybe: Arc<Expression>,
    surely: Arc<Expression>,
}

impl Choice {
    /// What is known when either of the two may be the value.
    fn merge(&self, yes: Option<Node>, no: Option<Node>) -> Option<Node> {
        match (yes, no) {
            (None, None) => None,
            (Some(node), None) | (None, Some(node)) => Some(unknown(&self.maybe, &node)),
            (Some(yes), Some(no)) => {
                let (mut node, same) = self.both(yes, no);
                if same {
                    self.settle(&mut node);
                }
                Some(node)
            }
        }
    }

    /// What two values have in common, and whether that is all of them. Each node is looked at once:
    /// whether two maps are the same is known when their entries have been merged.
    fn both(&self, yes: Node, no: Node) -> (Node, bool) {
        let Node { value, origin, written } = yes;
        match (value, no.value) {
            (Value::Map(first), Value::Map(second)) => {
                let (entries, same) = self.maps(first, second);
                (self.merged(Value::Map(entries), origin, written, same), same)
            }
            (Value::List(first), Value::List(second)) if first.len() == second.len() => {
                let pairs = first.into_iter().zip(second).map(|(yes, no)| self.both(yes, no));
                let (mut items, sames): (Vec<Node>, Vec<bool>) = pairs.unzip();
                let same = sames.iter().all(|same| *same);
                if !same {
                    self.settle_those(items.iter_mut().zip(sames));
                }
                (self.merged(Value::List(items), origin, written, same), same)
            }
            (first, second) if first == second => (Node { value: first, origin, written }, true),
            (first, second) => {
                let (yes, no) = (Node::new(first, origin), Node::new(second, no.origin));
                let set = is_set(&yes) && is_set(&no);
                (unknown(if set { &self.surely } else { &self.maybe }, &yes), false)
            }
        }
    }

    fn maps(
        &self,
        first: IndexMap<String, Node>,
        mut second: IndexMap<String, Node>,
    ) -> (IndexMap<String, Node>, bool) {
        let mut same = first.len() == second.len();
        let mut sames = Vec::with_capacity(first.len());
        let mut merged = IndexMap::with_capacity(first.len().max(second.len()));
        for (name, yes) in first {
            // Taking entries out one by one would be quadratic, or lose the order of the rest: what has
            // been taken leaves a null behind.
            let no = second.get_mut(&name).map(|node| {
                let origin = node.origin;
                std::mem::replace(node, Node::new(Value::Null, origin))
            });
            let (node, equal) = match no {
                Some(no) => self.both(yes, no),
                None => (unknown(&self.maybe, &yes), false),
            };
            same &= equal;
            sames.push(equal);
            merged.insert(name, node);
        }
        for (name, no) in second {
            if !merged.contains_key(&name) {
                same = false;
                sames.push(false);
                merged.insert(name, unknown(&self.maybe, &no));
            }
        }
        if !same {
            self.settle_those(merged.values_mut().zip(sames));
        }
        (merged, same)
    }

    fn merged(&self, value: Value, origin: Origin, written: Option<Arc<Expression>>, same: bool) -> Node {
        let written = if same { written } else { Some(Arc::clone(&self.surely)) };
        Node { value, origin, written }
    }

    /// Notes the choice at what both branches agree on.
    fn settle(&self, node: &mut Node) {
        if !matches!(node.value, Value::Unknown(_)) && !holds_hidden(node) {
            node.written = Some(Arc::clone(&self.surely));
        }
    }

    fn settle_those<'a>(&self, nodes: impl Iterator<Item = (&'a mut Node, bool)>) {
        nodes.filter(|(_, same)| *same).for_each(|(node, _)| self.settle(node));
    }
}

fn unknown(expression: &Arc<Expression>, near: &Node) -> Node {
    Node::new(Value::Unknown(Why::Unresolved(Arc::clone(expression))), near.origin)
}
