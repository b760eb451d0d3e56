//! Names, and what they lead to.

use std::rc::Rc;
use std::sync::Arc;

use hcl_edit::expr::{Expression as Syntax, TraversalOperator};
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Reference, ResourceId, Value, Why};

use super::declare::{Content, Labels};
use super::run::{Each, Expansion, Frame, MAX_DEPTH, Run, Scope, short, supplied};
use super::syntax::File;
use super::value::{Fault, Outcome, as_integer, as_string, bare, is_hidden_kind, list, map, note, text, unknown};
use super::variables::Given;
use super::{provider, types};

/// A value and who keeps it.
pub(super) enum Held<'n> {
    Borrowed(&'n Node),
    Shared(Rc<Node>),
    Owned(Node),
}

impl Held<'_> {
    pub(super) fn node(&self) -> &Node {
        match self {
            Held::Borrowed(node) => node,
            Held::Shared(node) => node,
            Held::Owned(node) => node,
        }
    }
}

/// What a step of a traversal asks for.
enum Key {
    Name(String),
    Number(usize),
    /// It is not known.
    Open,
    /// It is no index of anything.
    Wrong,
}

impl Key {
    fn name(self) -> Option<String> {
        match self {
            Key::Name(name) => Some(name),
            Key::Number(number) => Some(number.to_string()),
            Key::Open | Key::Wrong => None,
        }
    }

    fn number(&self) -> Option<usize> {
        match self {
            Key::Name(name) => name.parse().ok(),
            Key::Number(number) => Some(*number),
            Key::Open | Key::Wrong => None,
        }
    }
}

type Operators<'s> = [&'s TraversalOperator];

impl<'a> Run<'a> {
    /// The value of an expression, not copied where somebody keeps it.
    pub(super) fn held<'f>(&self, syntax: &Syntax, frame: &Frame<'f, 'a>) -> Result<Held<'f>, Fault> {
        if let Some((name, operators)) = path(syntax) {
            let (start, taken) = self.root(name, &operators, syntax, frame)?;
            if taken >= operators.len() {
                return Ok(start);
            }
            let node = self.walk(start, operators.get(taken..).unwrap_or_default(), syntax, frame)?;
            return Ok(Held::Owned(self.noted(node, syntax, frame, None)));
        }
        Ok(Held::Owned(self.evaluate(syntax, frame)?))
    }

    /// The value that a name and what follows it lead to.
    pub(super) fn traverse(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        if let Some((name, operators)) = path(syntax) {
            let (start, taken) = self.root(name, &operators, syntax, frame)?;
            return self.walk(start, operators.get(taken..).unwrap_or_default(), syntax, frame);
        }
        let Syntax::Traversal(traversal) = syntax else { return Err(Fault::new("no traversal")) };
        let operators: Vec<&TraversalOperator> = traversal.operators.iter().map(|operator| operator.value()).collect();
        let start = self.evaluate(&traversal.expr, frame)?;
        self.walk(Held::Owned(start), &operators, syntax, frame)
    }

    fn walk(&self, start: Held<'_>, operators: &Operators<'_>, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let depth = self.depth.get();
        if depth > MAX_DEPTH {
            return Err(Fault::new("nested too deep"));
        }
        self.depth.set(depth + 1);
        let outcome = self.walk_at_depth(start, operators, syntax, frame);
        self.depth.set(depth);
        outcome
    }

