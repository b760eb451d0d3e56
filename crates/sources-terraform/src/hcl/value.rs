//! What is known of values, and how Terraform converts them.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Part, Value, Why};

/// Why an expression has no value: Terraform would refuse it.
#[derive(Debug, Clone)]
pub(super) struct Fault(pub(super) String);

impl Fault {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

pub(super) type Outcome = Result<Node, Fault>;

/// Where a value stands that nobody has written.
pub(super) const NOWHERE: Origin = Origin { source: model::SourceId(0), line: 0, column: 0 };

/// A value that is not given its place yet.
pub(super) fn bare(value: Value) -> Node {
    Node::new(value, NOWHERE)
}

pub(super) fn text(text: impl Into<Box<str>>) -> Node {
    bare(Value::Text(text.into()))
}

pub(super) fn list(items: Vec<Node>) -> Node {
    bare(Value::List(items))
}

pub(super) fn boolean(value: bool) -> Node {
    bare(Value::Bool(value))
}

pub(super) fn integer(value: i128) -> Node {
    bare(Value::Number(value.to_string().into()))
}

pub(super) fn map(entries: IndexMap<String, Node>) -> Node {
    bare(Value::Map(entries))
}

/// The entries of a map in the order Terraform goes through them: that of their names.
pub(super) fn sorted(entries: &IndexMap<String, Node>) -> Vec<(&String, &Node)> {
    let mut sorted: Vec<(&String, &Node)> = entries.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    sorted
}

/// A number as Terraform writes it.
pub(super) fn number(value: f64) -> Outcome {
    if !value.is_finite() {
        return Err(Fault::new("not a number"));
    }
    Ok(bare(Value::Number(value.to_string().into())))
}

/// A sum or a product of decimals, without what binary fractions add to it.
pub(super) fn decimal(value: f64) -> Outcome {
    number(format!("{value:.14e}").parse().unwrap_or(value))
}

/// A number as text, however it was written: `1.10` is `1.1`.
pub(super) fn canonical(written: &str) -> String {
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain && !(written.len() > 1 && written.starts_with('0')) {
        return written.to_owned();
    }
    written
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite())
        .map_or_else(|| written.to_owned(), |value| value.to_string())
}

pub(super) fn unknown(expression: Expression) -> Node {
    Node::unresolved(expression, NOWHERE)
}

pub(super) fn is_unknown(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_))
}

pub(super) fn is_null(node: &Node) -> bool {
    matches!(node.value, Value::Null)
}

/// Whether nothing in it is left open.
pub(super) fn is_wholly_known(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.iter().all(is_wholly_known),
        Value::Map(entries) => entries.values().all(is_wholly_known),
        Value::Unknown(_) | Value::Pattern(_) | Value::Reference(_) => false,
        _ => true,
    }
}

/// Whether it certainly is neither null nor empty.
pub(super) fn is_surely_set(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::Text(text) => !text.is_empty(),
        Value::Unknown(Why::Unresolved(expression)) => expression.set,
        Value::Unknown(_) => false,
        Value::Pattern(parts) => parts.iter().any(|part| match part {
            Part::Text(text) => !text.is_empty(),
            Part::Reference(_) => true,
            Part::Unknown(expression) => expression.set,
        }),
        _ => true,
    }
}

/// Known text; numbers and switches are converted.
pub(super) fn as_string(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(canonical(number)),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// A known number; text is converted.
pub(super) fn as_number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) | Value::Text(text) => text.trim().parse().ok().filter(|value: &f64| value.is_finite()),
        _ => None,
    }
}

/// A known whole number.
pub(super) fn as_integer(node: &Node) -> Option<i128> {
    match &node.value {
        Value::Number(text) | Value::Text(text) => text.trim().parse().ok().or_else(|| {
            as_number(node).filter(|value| value.fract() == 0.0 && value.abs() < 1e30).map(|value| value as i128)
        }),
        _ => None,
    }
}

