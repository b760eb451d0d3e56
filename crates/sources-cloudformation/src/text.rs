//! Text put together from parts, of which some may not be known.

use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Part, Reference, Value, Why};

use crate::expression::render;

/// A text under construction.
#[derive(Default)]
pub(crate) struct Assembly {
    parts: Vec<Part>,
    /// What the last parts hold together; a run of known text is one part.
    run: String,
}

impl Assembly {
    /// Adds known characters.
    pub(crate) fn text(&mut self, text: &str) {
        self.run.push_str(text);
    }

    /// Adds something that is not known.
    pub(crate) fn unknown(&mut self, expression: Arc<Expression>) {
        self.flush();
        self.parts.push(Part::Unknown(expression));
    }

    /// Adds the text that a resolved node stands for.
    pub(crate) fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Text(text) | Value::Number(text) => self.text(text),
            Value::Bool(value) => self.text(if *value { "true" } else { "false" }),
            Value::Pattern(parts) => parts.iter().for_each(|part| self.part(part.clone())),
            Value::Reference(reference) => self.part(Part::Reference(reference.clone())),
            Value::Unknown(Why::Unresolved(expression)) => self.unknown(Arc::clone(expression)),
            _ => self.unknown(Arc::new(Expression::new(render(node), ExpressionKind::Function))),
        }
    }

    fn part(&mut self, part: Part) {
        match part {
            Part::Text(text) => self.text(&text),
            part => {
                self.flush();
                self.parts.push(part);
            }
        }
    }

    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.run).into()));
        }
    }

    /// How long the known characters are, and how many parts there are.
    pub(crate) fn weight(&self) -> usize {
        self.run.len()
            + self.parts.iter().fold(0, |sum, part| {
                sum + match part {
                    Part::Text(text) => text.len(),
                    _ => 64,
                }
            })
    }

    /// The text as a value. A single part that is not text stands for itself.
    pub(crate) fn finish(mut self, name: &dyn Fn(&Reference) -> String) -> Value {
        self.flush();
        whole(dynamic_references(self.parts, name).unwrap_or_else(|parts| parts))
    }
}

fn whole(mut parts: Vec<Part>) -> Value {
    if parts.len() > 1 {
        return Value::Pattern(parts.into());
    }
    match parts.pop() {
        Some(Part::Text(text)) => Value::Text(text),
        Some(Part::Reference(reference)) => Value::Reference(reference),
        Some(Part::Unknown(expression)) => Value::Unknown(Why::Unresolved(expression)),
        None => Value::Text("".into()),
    }
}

const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// Whether a text holds a dynamic reference.
pub(crate) fn has_dynamic_reference(text: &str) -> bool {
    text.len() > OPEN.len() && text.contains(OPEN)
}

/// Replaces dynamic references, which may span parts, by parts that are unknown. The parts come back
/// as they were, as an error, when there is none.
fn dynamic_references(parts: Vec<Part>, name: &dyn Fn(&Reference) -> String) -> Result<Vec<Part>, Vec<Part>> {
    if !parts.iter().any(|part| matches!(part, Part::Text(text) if has_dynamic_reference(text))) {
        return Err(parts);
    }
    let mut result = Assembly::default();
    let mut open: Option<Open> = None;
    for part in parts {
        let text = match part {
            Part::Text(text) => text,
            part => {
                match &mut open {
                    Some(open) => open.hold(part, name),
                    None => result.part(part),
                }
                continue;
            }
        };
        let mut rest: &str = &text;
        loop {
            if let Some(mut reference) = open.take() {
                let Some((before, after)) = rest.split_once(CLOSE) else {
                    reference.hold(Part::Text(rest.into()), name);
                    open = Some(reference);
                    break;
                };
                reference.written.push_str(before);
                reference.written.push_str(CLOSE);
                result.unknown(dynamic(reference.written));
                rest = after;
            }
            let Some(position) = rest.find(OPEN) else {
                result.text(rest);
                break;
            };
            result.text(&rest[..position]);
            rest = &rest[position + OPEN.len()..];
            open = Some(Open { written: OPEN.to_owned(), held: vec![Part::Text(OPEN.into())] });
        }
    }
    // One that does not end is text, at least until what it stands in is put together with more.
    for part in open.into_iter().flat_map(|open| open.held) {
        result.part(part);
    }
    result.flush();
    Ok(result.parts)
}

/// A dynamic reference that has begun and not ended.
struct Open {
    written: String,
    held: Vec<Part>,
}

impl Open {
    fn hold(&mut self, part: Part, name: &dyn Fn(&Reference) -> String) {
        match &part {
            Part::Text(text) => self.written.push_str(text),
            Part::Reference(target) => {
                self.written.push_str("${");
                self.written.push_str(&name(target));
                self.written.push('}');
            }
            Part::Unknown(expression) => {
                let text = &expression.text;
                self.written.push_str("${");
                self.written.push_str(text.strip_prefix("!Ref ").unwrap_or(text));
                self.written.push('}');
            }
        }
        self.held.push(part);
    }
}

fn dynamic(reference: String) -> Arc<Expression> {
    let service =
        reference.strip_prefix(OPEN).and_then(|rest| rest.split([':', '}', '$']).next()).unwrap_or_default().into();
    Arc::new(Expression::set(reference, ExpressionKind::Dynamic(service)))
}