    fn walk_at_depth(
        &self,
        start: Held<'_>,
        operators: &Operators<'_>,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
    ) -> Outcome {
        let mut cursor = start.node();
        let mut rest = operators;
        if rest.is_empty() {
            return match start {
                Held::Owned(node) => Ok(node),
                kept => self.copied(kept.node(), frame, syntax),
            };
        }
        while let Some((operator, behind)) = rest.split_first() {
            let key = match operator {
                TraversalOperator::AttrSplat(_) => return self.splat(cursor, behind, false, syntax, frame),
                TraversalOperator::FullSplat(_) => return self.splat(cursor, behind, true, syntax, frame),
                other => self.key(other, frame)?,
            };
            match &cursor.value {
                Value::Unknown(Why::Unresolved(expression)) => return Ok(beyond(expression, syntax, frame)),
                Value::Unknown(_) => return Ok(cursor.clone()),
                Value::Reference(reference) => {
                    let is_instance = reference.attribute.is_empty();
                    let next = self.of_reference(reference, cursor, key, syntax, frame)?;
                    return match self.walk(Held::Owned(next), behind, syntax, frame) {
                        // What the code does not say of it, the provider may.
                        Err(_) if is_instance => Ok(supplied(frame.file.written(syntax))),
                        outcome => outcome,
                    };
                }
                Value::List(items) if items.is_empty() => return Err(Fault::new("there are no items")),
                Value::Map(entries) if entries.is_empty() => return Err(Fault::new("there are no entries")),
                _ if matches!(key, Key::Open) => {
                    let kind = super::value::strongest([cursor]);
                    let kind = if is_hidden_kind(&kind) { kind } else { ExpressionKind::Lookup };
                    return Ok(unknown(Expression::new(short(frame.file.written(syntax)), kind)));
                }
                Value::Map(entries) => {
                    let name = key.name().ok_or_else(|| Fault::new("no name"))?;
                    cursor = entries.get(&name).ok_or_else(|| Fault::new(format!("there is no {name}")))?;
                }
                Value::List(items) => {
                    let number = key.number().ok_or_else(|| Fault::new("no index"))?;
                    cursor = items.get(number).ok_or_else(|| Fault::new(format!("there is no item {number}")))?;
                }
                _ => return Err(Fault::new("a single value has no parts")),
            }
            rest = behind;
        }
        self.copied(cursor, frame, syntax)
    }

    fn key(&self, operator: &TraversalOperator, frame: &Frame<'_, 'a>) -> Result<Key, Fault> {
        Ok(match operator {
            TraversalOperator::GetAttr(name) => Key::Name(name.as_str().to_owned()),
            TraversalOperator::LegacyIndex(number) => usize::try_from(*number.value()).map_or(Key::Wrong, Key::Number),
            TraversalOperator::Index(index) => {
                let node = self.scalar(self.evaluate(index, frame)?);
                match &node.value {
                    _ if super::expression::is_open(&node) => Key::Open,
                    Value::Number(_) => match as_integer(&node).and_then(|number| usize::try_from(number).ok()) {
                        Some(number) => Key::Number(number),
                        None => Key::Wrong,
                    },
                    _ => as_string(&node).map_or(Key::Wrong, Key::Name),
                }
            }
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => Key::Wrong,
        })
    }