/// A known switch; text is converted.
pub(super) fn as_bool(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(value) => Some(*value),
        Value::Text(text) => match &**text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The kind of what a node was made of, when that was no literal.
pub(super) fn kind(node: &Node) -> Option<&ExpressionKind> {
    node.expression().map(|expression| &expression.kind)
}

pub(super) fn is_hidden_kind(kind: &ExpressionKind) -> bool {
    matches!(kind, ExpressionKind::Parameter { hidden: true, .. })
}

/// How much a kind says about a value that is made of several.
fn strength(kind: &ExpressionKind) -> u8 {
    match kind {
        ExpressionKind::Parameter { hidden: true, .. } => 5,
        ExpressionKind::Parameter { .. } => 4,
        ExpressionKind::Import | ExpressionKind::Attribute | ExpressionKind::Pseudo | ExpressionKind::Dynamic(_) => 3,
        ExpressionKind::Lookup | ExpressionKind::Choice | ExpressionKind::Macro => 2,
        ExpressionKind::Function => 0,
    }
}

/// The kind that says most of what values are made of, all that is in them included.
pub(super) fn strongest<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> ExpressionKind {
    let mut best = ExpressionKind::Function;
    for node in nodes {
        strengthen(node, &mut best);
    }
    best
}

fn strengthen(node: &Node, best: &mut ExpressionKind) {
    let mut offer = |kind: &ExpressionKind| {
        if strength(kind) > strength(best) {
            *best = kind.clone();
        }
    };
    if let Some(kind) = kind(node) {
        offer(kind);
    }
    match &node.value {
        Value::Reference(_) => offer(&ExpressionKind::Attribute),
        Value::Pattern(parts) => {
            for part in parts {
                match part {
                    Part::Unknown(expression) => offer(&expression.kind),
                    Part::Reference(_) => offer(&ExpressionKind::Attribute),
                    Part::Text(_) => {}
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| strengthen(item, best)),
        Value::Map(entries) => entries.values().for_each(|entry| strengthen(entry, best)),
        _ => {}
    }
}

/// Notes on a value and all there is in it what it was written as: whoever looks at an item does not see
/// the list around it.
pub(super) fn note(node: &mut Node, expression: &Arc<Expression>) {
    match &mut node.value {
        Value::Unknown(Why::Unresolved(own)) => {
            if is_hidden_kind(&expression.kind) && !is_hidden_kind(&own.kind) {
                let hidden = Expression { text: own.text.clone(), kind: expression.kind.clone(), set: own.set };
                *own = Arc::new(hidden);
            }
            return;
        }
        Value::List(items) => items.iter_mut().for_each(|item| note(item, expression)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| note(entry, expression)),
        _ => {}
    }
    node.written = Some(Arc::clone(expression));
}

/// Text under construction, of which some parts may not be known.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<Part>,
    /// What the last parts hold together; a run of known text is one part.
    run: String,
}

impl Parts {
    /// Adds known characters.
    pub(super) fn text(&mut self, text: &str) {
        self.run.push_str(text);
    }

    /// Adds a part that is not known.
    pub(super) fn hole(&mut self, part: Part) {
        self.flush();
        self.parts.push(part);
    }

    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.run).into()));
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Text(text) => self.text(text),
            hole => self.hole(hole.clone()),
        }
    }

    /// Adds the text that a value stands for: of a collection, its JSON. `None` for what is no text.
    pub(super) fn node(&mut self, node: &Node) -> Option<()> {
        match &node.value {
            Value::Pattern(parts) => parts.iter().for_each(|part| self.part(part)),
            Value::Reference(reference) => self.hole(Part::Reference(reference.clone())),
            Value::Unknown(Why::Unresolved(expression)) => self.hole(Part::Unknown(Arc::clone(expression))),
            Value::Unknown(_) | Value::Null => return None,
            Value::List(_) | Value::Map(_) => self.json(node),
            Value::Text(text) => self.text(text),
            _ => self.text(&as_string(node)?),
        }
        Some(())
    }

    /// The text as a value. A single part that is not text stands for itself.
    pub(super) fn finish(mut self) -> Value {
        self.flush();
        if self.parts.len() > 1 {
            return Value::Pattern(self.parts.into());
        }
        match self.parts.pop() {
            Some(Part::Text(text)) => Value::Text(text),
            Some(Part::Reference(reference)) => Value::Reference(reference),
            Some(Part::Unknown(expression)) => Value::Unknown(Why::Unresolved(expression)),
            None => Value::Text("".into()),
        }
    }

    fn escaped(&mut self, text: &str) {
        let quoted = serde_json::to_string(text).unwrap_or_default();
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        for character in inner.chars() {
            match character {
                '<' => self.text("\\u003c"),
                '>' => self.text("\\u003e"),
                '&' => self.text("\\u0026"),
                other => self.run.push(other),
            }
        }
    }

    /// Adds a value as `jsonencode` writes it.
    pub(super) fn json(&mut self, node: &Node) {
        match &node.value {
            Value::Null => self.text("null"),
            Value::Bool(value) => self.text(if *value { "true" } else { "false" }),
            Value::Number(number) => self.text(&canonical(number)),
            Value::Text(text) => {
                self.text("\"");
                self.escaped(text);
                self.text("\"");
            }
            Value::Pattern(parts) => {
                self.text("\"");
                for part in parts {
                    match part {
                        Part::Text(text) => self.escaped(text),
                        hole => self.hole(hole.clone()),
                    }
                }
                self.text("\"");
            }
            Value::Reference(reference) => {
                self.text("\"");
                self.hole(Part::Reference(reference.clone()));
                self.text("\"");
            }
            Value::Unknown(Why::Unresolved(expression)) => self.hole(Part::Unknown(Arc::clone(expression))),
            Value::Unknown(_) => {
                self.hole(Part::Unknown(Arc::new(Expression::new("a value", ExpressionKind::Function))));
            }
            Value::List(items) => {
                self.text("[");
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        self.text(",");
                    }
                    self.json(item);
                }
                self.text("]");
            }
            Value::Map(entries) => {
                self.text("{");
                for (number, (key, entry)) in sorted(entries).into_iter().enumerate() {
                    self.text(if number > 0 { ",\"" } else { "\"" });
                    self.escaped(key);
                    self.text("\":");
                    self.json(entry);
                }
                self.text("}");
            }
        }
    }
}

