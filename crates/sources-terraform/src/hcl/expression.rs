//! Expressions and what they come to.

use std::sync::Arc;

use hcl_edit::Span;
use hcl_edit::expr::{
    BinaryOp, BinaryOperator, Conditional, Expression as Syntax, ForExpr, Object, ObjectKey, UnaryOperator,
};
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Value, Why};

use super::run::{Binding, Frame, MAX_DEPTH, Run, short};
use super::syntax::File;
use super::template::{Layout, as_written};
use super::value::{
    Fault, Outcome, as_bool, as_integer, as_number, as_string, bare, boolean, decimal, equal, integer, is_hidden_kind,
    is_surely_set, is_unknown, list, map, note, number, sorted, strongest, unknown,
};

impl<'a> Run<'a> {
    /// The value of an expression, with its place. One that Terraform would refuse is not known.
    pub(super) fn node(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Node {
        let outer = self.trying.replace(0);
        let outcome = self.evaluate(syntax, frame);
        self.trying.set(outer);
        outcome.unwrap_or_else(|_| self.refused(syntax, frame))
    }

    fn refused(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Node {
        let expression = Expression::new(short(frame.file.written(syntax)), ExpressionKind::Lookup);
        Node::unresolved(expression, self.place(syntax, frame))
    }

    pub(super) fn place(&self, what: &impl Span, frame: &Frame<'_, 'a>) -> Origin {
        frame.at.unwrap_or_else(|| frame.file.place(what))
    }

    /// The value of an item or an entry. What is wrong with it costs only itself, unless somebody tries whether it is.
    pub(super) fn item(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        match self.evaluate(syntax, frame) {
            Err(_) if self.trying.get() == 0 => Ok(self.refused(syntax, frame)),
            outcome => outcome,
        }
    }

    /// The value of an expression.
    pub(super) fn evaluate(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        self.spend(1, frame, syntax)?;
        let depth = self.depth.get();
        if depth > MAX_DEPTH {
            return Err(Fault::new("nested too deep"));
        }
        self.depth.set(depth + 1);
        let outcome = self.evaluate_at_depth(syntax, frame);
        self.depth.set(depth);
        outcome
    }

    fn evaluate_at_depth(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let mut node = match syntax {
            Syntax::Null(_) => bare(Value::Null),
            Syntax::Bool(value) => boolean(*value.value()),
            Syntax::Number(value) => {
                let written = frame.file.written(syntax);
                let written = if written.is_empty() { value.value().to_string() } else { written.replace(' ', "") };
                bare(Value::Number(written.into()))
            }
            Syntax::String(value) => bare(Value::Text(value.as_str().into())),
            Syntax::Array(items) => {
                list(items.iter().map(|item| self.item(item, frame)).collect::<Result<Vec<_>, _>>()?)
            }
            Syntax::Object(entries) => self.object(entries, frame)?,
            Syntax::Parenthesis(inner) => return self.evaluate(inner.inner(), frame),
            Syntax::Variable(_) | Syntax::Traversal(_) => {
                let node = self.traverse(syntax, frame)?;
                return Ok(self.noted(node, syntax, frame, None));
            }
            Syntax::StringTemplate(template) => return self.template(template, Layout::Text, syntax, frame),
            Syntax::HeredocTemplate(heredoc) => {
                let Some((template, content)) = as_written(heredoc, frame.file.written(syntax)) else {
                    return self.template(&heredoc.template, Layout::Lines, syntax, frame);
                };
                let file = File::detached(frame.file.name.clone(), frame.file.source, content);
                let inner = Frame { file: &file, at: Some(self.place(syntax, frame)), ..*frame };
                return self.template(&template, Layout::Flush, syntax, &inner);
            }
            Syntax::Conditional(conditional) => return self.conditional(conditional, syntax, frame),
            Syntax::FuncCall(call) => return self.call_function(call, syntax, frame),
            Syntax::UnaryOp(operation) => {
                let operand = self.scalar(self.evaluate(&operation.expr, frame)?);
                let value = match operation.operator.value() {
                    _ if is_open(&operand) => None,
                    UnaryOperator::Not => Some(boolean(!as_bool(&operand).ok_or_else(|| Fault::new("not a bool"))?)),
                    UnaryOperator::Neg => Some(match as_integer(&operand).and_then(i128::checked_neg) {
                        Some(value) => integer(value),
                        None => number(-as_number(&operand).ok_or_else(|| Fault::new("not a number"))?)?,
                    }),
                };
                return Ok(self.worked_out(value, &[&operand], syntax, frame));
            }
            Syntax::BinaryOp(operation) => return self.binary(operation, syntax, frame),
            Syntax::ForExpr(expression) => return self.for_each(expression, syntax, frame),
        };
        node.origin = self.place(syntax, frame);
        Ok(node)
    }

    /// A value with its place, and the expression it was written with. Its kind is that of `made_of`, or of what
    /// the value itself was written with.
    pub(super) fn noted(
        &self,
        mut node: Node,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
        made_of: Option<ExpressionKind>,
    ) -> Node {
        node.origin = self.place(syntax, frame);
        if is_unknown(&node) {
            return node;
        }
        let kind = made_of.or_else(|| super::value::kind(&node).cloned());
        let kind = kind.unwrap_or(match node.value {
            Value::Reference(_) => ExpressionKind::Attribute,
            _ => ExpressionKind::Function,
        });
        let text = short(frame.file.written(syntax));
        let set = matches!(node.value, Value::Reference(_));
        node.written = Some(Arc::new(Expression { text, kind, set }));
        node
    }

    /// What a function or an operation of these values comes to, when it is known.
    pub(super) fn worked_out(
        &self,
        value: Option<Node>,
        made_of: &[&Node],
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
    ) -> Node {
        let kind = strongest(made_of.iter().copied());
        match value {
            Some(mut node) => {
                if is_hidden_kind(&kind) {
                    let text = short(frame.file.written(syntax));
                    note(&mut node, &Arc::new(Expression::new(text, kind.clone())));
                }
                self.noted(node, syntax, frame, Some(kind))
            }
            None => {
                let kind = if is_hidden_kind(&kind) { kind } else { ExpressionKind::Function };
                let expression = Expression::new(short(frame.file.written(syntax)), kind);
                Node::unresolved(expression, self.place(syntax, frame))
            }
        }
    }

    fn object(&self, entries: &Object, frame: &Frame<'_, 'a>) -> Outcome {
        let mut made = IndexMap::with_capacity(entries.len());
        for (key, value) in entries {
            let (name, place) = match key {
                ObjectKey::Ident(name) => (Some(name.as_str().to_owned()), self.place(name, frame)),
                // A name alone is that name, and no variable.
                ObjectKey::Expression(Syntax::Variable(name)) => {
                    (Some(name.as_str().to_owned()), self.place(name, frame))
                }
                ObjectKey::Expression(syntax) => {
                    let node = self.scalar(self.evaluate(syntax, frame)?);
                    if is_open(&node) {
                        // Which entry it is nobody knows, so nothing is known of any.
                        let kind = strongest([&node]);
                        let text = short(frame.file.written(syntax));
                        return Ok(unknown(Expression { text, kind, set: true }));
                    }
                    (as_string(&node), self.place(syntax, frame))
                }
            };
            let name = name.ok_or_else(|| Fault::new("a name that is no text"))?;
            let mut node = self.item(value.expr(), frame)?;
            node.origin = place;
            made.insert(name, node);
        }
        Ok(map(made))
    }

    fn conditional(&self, conditional: &Conditional, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let condition = self.scalar(self.evaluate(&conditional.cond_expr, frame)?);
        match as_bool(&condition) {
            Some(holds) => {
                let branch = if holds { &conditional.true_expr } else { &conditional.false_expr };
                let node = self.evaluate(branch, frame)?;
                let kind = strongest([&condition]);
                let kind = if is_hidden_kind(&kind) { Some(kind) } else { None };
                Ok(self.noted(node, syntax, frame, kind))
            }
            None if is_open(&condition) => {
                let (one, other) =
                    (self.item(&conditional.true_expr, frame)?, self.item(&conditional.false_expr, frame)?);
                if equal(&one, &other) == Some(true) {
                    return Ok(self.noted(one, syntax, frame, None));
                }
                let kind = strongest([&condition, &one, &other]);
                let kind = if is_hidden_kind(&kind) { kind } else { ExpressionKind::Choice };
                let set = is_surely_set(&one) && is_surely_set(&other);
                let expression = Expression { text: short(frame.file.written(syntax)), kind, set };
                Ok(Node::unresolved(expression, self.place(syntax, frame)))
            }
            None => Err(Fault::new("a condition that is neither true nor false")),
        }
    }

    fn binary(&self, operation: &BinaryOp, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let operator = *operation.operator.value();
        // Chains of operators lean to the left.
        let one = self.evaluate(&operation.lhs_expr, frame)?;
        if let (BinaryOperator::Eq | BinaryOperator::NotEq, other) = (operator, &operation.rhs_expr) {
            let other = self.evaluate(other, frame)?;
            let (known_one, known_other) = (self.settled(one), self.settled(other));
            let value = equal(&known_one, &known_other).map(|same| boolean(same == (operator == BinaryOperator::Eq)));
            return Ok(self.worked_out(value, &[&known_one, &known_other], syntax, frame));
        }
        let one = self.scalar(one);
        if let BinaryOperator::And | BinaryOperator::Or = operator {
            // What decides by itself makes the other not matter, whatever it is.
            let decides = operator == BinaryOperator::Or;
            let first = as_bool(&one);
            if first == Some(decides) {
                return Ok(self.worked_out(Some(boolean(decides)), &[&one], syntax, frame));
            }
            let other = self.scalar(self.evaluate(&operation.rhs_expr, frame)?);
            let value = match (first, as_bool(&other)) {
                (_, Some(second)) if second == decides => Some(boolean(decides)),
                (Some(_), Some(_)) => Some(boolean(!decides)),
                _ if is_open(&one) || is_open(&other) => None,
                _ => return Err(Fault::new("not a bool")),
            };
            return Ok(self.worked_out(value, &[&one, &other], syntax, frame));
        }
        let other = self.scalar(self.evaluate(&operation.rhs_expr, frame)?);
        let value = match is_open(&one) || is_open(&other) {
            true => None,
            false => Some(arithmetic(operator, &one, &other)?),
        };
        Ok(self.worked_out(value, &[&one, &other], syntax, frame))
    }

    fn for_each(&self, expression: &ForExpr, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let intro = &expression.intro;
        let held = self.held(&intro.collection_expr, frame)?;
        let collection = held.node();
        let mut results: Vec<(Option<String>, Node)> = Vec::new();
        let pairs: Box<dyn Iterator<Item = (Node, &Node)>> = match &collection.value {
            Value::List(items) => Box::new(items.iter().enumerate().map(|(at, item)| (integer(at as i128), item))),
            Value::Map(entries) => {
                Box::new(sorted(entries).into_iter().map(|(key, entry)| (super::value::text(key.as_str()), entry)))
            }
            // One instance that stands for a number of them.
            Value::Reference(reference) if reference.attribute.is_empty() => {
                let key = unknown(Expression::set(short(frame.file.written(syntax)), ExpressionKind::Attribute));
                Box::new(std::iter::once((key, collection)))
            }
            _ if is_open(collection) => return Ok(self.worked_out(None, &[collection], syntax, frame)),
            _ => return Err(Fault::new("not a collection")),
        };
        for (key, value) in pairs {
            self.spend(1, frame, syntax)?;
            let key_binding =
                intro.key_var.as_ref().map(|name| Binding { name: name.as_str(), value: &key, outer: frame.bindings });
            let binding =
                Binding { name: intro.value_var.as_str(), value, outer: key_binding.as_ref().or(frame.bindings) };
            let inner = Frame { bindings: Some(&binding), ..*frame };
            if let Some(condition) = &expression.cond {
                let holds = self.scalar(self.evaluate(&condition.expr, &inner)?);
                match as_bool(&holds) {
                    Some(true) => {}
                    Some(false) => continue,
                    None if is_open(&holds) => return Ok(self.choice(syntax, frame, [&holds, collection])),
                    None => return Err(Fault::new("a condition that is neither true nor false")),
                }
            }
            let name = match &expression.key_expr {
                Some(key) => {
                    let key = self.scalar(self.evaluate(key, &inner)?);
                    if is_open(&key) {
                        return Ok(self.worked_out(None, &[&key, collection], syntax, frame));
                    }
                    Some(as_string(&key).ok_or_else(|| Fault::new("a key that is no text"))?)
                }
                None => None,
            };
            results.push((name, self.item(&expression.value_expr, &inner)?));
        }
        let made = match &expression.key_expr {
            None => list(results.into_iter().map(|(_, node)| node).collect()),
            Some(_) => {
                let mut entries: IndexMap<String, Node> = IndexMap::new();
                for (name, node) in results {
                    let name = name.unwrap_or_default();
                    if !expression.grouping {
                        entries.insert(name, node);
                        continue;
                    }
                    let origin = node.origin;
                    let group = entries.entry(name).or_insert_with(|| Node::new(Value::List(Vec::new()), origin));
                    if let Value::List(items) = &mut group.value {
                        items.push(node);
                    }
                }
                entries.sort_keys();
                map(entries)
            }
        };
        let kind = super::value::kind(collection).cloned().unwrap_or(ExpressionKind::Function);
        Ok(self.noted(made, syntax, frame, Some(kind)))
    }

    /// A value that a condition decides which is not known.
    pub(super) fn choice<'n>(
        &self,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
        made_of: impl IntoIterator<Item = &'n Node>,
    ) -> Node {
        let kind = strongest(made_of);
        let kind = if is_hidden_kind(&kind) { kind } else { ExpressionKind::Choice };
        Node::unresolved(Expression::new(short(frame.file.written(syntax)), kind), self.place(syntax, frame))
    }

    /// A value with all references in it as the text they are known to be.
    pub(super) fn settled(&self, node: Node) -> Node {
        match node.value {
            Value::Reference(_) => self.scalar(node),
            Value::List(items) => {
                Node { value: Value::List(items.into_iter().map(|item| self.settled(item)).collect()), ..node }
            }
            Value::Map(entries) => {
                let entries = entries.into_iter().map(|(key, entry)| (key, self.settled(entry))).collect();
                Node { value: Value::Map(entries), ..node }
            }
            value => Node { value, ..node },
        }
    }
}

/// Whether a single value is not known in full.
pub(super) fn is_open(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_) | Value::Pattern(_) | Value::Reference(_))
}

