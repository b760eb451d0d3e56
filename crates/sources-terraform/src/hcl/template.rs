//! Text with expressions in it.

use std::sync::Arc;

use hcl_edit::expr::Expression as Syntax;
use hcl_edit::template::{Directive, Element, Strip, Template};
use model::{Expression, ExpressionKind, Node, Part, Value};

use super::expression::is_open;
use super::run::{Binding, Frame, Run, short, weight};
use super::value::{Fault, Outcome, Parts, as_bool, bare, integer, is_hidden_kind, note, strongest, text};

/// What a template has come to so far.
#[derive(Default)]
struct Rendered {
    parts: Parts,
    /// What it was made of.
    kinds: Vec<Node>,
}

/// Elements of a template, and the whitespace before and behind them that is cut.
#[derive(Clone, Copy)]
struct Cut {
    start: bool,
    end: bool,
}

impl<'a> Run<'a> {
    /// The text of a template. One that is a single expression is that expression's value.
    pub(super) fn template<'t>(
        &self,
        elements: impl IntoIterator<Item = &'t Element>,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
    ) -> Outcome {
        let elements: Vec<&Element> = elements.into_iter().collect();
        if let [Element::Interpolation(single)] = elements.as_slice() {
            let node = self.evaluate(&single.expr, frame)?;
            return Ok(self.noted(node, syntax, frame, None));
        }
        let mut rendered = Rendered::default();
        self.render(&elements, Cut { start: false, end: false }, frame, &mut rendered)?;
        let kind = strongest(&rendered.kinds);
        let mut node = bare(rendered.parts.finish());
        if rendered.kinds.is_empty() && matches!(node.value, Value::Text(_)) {
            node.origin = self.place(syntax, frame);
            return Ok(node);
        }
        if is_hidden_kind(&kind) {
            note(&mut node, &Arc::new(Expression::new(short(frame.file.written(syntax)), kind.clone())));
        }
        Ok(self.noted(node, syntax, frame, Some(kind)))
    }

    /// The text of a template in a file of its own.
    pub(super) fn rendered(&self, template: &Template, frame: &Frame<'_, 'a>) -> Outcome {
        let elements: Vec<&Element> = template.iter().collect();
        let mut rendered = Rendered::default();
        self.render(&elements, Cut { start: false, end: false }, frame, &mut rendered)?;
        let kind = strongest(&rendered.kinds);
        let mut node = bare(rendered.parts.finish());
        node.written = Some(Arc::new(Expression::new("a template", kind)));
        Ok(node)
    }

    fn render(&self, elements: &[&Element], cut: Cut, frame: &Frame<'_, 'a>, into: &mut Rendered) -> Result<(), Fault> {
        for (number, element) in elements.iter().enumerate() {
            match element {
                Element::Literal(literal) => {
                    let before = number.checked_sub(1).and_then(|before| elements.get(before));
                    let cut_start = before.map_or(cut.start, |before| strips(before).1);
                    let cut_end = elements.get(number + 1).map_or(cut.end, |after| strips(after).0);
                    let mut literal = literal.as_str();
                    if cut_start {
                        literal = literal.trim_start();
                    }
                    if cut_end {
                        literal = literal.trim_end();
                    }
                    into.parts.text(literal);
                }
                Element::Interpolation(interpolation) => {
                    let node = self.scalar(self.evaluate(&interpolation.expr, frame)?);
                    self.spend(weight(&node), frame, &interpolation.expr)?;
                    into.parts.node(&node).ok_or_else(|| Fault::new("no text"))?;
                    if super::value::kind(&node).is_some() || is_open(&node) {
                        into.kinds.push(match node.value {
                            Value::Text(_) => Node { value: Value::Null, ..node },
                            _ => node,
                        });
                    }
                }
                Element::Directive(directive) => self.directive(directive, frame, into)?,
            }
        }
        Ok(())
    }

    fn directive(&self, directive: &Directive, frame: &Frame<'_, 'a>, into: &mut Rendered) -> Result<(), Fault> {
        match directive {
            Directive::If(directive) => {
                let end = directive.endif_expr.strip.strip_start();
                let condition = self.scalar(self.evaluate(&directive.if_expr.cond_expr, frame)?);
                let (template, cut) = match (as_bool(&condition), &directive.else_expr) {
                    (Some(true), other) => {
                        let end = other.as_ref().map_or(end, |other| other.strip.strip_start());
                        (&directive.if_expr.template, Cut { start: directive.if_expr.strip.strip_end(), end })
                    }
                    (Some(false), Some(other)) => (&other.template, Cut { start: other.strip.strip_end(), end }),
                    (Some(false), None) => return Ok(()),
                    (None, _) if is_open(&condition) => {
                        self.open(&directive.if_expr.cond_expr, "%{ if", ExpressionKind::Choice, frame, into);
                        return Ok(());
                    }
                    (None, _) => return Err(Fault::new("a condition that is neither true nor false")),
                };
                let elements: Vec<&Element> = template.iter().collect();
                self.render(&elements, cut, frame, into)
            }
            Directive::For(directive) => {
                let intro = &directive.for_expr;
                let held = self.held(&intro.collection_expr, frame)?;
                let collection = held.node();
                let pairs: Vec<(Node, &Node)> = match &collection.value {
                    Value::List(items) => {
                        items.iter().enumerate().map(|(at, item)| (integer(at as i128), item)).collect()
                    }
                    Value::Map(entries) => entries.iter().map(|(key, entry)| (text(key.as_str()), entry)).collect(),
                    _ if is_open(collection) => {
                        self.open(&intro.collection_expr, "%{ for", ExpressionKind::Function, frame, into);
                        return Ok(());
                    }
                    _ => return Err(Fault::new("not a collection")),
                };
                let elements: Vec<&Element> = intro.template.iter().collect();
                let cut = Cut { start: intro.strip.strip_end(), end: directive.endfor_expr.strip.strip_start() };
                for (key, value) in &pairs {
                    self.spend(1, frame, &intro.collection_expr)?;
                    let key_binding = intro.key_var.as_ref().map(|name| Binding {
                        name: name.as_str(),
                        value: key,
                        outer: frame.bindings,
                    });
                    let binding = Binding {
                        name: intro.value_var.as_str(),
                        value,
                        outer: key_binding.as_ref().or(frame.bindings),
                    };
                    self.render(&elements, cut, &Frame { bindings: Some(&binding), ..*frame }, into)?;
                }
                Ok(())
            }
        }
    }

    /// Adds what a directive leaves open.
    fn open(&self, syntax: &Syntax, word: &str, kind: ExpressionKind, frame: &Frame<'_, 'a>, into: &mut Rendered) {
        let written = format!("{word} {} }}", frame.file.written(syntax));
        into.parts.hole(Part::Unknown(Arc::new(Expression::new(short(&written), kind))));
        into.kinds.push(bare(Value::Null));
    }
}

/// Whether whitespace before and behind an element is cut.
fn strips(element: &Element) -> (bool, bool) {
    let of = |strip: Strip| (strip.strip_start(), strip.strip_end());
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(interpolation) => of(interpolation.strip),
        Element::Directive(directive) => match &**directive {
            Directive::If(directive) => (directive.if_expr.strip.strip_start(), directive.endif_expr.strip.strip_end()),
            Directive::For(directive) => {
                (directive.for_expr.strip.strip_start(), directive.endfor_expr.strip.strip_end())
            }
        },
    }
}