/// Whether two values are the same: `None` where that is not known.
pub(super) fn equal(one: &Node, other: &Node) -> Option<bool> {
    match (&one.value, &other.value) {
        (Value::Reference(one), Value::Reference(other)) if one == other => Some(true),
        (Value::Reference(_), Value::Null | Value::List(_) | Value::Map(_))
        | (Value::Null | Value::List(_) | Value::Map(_), Value::Reference(_)) => Some(false),
        (Value::Reference(_), Value::Text(text)) | (Value::Text(text), Value::Reference(_)) if text.is_empty() => {
            Some(false)
        }
        (Value::Pattern(parts), Value::Text(text)) | (Value::Text(text), Value::Pattern(parts)) => {
            cannot_be(parts, text).then_some(false)
        }
        (Value::Pattern(_), Value::Null) | (Value::Null, Value::Pattern(_)) => Some(false),
        (Value::Unknown(Why::Unresolved(expression)), Value::Null)
        | (Value::Null, Value::Unknown(Why::Unresolved(expression)))
            if expression.is_supplied() =>
        {
            Some(false)
        }
        (Value::Unknown(_) | Value::Pattern(_) | Value::Reference(_), _)
        | (_, Value::Unknown(_) | Value::Pattern(_) | Value::Reference(_)) => None,
        (Value::List(one), Value::List(other)) => match one.len() == other.len() {
            true => all(one.iter().zip(other).map(|(one, other)| equal(one, other))),
            false => Some(false),
        },
        (Value::Map(one), Value::Map(other)) => match one.len() == other.len() {
            true => all(one.iter().map(|(key, one)| other.get(key).map_or(Some(false), |other| equal(one, other)))),
            false => Some(false),
        },
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, _) | (_, Value::Null) => Some(false),
        (Value::Number(a), Value::Number(b)) => Some(a == b || as_number(one) == as_number(other)),
        (Value::Text(one), Value::Text(other)) => Some(one == other),
        (Value::Bool(one), Value::Bool(other)) => Some(one == other),
        // Values of different types are never the same.
        _ => Some(false),
    }
}

/// Whether text of which these parts are known is certainly another.
fn cannot_be(parts: &[Part], text: &str) -> bool {
    let first = matches!(parts.first(), Some(Part::Text(start)) if !text.starts_with(&**start));
    let last = matches!(parts.last(), Some(Part::Text(end)) if !text.ends_with(&**end));
    first || last || text.is_empty() && parts.iter().any(|part| matches!(part, Part::Text(_) | Part::Reference(_)))
}

/// Kleene's conjunction.
pub(super) fn all(facts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = true;
    for fact in facts {
        match fact {
            Some(false) => return Some(false),
            Some(true) => {}
            None => sure = false,
        }
    }
    sure.then_some(true)
}
