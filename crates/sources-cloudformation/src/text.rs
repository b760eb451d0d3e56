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
fn dynamic_references(
    parts: Vec<Part>,
    name: &dyn Fn(&Reference) -> String,
) -> Result<Vec<Part>, Vec<Part>> {
    if !parts.iter().any(|part| matches!(part, Part::Text(text) if has_dynamic_reference(text))) {
        return Err(parts);
    }
    let mut result = Assembly::default();
    // The dynamic reference that has begun and not ended.
    let mut open: Option<String> = None;
    for part in parts {
        match part {
            Part::Text(text) => {
                let mut rest: &str = &text;
                loop {
                    if let Some(mut reference) = open.take() {
                        match rest.split_once(CLOSE) {
                            Some((before, after)) => {
                                reference.push_str(before);
                                reference.push_str(CLOSE);
                                result.unknown(dynamic(reference));
                                rest = after;
                            }
                            None => {
                                reference.push_str(rest);
                                open = Some(reference);
                                break;
                            }
                        }
                    }
                    match rest.find(OPEN) {
                        Some(position) => {
                            result.text(&rest[..position]);
                            open = Some(OPEN.to_owned());
                            rest = &rest[position + OPEN.len()..];
                        }
                        None => {
                            result.text(rest);
                            break;
                        }
                    }
                }
            }
            part => match &mut open {
                Some(reference) => match &part {
                    Part::Reference(target) => {
                        reference.push_str("${");
                        reference.push_str(&name(target));
                        reference.push('}');
                    }
                    Part::Unknown(expression) => {
                        let text = &expression.text;
                        reference.push_str("${");
                        reference.push_str(text.strip_prefix("!Ref ").unwrap_or(text));
                        reference.push('}');
                    }
                    Part::Text(text) => reference.push_str(text),
                },
                None => result.part(part),
            },
        }
    }
    // One that never ends is text to AWS too, but what of it is known can no longer be told apart.
    if let Some(reference) = open {
        result.unknown(dynamic(reference));
    }
    result.flush();
    Ok(result.parts)
}

fn dynamic(reference: String) -> Arc<Expression> {
    let service = reference
        .strip_prefix(OPEN)
        .and_then(|rest| rest.split([':', '}', '$']).next())
        .unwrap_or_default()
        .into();
    Arc::new(Expression::set(reference, ExpressionKind::Dynamic(service)))
}