fn arithmetic(operator: BinaryOperator, one: &Node, other: &Node) -> Outcome {
    let wrong = || Fault::new("not a number");
    let (a, b) = (as_number(one).ok_or_else(wrong)?, as_number(other).ok_or_else(wrong)?);
    let whole = as_integer(one).zip(as_integer(other));
    let exact = whole.and_then(|(a, b)| match operator {
        BinaryOperator::Plus => a.checked_add(b),
        BinaryOperator::Minus => a.checked_sub(b),
        BinaryOperator::Mul => a.checked_mul(b),
        BinaryOperator::Div if a.checked_rem(b) == Some(0) => a.checked_div(b),
        BinaryOperator::Mod => a.checked_rem(b),
        _ => None,
    });
    if let Some(exact) = exact {
        return Ok(integer(exact));
    }
    match operator {
        BinaryOperator::Plus => decimal(a + b),
        BinaryOperator::Minus => decimal(a - b),
        BinaryOperator::Mul => decimal(a * b),
        BinaryOperator::Div => number(a / b),
        BinaryOperator::Mod => number(a % b),
        BinaryOperator::Less => Ok(boolean(a < b)),
        BinaryOperator::LessEq => Ok(boolean(a <= b)),
        BinaryOperator::Greater => Ok(boolean(a > b)),
        BinaryOperator::GreaterEq => Ok(boolean(a >= b)),
        BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::And | BinaryOperator::Or => Err(wrong()),
    }
}

/// What an unknown value was written as.
pub(super) fn expression_of(node: &Node) -> Option<&Arc<Expression>> {
    match &node.value {
        Value::Unknown(Why::Unresolved(expression)) => Some(expression),
        _ => None,
    }
}