    fn splat(&self, of: &Node, behind: &Operators<'_>, full: bool, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let own = match full {
            true => behind.len(),
            false => behind.iter().take_while(|operator| matches!(operator, TraversalOperator::GetAttr(_))).count(),
        };
        let (each, rest) = behind.split_at_checked(own).unwrap_or((behind, &[]));
        let walk = |item: &Node| self.walk(Held::Borrowed(item), each, syntax, frame);
        let items: Result<Vec<Node>, Fault> = match &of.value {
            Value::List(items) => {
                self.spend(items.len(), frame, syntax)?;
                items.iter().map(walk).collect()
            }
            Value::Null => Ok(Vec::new()),
            Value::Unknown(Why::Unresolved(expression)) => return Ok(beyond(expression, syntax, frame)),
            Value::Reference(reference) if !reference.attribute.is_empty() => {
                return Ok(supplied(frame.file.written(syntax)));
            }
            // Terraform has no splat of instances by key, but everyone can tell what it would be.
            Value::Map(entries) if entries.values().all(is_instance) && !entries.is_empty() => {
                entries.values().map(walk).collect()
            }
            _ => walk(of).map(|one| vec![one]),
        };
        self.walk(Held::Owned(list(items?)), rest, syntax, frame)
    }

    /// What a name stands for, and how many of the operators behind it belong to the name.
    fn root<'f>(
        &self,
        name: &str,
        operators: &Operators<'_>,
        syntax: &Syntax,
        frame: &Frame<'f, 'a>,
    ) -> Result<(Held<'f>, usize), Fault> {
        if let Some(node) = frame.bound(name) {
            return Ok((Held::Borrowed(node), 0));
        }
        if frame.isolated {
            return Err(Fault::new(format!("{name} is not given")));
        }
        let attribute = |number: usize| match operators.get(number) {
            Some(TraversalOperator::GetAttr(name)) => Some(name.as_str()),
            _ => None,
        };
        let Some(first) = attribute(0) else { return Err(Fault::new(format!("{name} is not a value"))) };
        let shared = |node: &Option<Rc<Node>>| match node {
            Some(node) => Ok((Held::Shared(Rc::clone(node)), 1)),
            None => Err(Fault::new(format!("{name}.{first} is not there"))),
        };
        let written = frame.file.written(syntax);
        match (name, first) {
            ("var", _) => Ok((Held::Shared(self.variable(frame.scope, first, frame)), 1)),
            ("local", _) => {
                let local = self.local(frame.scope, first, frame);
                Ok((Held::Shared(local.ok_or_else(|| Fault::new(format!("there is no local.{first}")))?), 1))
            }
            ("each", "key") => shared(&frame.each.key),
            ("each", "value") => shared(&frame.each.value),
            ("count", "index") => shared(&frame.each.index),
            ("path", "module") => Ok((Held::Owned(text(frame.scope.module.folder.module_path.as_str())), 1)),
            ("path", "root") => Ok((Held::Owned(text(".")), 1)),
            ("terraform", "workspace") => Ok((Held::Owned(text("default")), 1)),
            ("self" | "path" | "terraform" | "ephemeral" | "each" | "count", _) => {
                let expression = Expression::set(short(written), ExpressionKind::Function);
                Ok((Held::Owned(unknown(expression)), operators.len()))
            }
            ("module", _) => self.module_value(first, operators, syntax, frame),
            ("data", _) => match attribute(1) {
                Some(second) => self.data_value(first, second, operators, syntax, frame),
                None => Err(Fault::new("a data source without a name")),
            },
            (kind, name) => self.resource_value(kind, name, operators, syntax, frame),
        }
    }

    /// The value of a variable.
    fn variable(&self, scope: &Scope<'a>, name: &str, frame: &Frame<'_, 'a>) -> Rc<Node> {
        let Some((name, content)) = scope.module.variables.get_key_value(name) else {
            let kind = ExpressionKind::Parameter { name: name.into(), hidden: false };
            return Rc::new(unknown(Expression::new(format!("var.{name}"), kind)));
        };
        let value = self.once(&scope.variables, name, || Rc::new(self.work_out_variable(scope, name, content)));
        value.unwrap_or_else(|| self.cycle(frame, content.place().line, &format!("var.{name}")))
    }

    fn work_out_variable(&self, scope: &Scope<'a>, name: &str, content: &'a Content<'a>) -> Node {
        let each = Each::default();
        let frame = Frame::new(scope, content.file, &each);
        let flag = |argument: &str| {
            let argument = content.arguments.get(argument)?;
            super::value::as_bool(&self.node(argument.value, &Frame { file: argument.file, ..frame }))
        };
        let hidden = flag("sensitive") == Some(true);
        let kind = ExpressionKind::Parameter { name: name.into(), hidden };
        let expression = Arc::new(Expression::new(format!("var.{name}"), kind));
        let constraint = content.arguments.get("type").map(|constraint| types::parse(constraint.value));
        let constraint = constraint.unwrap_or(types::Type::Any);
        let default = || {
            let default = content.arguments.get("default")?;
            let mut node = self.node(default.value, &Frame { file: default.file, ..frame });
            node.origin = default.place();
            Some(node)
        };
        // What a call gives is as literal as it is there; what is given from outside is not.
        let (given, outside) = match &scope.caller {
            Some(caller) => {
                let argument = caller.call.arguments.get(name);
                let node = argument.zip(self.scope(caller.scope)).map(|(argument, outer)| {
                    self.node(argument.value, &Frame::new(&outer, argument.file, &caller.each))
                });
                (node, false)
            }
            None => {
                let given = self.given.get(name).map(|given| match given {
                    Given::Node(node) => node.clone(),
                    // Without a type it is text, with one that is any it is an expression.
                    Given::Text(text) if content.arguments.contains_key("type") => {
                        self.given_text(text, &constraint, &frame)
                    }
                    Given::Text(given) => text(given.as_str()),
                });
                (given, true)
            }
        };
        let nullable = flag("nullable") != Some(false);
        let given = given.filter(|node| nullable || !super::value::is_null(node));
        let inside = given.is_some() && !outside;
        let Some(node) = given.or_else(default) else {
            return Node::new(Value::Unknown(Why::Unresolved(expression)), content.place());
        };
        let origin = node.origin;
        let defaults = |syntax: &'a Syntax| self.node(syntax, &frame);
        match constraint.convert(node, &defaults) {
            Ok(mut node) => {
                if hidden || !inside {
                    note(&mut node, &expression);
                }
                node
            }
            Err(Fault(reason)) => {
                self.gap(content.file, content.place().line, format!("the value of var.{name} does not fit: {reason}"));
                Node::new(Value::Unknown(Why::Unresolved(expression)), origin)
            }
        }
    }

    /// A value that is given as text: that text, or for a collection an expression.
    fn given_text(&self, given: &str, constraint: &types::Type<'_>, frame: &Frame<'_, 'a>) -> Node {
        if !constraint.takes_text()
            && let Ok(syntax) = given.parse::<Syntax>()
        {
            let file = File::detached(frame.file.name.clone(), frame.file.source, given);
            let frame = Frame { file: &file, at: Some(frame.file.origin(0)), isolated: true, ..*frame };
            let outcome = self.evaluate(&syntax, &frame);
            if let Ok(node) = outcome {
                return node;
            }
        }
        text(given)
    }

    fn local(&self, scope: &Scope<'a>, name: &str, frame: &Frame<'_, 'a>) -> Option<Rc<Node>> {
        let (name, argument) = scope.module.locals.get_key_value(name)?;
        let value = self.once(&scope.locals, name, || {
            let each = Each::default();
            let mut node = self.node(argument.value, &Frame::new(scope, argument.file, &each));
            node.origin = argument.place();
            Rc::new(node)
        });
        let frame = Frame { file: argument.file, ..*frame };
        Some(value.unwrap_or_else(|| self.cycle(&frame, argument.place().line, &format!("local.{name}"))))
    }

    /// An output of an instance of a module.
    fn output(&self, scope: usize, name: &str, frame: &Frame<'_, 'a>) -> Result<Rc<Node>, Fault> {
        let absent = || Fault::new(format!("there is no output {name}"));
        let scope = self.scope(scope).ok_or_else(absent)?;
        let (name, content) = scope.module.outputs.get_key_value(name).ok_or_else(absent)?;
        let value = self.once(&scope.outputs, name, || {
            let Some(argument) = content.arguments.get("value") else { return Rc::new(bare(Value::Null)) };
            let each = Each::default();
            let mut node = self.node(argument.value, &Frame::new(&scope, argument.file, &each));
            let sensitive = content.arguments.get("sensitive");
            if sensitive.is_some_and(|sensitive| matches!(sensitive.value, Syntax::Bool(value) if *value.value())) {
                let kind = ExpressionKind::Parameter { name: (*name).into(), hidden: true };
                note(&mut node, &Arc::new(Expression::new(short(argument.file.written(argument.value)), kind)));
            }
            Rc::new(node)
        });
        Ok(value.unwrap_or_else(|| self.cycle(frame, content.place().line, &format!("output.{name}"))))
    }

    fn module_value<'f>(
        &self,
        name: &str,
        operators: &Operators<'_>,
        syntax: &Syntax,
        frame: &Frame<'f, 'a>,
    ) -> Result<(Held<'f>, usize), Fault> {
        let import = || {
            let expression = Expression::new(short(frame.file.written(syntax)), ExpressionKind::Import);
            (Held::Owned(unknown(expression)), operators.len())
        };
        let Some(expansion) = self.call(frame.scope, name) else { return Ok(import()) };
        let expansion = expansion?;
        let get = |number: usize| match operators.get(number) {
            Some(TraversalOperator::GetAttr(name)) => Some(name.as_str()),
            _ => None,
        };
        let output = |scope: Option<usize>, at: usize| match (scope, get(at)) {
            (None, _) => Ok(import()),
            (Some(scope), Some(name)) => Ok((Held::Shared(self.output(scope, name, frame)?), at + 1)),
            (Some(scope), None) => Ok((Held::Owned(self.outputs(scope, None, syntax, frame)?), at)),
        };
        let index = match operators.get(1) {
            Some(operator @ (TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_))) => {
                Some(self.key(operator, frame)?)
            }
            _ => None,
        };
        let is_splat =
            matches!(operators.get(1), Some(TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_)));
        let only = if is_splat { get(2) } else { None };
        match (&*expansion, index) {
            (Expansion::One(scope) | Expansion::Open(scope), None) if !is_splat => output(*scope, 1),
            (Expansion::Open(scope), Some(_)) => output(*scope, 2),
            (_, Some(Key::Open)) => Ok(import()),
            (Expansion::Counted(scopes), Some(key)) => {
                let scope = key.number().and_then(|number| scopes.get(number));
                output(*scope.ok_or_else(|| Fault::new("there is no such instance"))?, 2)
            }
            (Expansion::Keyed(scopes), Some(key)) => {
                let scope = key.name().and_then(|name| scopes.get(&name));
                output(*scope.ok_or_else(|| Fault::new("there is no such instance"))?, 2)
            }
            (Expansion::Counted(scopes), None) => {
                let Some(scopes) = scopes.iter().copied().collect::<Option<Vec<usize>>>() else { return Ok(import()) };
                let items: Result<Vec<Node>, Fault> =
                    scopes.into_iter().map(|scope| self.outputs(scope, only, syntax, frame)).collect();
                Ok((Held::Owned(list(items?)), 1))
            }
            (Expansion::Keyed(scopes), None) => {
                let mut entries = IndexMap::new();
                for (key, scope) in scopes {
                    let Some(scope) = scope else { return Ok(import()) };
                    entries.insert(key.clone(), self.outputs(*scope, only, syntax, frame)?);
                }
                Ok((Held::Owned(map(entries)), 1))
            }
            _ => Ok(import()),
        }
    }

    /// The outputs of an instance of a module as an object.
    fn outputs(&self, scope: usize, only: Option<&str>, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let own = self.scope(scope).ok_or_else(|| Fault::new("there is no such module"))?;
        let mut entries = IndexMap::new();
        for name in own.module.outputs.keys().filter(|name| only.is_none_or(|only| only == **name)) {
            let output = self.output(scope, name, frame)?;
            entries.insert((*name).to_owned(), self.copied(&output, frame, syntax)?);
        }
        Ok(map(entries))
    }

    fn data_value<'f>(
        &self,
        kind: &str,
        name: &str,
        operators: &Operators<'_>,
        syntax: &Syntax,
        frame: &Frame<'f, 'a>,
    ) -> Result<(Held<'f>, usize), Fault> {
        let written = frame.file.written(syntax);
        let asked = match operators.get(2) {
            Some(TraversalOperator::GetAttr(name)) => Some(name.as_str()),
            _ => None,
        };
        if kind == "terraform_remote_state" {
            let expression = Expression::new(short(written), ExpressionKind::Import);
            return Ok((Held::Owned(unknown(expression)), operators.len()));
        }
        let declared = frame.scope.module.data.get_key_value(&Labels(kind, name));
        if let (Some((key, content)), "aws_iam_policy_document") = (declared, kind) {
            let value = self.once(&frame.scope.data, key, || Rc::new(self.policy_document(frame.scope, content)));
            let value = value.ok_or_else(|| Fault::new(format!("data.{kind}.{name} depends on itself")))?;
            let several = content.arguments.contains_key("count") || content.arguments.contains_key("for_each");
            // One that stands for a number of them.
            let open = several && value.get("json").is_some();
            let indexed =
                matches!(operators.get(2), Some(TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_)));
            let behind = operators.get(if indexed { 3 } else { 2 });
            if matches!(behind, Some(TraversalOperator::GetAttr(name)) if !matches!(name.as_str(), "json" | "minified_json"))
            {
                return Ok((Held::Owned(supplied(written)), operators.len()));
            }
            return Ok((Held::Shared(value), if open && indexed { 3 } else { 2 }));
        }
        let provider = || {
            let content = declared.map(|(_, content)| content);
            self.provider_of(frame.scope, kind, content)
        };
        let known = match (kind, asked) {
            ("aws_caller_identity", Some("account_id" | "id")) => provider()
                .and_then(|provider| provider.account.clone())
                .or_else(|| self.options.account.clone())
                .map(text),
            ("aws_region", Some("name" | "id" | "region")) => self.region(provider().as_deref()),
            ("aws_partition", Some(asked @ ("partition" | "id" | "dns_suffix"))) => {
                let region = self.region(provider().as_deref());
                region.as_ref().and_then(as_string).map(|region| {
                    let (partition, suffix) = provider::partition(&region);
                    text(if asked == "dns_suffix" { suffix } else { partition })
                })
            }
            _ => None,
        };
        Ok(match known {
            Some(mut node) => {
                // It is no literal, whatever it is known to be.
                node.written = Some(Arc::new(Expression::set(short(written), ExpressionKind::Attribute)));
                (Held::Owned(node), 3)
            }
            None => (Held::Owned(supplied(written)), operators.len()),
        })
    }

    fn policy_document(&self, scope: &Scope<'a>, content: &'a Content<'a>) -> Node {
        let expansion = self.expand(scope, content, "data", |run, _, each, _| {
            let values = run.content_values(content, scope, &each);
            let document = crate::policy_document::document(&values);
            let entries = ["json", "minified_json"].map(|name| (name.to_owned(), document.clone()));
            Some(Node::new(Value::Map(entries.into_iter().collect()), content.place()))
        });
        match expansion {
            Expansion::One(node) | Expansion::Open(node) => node,
            Expansion::Counted(nodes) => list(nodes),
            Expansion::Keyed(nodes) => map(nodes),
        }
    }

    fn resource_value<'f>(
        &self,
        kind: &str,
        name: &str,
        operators: &Operators<'_>,
        syntax: &Syntax,
        frame: &Frame<'f, 'a>,
    ) -> Result<(Held<'f>, usize), Fault> {
        let Some(expansion) = self.resource(frame.scope, kind, name) else {
            // It may stand in what could not be read.
            return Ok((Held::Owned(supplied(frame.file.written(syntax))), operators.len()));
        };
        let expansion = expansion?;
        let index = match operators.get(1) {
            Some(operator @ (TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_))) => {
                Some(self.key(operator, frame)?)
            }
            _ => None,
        };
        let absent = || Fault::new("there is no such instance");
        Ok(match (&*expansion, index) {
            (Expansion::Open(slot), Some(_)) => (Held::Owned(instance(*slot)), 2),
            (Expansion::One(slot) | Expansion::Open(slot), _) => (Held::Owned(instance(*slot)), 1),
            (_, Some(Key::Open)) => (Held::Owned(supplied(frame.file.written(syntax))), operators.len()),
            (Expansion::Counted(slots), Some(key)) => {
                let slot = key.number().and_then(|number| slots.get(number)).ok_or_else(absent)?;
                (Held::Owned(instance(*slot)), 2)
            }
            (Expansion::Keyed(slots), Some(key)) => {
                let slot = key.name().and_then(|name| slots.get(&name).copied()).ok_or_else(absent)?;
                (Held::Owned(instance(slot)), 2)
            }
            (Expansion::Counted(slots), None) => {
                self.spend(slots.len(), frame, syntax)?;
                (Held::Owned(list(slots.iter().map(|slot| instance(*slot)).collect())), 1)
            }
            (Expansion::Keyed(slots), None) => {
                self.spend(slots.len(), frame, syntax)?;
                let entries = slots.iter().map(|(key, slot)| (key.clone(), instance(*slot))).collect();
                (Held::Owned(map(entries)), 1)
            }
        })
    }

    /// What is behind a reference: an attribute of an instance, or a part of one.
    fn of_reference(
        &self,
        reference: &Reference,
        node: &Node,
        key: Key,
        syntax: &Syntax,
        frame: &Frame<'_, 'a>,
    ) -> Outcome {
        let number = reference.target.0 as usize;
        if !reference.attribute.is_empty() {
            let attribute = match key {
                Key::Name(name) => format!("{}.{name}", reference.attribute),
                Key::Number(number) => format!("{}[{number}]", reference.attribute),
                Key::Open | Key::Wrong => return Ok(supplied(frame.file.written(syntax))),
            };
            return Ok(bare(Value::Reference(Reference { target: reference.target, attribute: attribute.into() })));
        }
        let slot = self.slot(number).ok_or_else(|| Fault::new("there is no such instance"))?;
        match key {
            Key::Name(name) => Ok(self.attribute(number, &slot, &name)),
            _ if slot.open.is_some() => Ok(node.clone()),
            Key::Number(_) | Key::Wrong => Err(Fault::new("an instance has no items")),
            Key::Open => Ok(supplied(frame.file.written(syntax))),
        }
    }
}

/// A whole instance, as a value: a reference to no attribute of it.
fn instance(slot: usize) -> Node {
    let target = ResourceId(u32::try_from(slot).unwrap_or(u32::MAX));
    bare(Value::Reference(Reference { target, attribute: "".into() }))
}

fn is_instance(node: &Node) -> bool {
    matches!(&node.value, Value::Reference(reference) if reference.attribute.is_empty())
}

/// A part of what is not known.
fn beyond(expression: &Arc<Expression>, syntax: &Syntax, frame: &Frame<'_, '_>) -> Node {
    let written = short(frame.file.written(syntax));
    unknown(Expression { text: written, kind: expression.kind.clone(), set: expression.set })
}

/// A name and what follows it.
fn path(syntax: &Syntax) -> Option<(&str, Vec<&TraversalOperator>)> {
    match syntax {
        Syntax::Variable(name) => Some((name.as_str(), Vec::new())),
        Syntax::Traversal(traversal) => match &traversal.expr {
            Syntax::Variable(name) => {
                Some((name.as_str(), traversal.operators.iter().map(|operator| operator.value()).collect()))
            }
            _ => None,
        },
        _ => None,
    }
}
