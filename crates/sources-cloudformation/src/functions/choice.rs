//! `Fn::If`.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Value, Why};

use crate::conditions::Truth;
use crate::expression::{call, is_set, written};
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
        let (yes, no) = match (yes, no) {
            (None, None) => return None,
            (Some(node), None) | (None, Some(node)) => {
                return Some(unknown(&self.maybe, &node));
            }
            (Some(yes), Some(no)) => (yes, no),
        };
        if same(&yes, &no) {
            let mut node = yes;
            if !matches!(node.value, Value::Unknown(_)) {
                node.written = Some(Arc::clone(&self.surely));
            }
            return Some(node);
        }
        match (yes.value, no.value) {
            (Value::Map(first), Value::Map(second)) => {
                let merged = Node::new(Value::Map(self.merge_maps(first, second)), yes.origin);
                Some(Node { written: Some(Arc::clone(&self.surely)), ..merged })
            }
            (Value::List(first), Value::List(second)) if first.len() == second.len() => {
                let items = first.into_iter().zip(second);
                let items = items.filter_map(|(yes, no)| self.merge(Some(yes), Some(no))).collect();
                let merged = Node::new(Value::List(items), yes.origin);
                Some(Node { written: Some(Arc::clone(&self.surely)), ..merged })
            }
            (first, second) => {
                let (yes, no) = (Node::new(first, yes.origin), Node::new(second, no.origin));
                let set = is_set(&yes) && is_set(&no);
                Some(unknown(if set { &self.surely } else { &self.maybe }, &yes))
            }
        }
    }

    fn merge_maps(&self, first: IndexMap<String, Node>, mut second: IndexMap<String, Node>) -> IndexMap<String, Node> {
        let mut merged = IndexMap::with_capacity(first.len().max(second.len()));
        for (name, yes) in first {
            // The rest of the second map keeps its order only when nothing is swapped into it, and
            // removing one by one would be quadratic: what has been taken is marked instead.
            let no = second
                .get_mut(&name)
                .map(|node| std::mem::replace(node, Node::new(Value::Unknown(Why::NotInCode), yes.origin)));
            if let Some(node) = self.merge(Some(yes), no) {
                merged.insert(name, node);
            }
        }
        for (name, no) in second {
            if !merged.contains_key(&name)
                && let Some(node) = self.merge(None, Some(no))
            {
                merged.insert(name, node);
            }
        }
        merged
    }
}

fn unknown(expression: &Arc<Expression>, near: &Node) -> Node {
    Node::new(Value::Unknown(Why::Unresolved(Arc::clone(expression))), near.origin)
}

/// Whether two nodes have the same value, wherever they stand.
pub(crate) fn same(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| same(left, right)))
        }
        (left, right) => left == right,
    }
}
