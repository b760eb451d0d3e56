//! Conditions: true, false, or not known.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Value, Why};

use crate::error::cut;
use crate::expression::render;
use crate::resolve::Scope;

/// A longer chain of conditions that name each other is not followed.
const MAX_CHAIN: usize = 200;

/// The value of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Truth {
    True,
    False,
    /// Not known, because of what the expression stands for.
    Unknown(Arc<Expression>),
}

impl Truth {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, other) | (other, Self::True) => other,
            (first, _) => first,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown => unknown,
        }
    }

    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// What a condition of this name depends on, as people read it: `IsProd (depends on !Ref Env, which
/// has no default)`.
pub(crate) fn dependence(name: &str, cause: &Expression) -> Expression {
    let why = match cause.kind {
        ExpressionKind::Parameter { .. } if !cause.set => ", which has no default",
        _ => "",
    };
    // Every resource with the condition says so.
    let text = cut(cause.text.to_string());
    Expression::new(format!("{name} (depends on {text}{why})"), ExpressionKind::Choice)
}

/// Evaluates all conditions of a template.
pub(crate) fn evaluate(scope: &Scope<'_>, section: &IndexMap<String, Node>) -> HashMap<String, Truth> {
    let mut evaluation = Evaluation { scope, section, known: HashMap::new(), chain: Vec::new() };
    for name in section.keys() {
        evaluation.named(name);
    }
    evaluation.known.into_iter().map(|(name, truth)| (name.to_owned(), truth)).collect()
}

/// Evaluates a condition that stands where it is used.
pub(crate) fn inline(scope: &Scope<'_>, node: &Node) -> Truth {
    let section = IndexMap::new();
    Evaluation { scope, section: &section, known: HashMap::new(), chain: Vec::new() }.node(node)
}

struct Evaluation<'a> {
    scope: &'a Scope<'a>,
    section: &'a IndexMap<String, Node>,
    known: HashMap<&'a str, Truth>,
    /// The conditions that are being evaluated.
    chain: Vec<&'a str>,
}

impl<'a> Evaluation<'a> {
    fn named(&mut self, name: &str) -> Truth {
        if let Some(truth) = self.known.get(name) {
            return truth.clone();
        }
        let Some((name, _, node)) = self.section.get_full(name).map(|(_, name, node)| (name.as_str(), (), node)) else {
            return self.scope.condition(name);
        };
        let refused = if self.chain.contains(&name) {
            Some(format!("condition {name} depends on itself"))
        } else if self.chain.len() >= MAX_CHAIN {
            Some(format!("condition {name} stands behind more than {MAX_CHAIN} others"))
        } else {
            None
        };
        if let Some(reason) = refused {
            self.scope.gap(node.origin, reason);
            let cause = Expression::new(format!("!Condition {name}"), ExpressionKind::Choice);
            return Truth::Unknown(Arc::new(cause));
        }
        self.chain.push(name);
        let truth = self.node(node);
        self.chain.pop();
        self.known.insert(name, truth.clone());
        truth
    }

    fn node(&mut self, node: &Node) -> Truth {
        let entry = match &node.value {
            Value::Map(entries) if entries.len() == 1 => entries.first(),
            Value::Bool(value) => return Truth::from(*value),
            _ => None,
        };
        let Some((function, argument)) = entry else { return unknown(node) };
        match (function.as_str(), &argument.value) {
            ("Condition", Value::Text(name)) => self.named(name),
            ("Fn::And", Value::List(items)) if !items.is_empty() => {
                items.iter().fold(Truth::True, |truth, item| truth.and(self.node(item)))
            }
            ("Fn::Or", Value::List(items)) if !items.is_empty() => {
                items.iter().fold(Truth::False, |truth, item| truth.or(self.node(item)))
            }
            ("Fn::Not", Value::List(items)) if items.len() == 1 => match items.first() {
                Some(item) => self.node(item).not(),
                None => unknown(node),
            },
            ("Fn::Equals", Value::List(items)) => match items.as_slice() {
                [left, right] => {
                    let (mut left, mut right) = (left.clone(), right.clone());
                    if self.scope.resolve(&mut left) && self.scope.resolve(&mut right) {
                        equals(&left, &right)
                    } else {
                        unknown(node)
                    }
                }
                _ => unknown(node),
            },
            _ => unknown(node),
        }
    }
}

fn unknown(node: &Node) -> Truth {
    Truth::Unknown(Arc::new(Expression::new(render(node), ExpressionKind::Choice)))
}

/// Whether two resolved values are equal, as far as can be known. AWS compares text.
fn equals(left: &Node, right: &Node) -> Truth {
    if let (Some(left), Some(right)) = (known_text(left), known_text(right)) {
        return Truth::from(left == right);
    }
    for (one, other) in [(left, right), (right, left)] {
        // Something that certainly has a value is not the empty text.
        let certain = match &one.value {
            Value::Reference(_) => true,
            Value::Unknown(Why::Unresolved(expression)) => expression.set,
            _ => false,
        };
        if certain && known_text(other) == Some("") {
            return Truth::False;
        }
    }
    match (&left.value, &right.value) {
        (Value::List(one), Value::List(two)) if one.len() == two.len() => {
            one.iter().zip(two).fold(Truth::True, |truth, (one, two)| truth.and(equals(one, two)))
        }
        _ => {
            let cause = [left, right].into_iter().find(|node| known_text(node).is_none());
            match cause.map(|node| (&node.value, node)) {
                Some((Value::Unknown(Why::Unresolved(expression)), _)) => Truth::Unknown(Arc::clone(expression)),
                Some((_, node)) => unknown(node),
                None => unknown(left),
            }
        }
    }
}

fn known_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}
