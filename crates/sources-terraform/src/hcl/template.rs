//! Text with expressions in it.

use std::collections::HashMap;
use std::sync::Arc;

use hcl_edit::expr::Expression as Syntax;
use hcl_edit::parser::parse_template;
use hcl_edit::template::{Directive, Element, HeredocTemplate, Strip, Template};
use model::{Expression, ExpressionKind, Node, Part, Value};

use super::expression::is_open;
use super::run::{Binding, Frame, Run, short, weight};
use super::value::{Fault, Outcome, Parts, as_bool, bare, integer, is_hidden_kind, note, sorted, strongest, text};

/// What a template has come to so far.
#[derive(Default)]
struct Rendered {
    parts: Parts,
    /// What it was made of.
    kinds: Vec<Node>,
}

/// How whitespace in a template is cut.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Layout {
    /// `~` cuts all there is.
    Text,
    /// `~` cuts to the end of the line, or from its beginning.
    Lines,
    /// Lines lose the indentation they have in common, too.
    Flush,
}

/// What literals come to when whitespace in them is cut. Those that are not here stay as they are.
type Literals = HashMap<*const Element, String>;

impl<'a> Run<'a> {
    /// The text of a template. One that is a single expression is that expression's value.
    pub(super) fn template<'t>(
        &self,
        elements: impl IntoIterator<Item = &'t Element>,
        layout: Layout,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
    ) -> Outcome {
        let elements: Vec<&Element> = elements.into_iter().collect();
        if let [Element::Interpolation(single)] = elements.as_slice() {
            let node = self.evaluate(&single.expr, frame)?;
            return Ok(self.noted(node, syntax, frame, None));
        }
        let mut rendered = Rendered::default();
        self.render(&elements, &literals(&elements, layout), frame, &mut rendered)?;
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
        self.render(&elements, &literals(&elements, Layout::Lines), frame, &mut rendered)?;
        let kind = strongest(&rendered.kinds);
        let mut node = bare(rendered.parts.finish());
        node.written = Some(Arc::new(Expression::new("a template", kind)));
        Ok(node)
    }

    fn render(
        &self,
        elements: &[&Element],
        literals: &Literals,
        frame: &Frame<'_, 'a>,
        into: &mut Rendered,
    ) -> Result<(), Fault> {
        for element in elements {
            match element {
                Element::Literal(literal) => {
                    let own: *const Element = *element;
                    into.parts.text(literals.get(&own).map_or(literal.as_str(), String::as_str));
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
                Element::Directive(directive) => self.directive(directive, literals, frame, into)?,
            }
        }
        Ok(())
    }

    fn directive(
        &self,
        directive: &Directive,
        literals: &Literals,
        frame: &Frame<'_, 'a>,
        into: &mut Rendered,
    ) -> Result<(), Fault> {
        match directive {
            Directive::If(directive) => {
                let condition = self.scalar(self.evaluate(&directive.if_expr.cond_expr, frame)?);
                let template = match (as_bool(&condition), &directive.else_expr) {
                    (Some(true), _) => &directive.if_expr.template,
                    (Some(false), Some(other)) => &other.template,
                    (Some(false), None) => return Ok(()),
                    (None, _) if is_open(&condition) => {
                        self.open(&directive.if_expr.cond_expr, "%{ if", ExpressionKind::Choice, frame, into);
                        return Ok(());
                    }
                    (None, _) => return Err(Fault::new("a condition that is neither true nor false")),
                };
                let elements: Vec<&Element> = template.iter().collect();
                self.render(&elements, literals, frame, into)
            }
            Directive::For(directive) => {
                let intro = &directive.for_expr;
                let held = self.held(&intro.collection_expr, frame)?;
                let collection = held.node();
                let pairs: Vec<(Node, &Node)> = match &collection.value {
                    Value::List(items) => {
                        items.iter().enumerate().map(|(at, item)| (integer(at as i128), item)).collect()
                    }
                    Value::Map(entries) => {
                        sorted(entries).into_iter().map(|(key, entry)| (text(key.as_str()), entry)).collect()
                    }
                    _ if is_open(collection) => {
                        self.open(&intro.collection_expr, "%{ for", ExpressionKind::Function, frame, into);
                        return Ok(());
                    }
                    _ => return Err(Fault::new("not a collection")),
                };
                let elements: Vec<&Element> = intro.template.iter().collect();
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
                    self.render(&elements, literals, &Frame { bindings: Some(&binding), ..*frame }, into)?;
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

/// Works out what literals come to when whitespace in them is cut.
fn literals(elements: &[&Element], layout: Layout) -> Literals {
    let mut tokens = Vec::new();
    tokenize(elements, (false, false), layout, &mut tokens);
    if layout == Layout::Flush {
        flush(&mut tokens);
    }
    let mut literals = Literals::new();
    for token in tokens {
        if let Token::Line { literal, text } = token {
            literals.entry(literal).or_default().push_str(text);
        }
    }
    literals
}

/// What a template is made of, as Terraform sees it.
enum Token<'t> {
    /// A literal, or one line of it.
    Line { literal: *const Element, text: &'t str },
    /// Something else that stands in a line.
    Other,
}

fn tokenize<'t>(elements: &[&'t Element], cut: (bool, bool), layout: Layout, tokens: &mut Vec<Token<'t>>) {
    let inner = |template: &'t Template, cut: (bool, bool), tokens: &mut Vec<Token<'t>>| {
        let elements: Vec<&Element> = template.iter().collect();
        tokenize(&elements, cut, layout, tokens);
        tokens.push(Token::Other);
    };
    for (number, element) in elements.iter().copied().enumerate() {
        match element {
            Element::Literal(literal) => {
                let before = number.checked_sub(1).and_then(|before| elements.get(before));
                let cut_start = before.map_or(cut.0, |before| strips(before).1);
                let cut_end = elements.get(number + 1).map_or(cut.1, |after| strips(after).0);
                let mut lines: Vec<&str> = match layout {
                    Layout::Text => vec![literal.as_str()],
                    Layout::Lines | Layout::Flush => literal.split_inclusive('\n').collect(),
                };
                if let Some(first) = lines.first_mut().filter(|_| cut_start) {
                    *first = first.trim_start();
                }
                // A line that has ended is not the one that is cut.
                let open = |line: &&mut &str| layout == Layout::Text || !line.ends_with('\n');
                if let Some(last) = lines.last_mut().filter(|_| cut_end).filter(open) {
                    *last = last.trim_end();
                }
                tokens.extend(lines.into_iter().map(|text| Token::Line { literal: element, text }));
            }
            Element::Interpolation(_) => tokens.push(Token::Other),
            Element::Directive(directive) => {
                tokens.push(Token::Other);
                match &**directive {
                    Directive::If(directive) => {
                        let start = directive.if_expr.strip.strip_end();
                        let end = directive.endif_expr.strip.strip_start();
                        let other = directive.else_expr.as_ref();
                        let middle = other.map_or(end, |other| other.strip.strip_start());
                        inner(&directive.if_expr.template, (start, middle), tokens);
                        if let Some(other) = other {
                            inner(&other.template, (other.strip.strip_end(), end), tokens);
                        }
                    }
                    Directive::For(directive) => {
                        let cut = (directive.for_expr.strip.strip_end(), directive.endfor_expr.strip.strip_start());
                        inner(&directive.for_expr.template, cut, tokens);
                    }
                }
            }
        }
    }
}

/// Takes from lines the indentation they have in common.
fn flush(tokens: &mut [Token<'_>]) {
    let mut least = usize::MAX;
    let mut begins = true;
    let mut firsts = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        if std::mem::take(&mut begins) {
            match token {
                Token::Line { text, .. } if text.trim_start().is_empty() && text.ends_with('\n') => {}
                Token::Line { text, .. } => {
                    let indentation = text.chars().count() - text.trim_start().chars().count();
                    least = least.min(indentation);
                    firsts.push(number);
                }
                Token::Other => least = 0,
            }
        }
        begins = matches!(token, Token::Line { text, .. } if text.ends_with('\n'));
    }
    for number in firsts {
        if let Some(Token::Line { text, .. }) = tokens.get_mut(number) {
            let end = text.char_indices().nth(least).map_or(text.len(), |(at, _)| at);
            *text = text.get(end..).unwrap_or_default();
        }
    }
}

/// The template that a heredoc stands for, when it has to be looked at as it is written: what the parser takes from
/// its lines is not what Terraform takes where there is more than plain text.
pub(super) fn as_written(heredoc: &HeredocTemplate, written: &str) -> Option<(Template, String)> {
    let is_plain = |element: &Element| match element {
        Element::Literal(_) => true,
        Element::Interpolation(interpolation) => interpolation.strip == Strip::None,
        Element::Directive(_) => false,
    };
    if !written.starts_with("<<-") || heredoc.template.iter().all(is_plain) {
        return None;
    }
    let (_, rest) = written.split_once('\n')?;
    let content = rest.get(..=rest.trim_end().rfind('\n')?)?.to_owned();
    Some((parse_template(&content).ok()?, content))
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
