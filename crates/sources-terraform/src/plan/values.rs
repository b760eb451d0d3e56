//! What an instance will be: the values of a plan, with what is not known in them, what is hidden, and where it comes from.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use hcl_edit::expr::Expression as Hcl;
use hcl_edit::template::Element;
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Part, Reference, ResourceId, Value, Why};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::configuration::{Declaration, Expr, longest};
use super::document::{Change, Values};
use super::places::{self, Spot, key_of};
use super::references::{Addresses, Meaning, Scope, block_and_key};
use crate::instance::Instance;

/// How deep policies may be made of policies.
const MAX_DOCUMENTS: usize = 16;

/// How deep expressions in the code may be nested.
const MAX_DEPTH: usize = 64;

/// What stands for an expression that the plan does not tell.
const AFTER_APPLY: &str = "known after apply";

/// Everything that values are made with.
pub(crate) struct Making<'a> {
    pub(crate) addresses: &'a Addresses<'a>,
    /// By number; those that are made already are in `made`.
    pub(crate) changes: &'a [Option<Change>],
    pub(crate) made: &'a [Instance],
    /// Policies that are written on apply, by address.
    pub(crate) documents: &'a HashMap<String, Change>,
    pub(crate) origin: Origin,
    pub(crate) depth: Cell<usize>,
}

/// What a plan says of a value: the value, whether it is not known, and whether it is hidden.
#[derive(Clone, Copy)]
struct Planned<'j> {
    after: &'j Json,
    unknown: &'j Json,
    sensitive: &'j Json,
}

/// Where a value comes from.
#[derive(Clone, Copy)]
enum From<'e> {
    /// Nobody wrote it: what is not known of it was never set.
    Unset,
    /// The plan does not tell, as of `dynamic` blocks.
    Untold,
    Expr(&'e Expr),
    /// An expression that refers to something, or a part of what it comes to.
    Meant(&'e Meant, Extent),
}

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    Part,
}

/// What an expression refers to.
struct Meant {
    /// The references as they are written.
    text: String,
    meanings: Vec<Meaning>,
}

impl<'a> Making<'a> {
    /// The arguments of an instance or a data source.
    pub(crate) fn arguments(
        &self,
        scope: &Scope<'a>,
        values: &Values,
        declaration: Option<&Declaration>,
        spot: Spot<'_>,
    ) -> Result<Node, serde_json::Error> {
        let parsed = |raw: &Option<Box<RawValue>>| match raw {
            Some(raw) => serde_json::from_str::<Json>(raw.get()),
            None => Ok(Json::Null),
        };
        let (after, unknown, sensitive) =
            (parsed(&values.after)?, parsed(&values.after_unknown)?, parsed(&values.after_sensitive)?);
        let expressions: Option<HashMap<String, Expr>> = match declaration {
            Some(Declaration { expressions: Some(raw), .. }) => Some(serde_json::from_str(raw.get())?),
            // A block without arguments.
            Some(_) => Some(HashMap::new()),
            None => None,
        };
        let planned = Planned { after: &after, unknown: &unknown, sensitive: &sensitive };
        let mut entries = IndexMap::new();
        for name in planned.names() {
            let from = match &expressions {
                Some(expressions) => expressions.get(name).map_or(From::Unset, From::Expr),
                None => From::Untold,
            };
            if let Some(node) = self.node(scope, name, planned.entry(name), from, spot.entry(name)) {
                entries.insert(name.to_owned(), node);
            }
        }
        // There are many of them, and none grows any more.
        entries.shrink_to_fit();
        Ok(Node::new(Value::Map(entries), spot.origin))
    }

    fn node(
        &self,
        scope: &Scope<'a>,
        name: &str,
        planned: Planned<'_>,
        from: From<'_>,
        spot: Spot<'_>,
    ) -> Option<Node> {
        let Planned { after, unknown, sensitive } = planned;
        if let From::Expr(Expr::References(references)) = from {
            let meant = self.meant(scope, references);
            return self.node(scope, name, planned, From::Meant(&meant, Extent::Whole), spot);
        }
        if let (From::Untold, Some(expression)) = (from, spot.expression()) {
            let meant = self.meant(scope, &places::references(expression));
            return self.node(scope, name, planned, From::Meant(&meant, Extent::Part), spot);
        }
        if *unknown == Json::Bool(true) {
            return match from {
                From::Unset if spot.is_dynamic() => Some(self.untold(AFTER_APPLY, spot.origin)),
                From::Unset => None,
                From::Meant(meant, _) => Some(self.unknown(scope, name, meant, spot)),
                From::Untold | From::Expr(_) => Some(self.untold(AFTER_APPLY, spot.origin)),
            };
        }
        let mut node = match after {
            Json::Null if holds_unknown(unknown) => match unknown {
                Json::Array(_) => self.list(scope, name, planned, from, spot),
                _ => self.map(scope, planned, from, spot),
            },
            Json::Null => return self.write_only(name, from, spot),
            // The provider says "none" of what nobody wrote.
            Json::Array(items)
                if items.is_empty() && !matches!(from, From::Expr(_) | From::Meant(_, Extent::Whole)) =>
            {
                return None;
            }
            Json::Bool(value) => spot.node(Value::Bool(*value)),
            Json::Number(number) => spot.node(Value::Number(number.to_string().into())),
            Json::String(text) => spot.node(Value::Text(text.as_str().into())),
            Json::Array(_) => self.list(scope, name, planned, from, spot),
            Json::Object(_) => self.map(scope, planned, from, spot),
        };
        if let From::Meant(meant, extent) = from {
            let is_leaf = !matches!(node.value, Value::List(_) | Value::Map(_));
            match is_leaf.then(|| self.same(after, meant)).flatten() {
                Some(reference) => {
                    node.value = Value::Reference(reference);
                    node.written = Some(Arc::new(Expression::set(meant.text.as_str(), ExpressionKind::Attribute)));
                }
                None if extent == Extent::Whole => node.written = written(meant),
                None => node.written = self.passed_on(after, meant),
            }
        }
        if *sensitive == Json::Bool(true) && !is_literal(from) {
            hide(&mut node, &hidden(name, from));
        }
        Some(node)
    }

    /// A value of which the plan does not tell the expression.
    pub(crate) fn untold(&self, text: &str, origin: Origin) -> Node {
        Node::new(unresolved(Expression::new(text, ExpressionKind::Function)), origin)
    }

    fn meant(&self, scope: &Scope<'a>, references: &[Box<str>]) -> Meant {
        Meant { text: longest(references).join(", "), meanings: self.addresses.meanings(scope, references) }
    }

    fn map(&self, scope: &Scope<'a>, planned: Planned<'_>, from: From<'_>, spot: Spot<'_>) -> Node {
        let mut entries = IndexMap::new();
        for name in planned.names() {
            let inner = match from {
                From::Expr(Expr::Block(block)) => block.get(name).map_or(From::Unset, From::Expr),
                From::Meant(meant, _) => From::Meant(meant, Extent::Part),
                // Of what stands in a block that no expression is told of, none is.
                From::Unset => From::Untold,
                From::Untold if spot.lacks(name) => From::Unset,
                other => other,
            };
            if let Some(node) = self.node(scope, name, planned.entry(name), inner, spot.entry(name)) {
                entries.insert(name.to_owned(), node);
            }
        }
        entries.shrink_to_fit();
        spot.node(Value::Map(entries))
    }

    fn list(&self, scope: &Scope<'a>, name: &str, planned: Planned<'_>, from: From<'_>, spot: Spot<'_>) -> Node {
        let after = planned.after.as_array().map_or(&[][..], Vec::as_slice);
        let unknowns = planned.unknown.as_array().map_or(&[][..], Vec::as_slice);
        let length = after.len().max(unknowns.len());
        let places = match from {
            From::Expr(Expr::Blocks(blocks)) => matched(blocks, after, unknowns),
            _ => Vec::new(),
        };
        let is_open = |json: &Json| *json == Json::Bool(true);
        let open = unknowns.iter().filter(|json| is_open(json)).count();
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            let inner = match from {
                From::Expr(Expr::Blocks(blocks)) => {
                    let block = places.get(index).copied().flatten().and_then(|place| blocks.get(place));
                    block.map_or(From::Untold, From::Expr)
                }
                From::Meant(meant, _) => From::Meant(meant, Extent::Part),
                From::Unset => From::Untold,
                other => other,
            };
            // Blocks of an argument are not told apart in the configuration; by their order they are when there is one.
            let own_spot = match (inner, places.get(index).copied().flatten()) {
                (_, Some(place)) => spot.item(place),
                (From::Untold, None) if length > 1 || spot.len() != 1 => spot.made(),
                _ if spot.len() == length => spot.item(index),
                _ => Spot::bare(spot.origin),
            };
            let own = planned.item(index);
            if let (From::Meant(meant, _), true, true) =
                (inner, is_open(own.unknown), open > 1 && own_spot.expression().is_none())
            {
                // As many items as references are these references.
                let earlier = unknowns.iter().take(index).filter(|json| is_open(json)).count();
                let single = meant.meanings.len() == open && meant.meanings.iter().all(Meaning::is_attribute);
                if let Some(reference) =
                    meant.meanings.get(earlier).filter(|_| single).and_then(|one| self.reference(name, one))
                {
                    items.push(own_spot.node(Value::Reference(reference)));
                    continue;
                }
            }
            let node = self.node(scope, singular(name), own, inner, own_spot);
            items.push(node.unwrap_or_else(|| own_spot.node(Value::Null)));
        }
        spot.node(Value::List(items))
    }

    /// A value that is not known, of which the expression is.
    fn referred(&self, name: &str, meant: &Meant, spot: Spot<'_>) -> Node {
        let text = if meant.text.is_empty() { AFTER_APPLY } else { &meant.text };
        // What the plan knows is not why the value is not known.
        let open: Vec<&Meaning> = meant.meanings.iter().filter(|meaning| !meaning.is_known()).collect();
        let all_set = !meant.meanings.is_empty() && meant.meanings.iter().all(Meaning::is_attribute);
        let open = self.fitting(name, open);
        let mut node = match open.as_slice() {
            [Meaning::Document(address)] => match self.document(address) {
                Some(policy) => return policy,
                None => spot.node(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            },
            _ if is_composed(name) => spot.node(unresolved(Expression::new(text, ExpressionKind::Function))),
            [Meaning::Instance { number, attribute }] => {
                let item = spot.node(Value::Reference(reference(*number, name, attribute)));
                match is_plural(name) {
                    true => spot.node(Value::List(vec![item])),
                    false => item,
                }
            }
            [Meaning::Supplied] if all_set => spot.node(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            _ if all_set && is_plural(name) => match self.references(name, &meant.meanings, spot) {
                Some(list) => list,
                None => spot.node(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            },
            _ => {
                let kind = if all_set { ExpressionKind::Attribute } else { ExpressionKind::Function };
                spot.node(unresolved(Expression { text: text.into(), kind, set: all_set }))
            }
        };
        if matches!(node.value, Value::Reference(_) | Value::List(_)) {
            node.written = Some(Arc::new(Expression::set(text, ExpressionKind::Attribute)));
        }
        node
    }

    /// A value that is not known: as far as the code tells, and otherwise what it refers to.
    fn unknown(&self, scope: &Scope<'a>, name: &str, meant: &Meant, spot: Spot<'_>) -> Node {
        if let [Meaning::Document(address)] = meant.meanings.as_slice()
            && let Some(policy) = self.document(address)
        {
            return policy;
        }
        let is_composed = |expression: &Hcl| {
            matches!(
                expression,
                Hcl::Array(_) | Hcl::Object(_) | Hcl::StringTemplate(_) | Hcl::HeredocTemplate(_) | Hcl::FuncCall(_)
            )
        };
        let formed = match spot.expression() {
            Some(expression) if is_composed(expression) => self.formed(scope, name, expression, spot, 0),
            _ => None,
        };
        formed.unwrap_or_else(|| self.referred(name, meant, spot))
    }

    /// What an expression in the code comes to, as far as its form tells.
    fn formed(&self, scope: &Scope<'a>, name: &str, expression: &Hcl, spot: Spot<'_>, depth: usize) -> Option<Node> {
        if depth > MAX_DEPTH {
            return None;
        }
        let inner = |expression: &Hcl, spot: Spot<'_>| self.formed(scope, name, expression, spot, depth + 1);
        Some(match expression {
            Hcl::Null(_) => spot.node(Value::Null),
            Hcl::Bool(value) => spot.node(Value::Bool(*value.value())),
            Hcl::Number(number) => spot.node(Value::Number(number.value().to_string().into())),
            Hcl::String(text) => spot.node(Value::Text(text.as_str().into())),
            Hcl::Parenthesis(inside) => inner(inside.inner(), spot)?,
            Hcl::Array(_) => {
                let items = (0..spot.len()).map(|index| {
                    let item = spot.item(index);
                    self.formed(scope, singular(name), item.expression()?, item, depth + 1)
                });
                spot.node(Value::List(items.collect::<Option<_>>()?))
            }
            Hcl::Object(object) => {
                let mut entries = IndexMap::new();
                for (key, _) in object.iter() {
                    let key = key_of(key)?;
                    let entry = spot.entry(key);
                    entries.insert(key.to_owned(), self.formed(scope, key, entry.expression()?, entry, depth + 1)?);
                }
                spot.node(Value::Map(entries))
            }
            Hcl::FuncCall(call) if matches!(call.name.name.as_str(), "jsonencode" | "toset" | "tolist" | "tomap") => {
                let mut arguments = call.args.iter();
                let (Some(argument), None) = (arguments.next(), arguments.next()) else { return None };
                self.formed_at(scope, name, argument, spot, depth + 1)?
            }
            Hcl::StringTemplate(template) => self.text(scope, name, template.iter(), spot, &spot.written(expression)),
            Hcl::HeredocTemplate(template) => {
                self.text(scope, name, template.template.iter(), spot, &spot.written(expression))
            }
            other => {
                let references = places::references(other);
                let meant = self.meant(scope, &references);
                match self.given(scope, &references, &meant, spot) {
                    Some(node) => node,
                    None if passes_on(other) => {
                        // It is the document that has such a name, and not what is put into it.
                        let name = if is_composed(name) { "" } else { name };
                        self.referred(name, &meant, spot)
                    }
                    None => spot.node(unresolved(Expression::new(meant.text.as_str(), ExpressionKind::Function))),
                }
            }
        })
    }

    /// The same for an expression that stands in another at the same place.
    fn formed_at(&self, scope: &Scope<'a>, name: &str, expression: &Hcl, spot: Spot<'_>, depth: usize) -> Option<Node> {
        self.formed(scope, name, expression, spot.with(expression), depth)
    }

    /// What a single reference to something known comes to.
    fn given(&self, scope: &Scope<'a>, references: &[Box<str>], meant: &Meant, spot: Spot<'_>) -> Option<Node> {
        let [reference] = longest(references)[..] else { return None };
        if reference == "each.key" || reference == "count.index" {
            return scope.key().map(|key| spot.node(Value::Text(key.into())));
        }
        if !matches!(meant.meanings.as_slice(), [Meaning::Parameter { .. } | Meaning::Constant]) {
            return None;
        }
        let value = self.addresses.variable(scope, reference)?;
        let mut node = Node::from_json(value.clone(), spot.origin);
        node.written = written(meant);
        if let Some(expression) =
            node.written.clone().filter(|one| matches!(one.kind, ExpressionKind::Parameter { hidden: true, .. }))
        {
            hide(&mut node, &expression);
        }
        Some(node)
    }

    /// Text with parts that are filled in.
    fn text<'t>(
        &self,
        scope: &Scope<'a>,
        name: &str,
        elements: impl Iterator<Item = &'t Element>,
        spot: Spot<'_>,
        text: &str,
    ) -> Node {
        let mut parts: Vec<Part> = Vec::new();
        for element in elements {
            let node = match element {
                Element::Literal(text) => spot.node(Value::Text(text.as_str().into())),
                Element::Interpolation(one) => {
                    let open = || spot.node(unresolved(Expression::new(AFTER_APPLY, ExpressionKind::Function)));
                    self.formed(scope, singular(name), &one.expr, Spot::bare(spot.origin), 1).unwrap_or_else(open)
                }
                Element::Directive(_) => {
                    spot.node(unresolved(Expression::new("a directive", ExpressionKind::Function)))
                }
            };
            let part = match node.value {
                Value::Text(text) | Value::Number(text) => match parts.last_mut() {
                    Some(Part::Text(known)) => {
                        *known = format!("{known}{text}").into();
                        continue;
                    }
                    _ => Part::Text(text),
                },
                Value::Bool(value) => Part::Text(value.to_string().into()),
                Value::Reference(reference) => Part::Reference(reference),
                Value::Unknown(Why::Unresolved(expression)) => Part::Unknown(expression),
                _ => Part::Unknown(Arc::new(Expression::new(AFTER_APPLY, ExpressionKind::Function))),
            };
            parts.push(part);
        }
        let is_set = |part: &Part| match part {
            Part::Text(_) | Part::Reference(_) => true,
            Part::Unknown(expression) => expression.is_supplied(),
        };
        let kind = if parts.iter().all(is_set) { ExpressionKind::Attribute } else { ExpressionKind::Function };
        match <[Part; 1]>::try_from(parts) {
            Ok([Part::Text(text)]) => spot.node(Value::Text(text)),
            Ok([Part::Reference(reference)]) => spot.node(Value::Reference(reference)),
            Ok([Part::Unknown(expression)]) => spot.node(Value::Unknown(Why::Unresolved(expression))),
            Err(parts) => {
                let set = kind == ExpressionKind::Attribute;
                let mut node = spot.node(Value::Pattern(parts.into()));
                node.written = Some(Arc::new(Expression { text: text.into(), kind, set }));
                node
            }
        }
    }

    fn reference(&self, name: &str, meaning: &Meaning) -> Option<Reference> {
        let Meaning::Instance { number, attribute } = meaning else { return None };
        Some(reference(*number, name, attribute))
    }

    /// Blocks of an argument share their references: `nat_gateway_id` is that of a NAT gateway then.
    fn fitting<'m>(&self, name: &str, meanings: Vec<&'m Meaning>) -> Vec<&'m Meaning> {
        let Some(stem) = name.strip_suffix("_id").or_else(|| name.strip_suffix("_arn")) else { return meanings };
        let is_of_type = |meaning: &&&Meaning| match meaning {
            Meaning::Instance { number, .. } => self.kind_of(*number).strip_prefix("aws_") == Some(stem),
            _ => false,
        };
        let mut found = meanings.iter().filter(is_of_type);
        match (found.next(), found.next()) {
            (Some(single), None) => vec![*single],
            _ => meanings,
        }
    }

    fn kind_of(&self, number: usize) -> &str {
        let changed = || self.changes.get(number).and_then(Option::as_ref).map(|change| change.kind.as_str());
        self.made.get(number).map(|instance| instance.kind.as_str()).or_else(changed).unwrap_or_default()
    }

    /// A list of attributes of instances, where all of them are.
    fn references(&self, name: &str, meanings: &[Meaning], spot: Spot<'_>) -> Option<Node> {
        let mut items = Vec::new();
        for meaning in meanings {
            let (numbers, attribute) = match meaning {
                Meaning::Instance { number, attribute } => (std::slice::from_ref(number), attribute),
                Meaning::Several { numbers, attribute } => (numbers.as_slice(), attribute),
                _ => return None,
            };
            items.extend(numbers.iter().map(|number| spot.node(Value::Reference(reference(*number, name, attribute)))));
        }
        Some(spot.node(Value::List(items)))
    }

    /// The reference that a known text stands for: an attribute by which instances are found has it.
    fn same(&self, after: &Json, meant: &Meant) -> Option<Reference> {
        let text = after.as_str().filter(|text| !text.is_empty())?;
        meant.meanings.iter().find_map(|meaning| {
            let Meaning::Instance { number, attribute } = meaning else { return None };
            let raw =
                self.changes.get(*number).and_then(Option::as_ref).and_then(|change| change.change.after.as_deref());
            let has = |attribute: &str| {
                is_identity(attribute)
                    && self.addresses.text_of(*number, attribute, self.made, raw).as_deref() == Some(text)
            };
            let found = match attribute.as_str() {
                "" => ["id", "arn"].into_iter().find(|attribute| has(attribute))?,
                attribute => Some(attribute).filter(|attribute| has(attribute))?,
            };
            Some(Reference { target: ResourceId(*number as u32), attribute: found.into() })
        })
    }

    /// Of a part of what an expression comes to, the variable whose value it is.
    fn passed_on(&self, after: &Json, meant: &Meant) -> Option<Arc<Expression>> {
        if after.is_array() || after.is_object() {
            return None;
        }
        let names = meant.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Parameter { name, hidden } => {
                let value = &self.addresses.variables.get(name)?.value;
                holds(value, after).then(|| ExpressionKind::Parameter { name: name.as_str().into(), hidden: *hidden })
            }
            _ => None,
        });
        names.map(|kind| Arc::new(Expression::new(meant.text.as_str(), kind)))
    }

    /// Values that are passed on and kept nowhere are no part of a plan.
    fn write_only(&self, name: &str, from: From<'_>, spot: Spot<'_>) -> Option<Node> {
        if !name.ends_with("_wo") {
            return None;
        }
        match from {
            From::Expr(Expr::Constant(Json::String(text))) => Some(spot.node(Value::Text(text.as_str().into()))),
            From::Meant(meant, _) => {
                let kind = ExpressionKind::Parameter { name: name.into(), hidden: true };
                Some(spot.node(unresolved(Expression::new(meant.text.as_str(), kind))))
            }
            _ => None,
        }
    }

    /// The policy of a data source that is read on apply.
    fn document(&self, address: &str) -> Option<Node> {
        let change = self.documents.get(address).filter(|_| self.depth.get() < MAX_DOCUMENTS)?;
        let (_, key) = block_and_key(change);
        let scope = Scope::of(self.addresses.configuration, &change.module_address)?;
        let declaration = scope.module().resources.get(&format!("data.{}.{}", change.kind, change.name))?;
        let scope = scope.within(key, declaration.for_each_expression.as_ref());
        let declared = self.addresses.sources.declared(scope.path(), &format!("data.{}.{}", change.kind, change.name));
        let spot = declared.map_or(Spot::bare(self.origin), |declared| declared.spot);
        self.depth.set(self.depth.get() + 1);
        let values = self.arguments(&scope, &change.change, Some(declaration), spot);
        self.depth.set(self.depth.get() - 1);
        Some(crate::policy_document::document(&values.ok()?))
    }
}

fn unresolved(expression: Expression) -> Value {
    Value::Unknown(Why::Unresolved(Arc::new(expression)))
}

/// A reference to an instance. Where only the whole is told, the attribute is the one that arguments of this name take.
fn reference(number: usize, name: &str, attribute: &str) -> Reference {
    let attribute = match attribute {
        "" if name.contains("arn") || name.contains("kms_") || name == "role" || name.starts_with("resource") => "arn",
        "" => "id",
        other => other,
    };
    Reference { target: ResourceId(number as u32), attribute: attribute.into() }
}

impl<'j> Planned<'j> {
    fn names(self) -> impl Iterator<Item = &'j str> {
        let keys = |json: &'j Json| json.as_object().into_iter().flat_map(|entries| entries.keys().map(String::as_str));
        keys(self.after).chain(keys(self.unknown).filter(move |key| self.after.get(key).is_none()))
    }

    fn entry(self, name: &str) -> Self {
        Self {
            after: entry(self.after, name),
            unknown: entry(self.unknown, name),
            sensitive: entry(self.sensitive, name),
        }
    }

    fn item(self, index: usize) -> Self {
        let sensitive = match self.sensitive {
            Json::Bool(_) => self.sensitive,
            list => list.get(index).unwrap_or(&Json::Null),
        };
        let item = |list: &'j Json| list.get(index).unwrap_or(&Json::Null);
        Self { after: item(self.after), unknown: item(self.unknown), sensitive }
    }
}

/// The entry of an object. What is said of the whole is said of every entry.
fn entry<'j>(json: &'j Json, name: &str) -> &'j Json {
    match json {
        Json::Object(entries) => entries.get(name).unwrap_or(&Json::Null),
        Json::Bool(true) => json,
        _ => &Json::Null,
    }
}

fn holds_unknown(unknown: &Json) -> bool {
    match unknown {
        Json::Bool(value) => *value,
        Json::Array(items) => items.iter().any(holds_unknown),
        Json::Object(entries) => entries.values().any(holds_unknown),
        _ => false,
    }
}

/// For every block as it is planned, the one it was written as. Those of a set are not in the order they were written.
fn matched(blocks: &[Expr], after: &[Json], unknown: &[Json]) -> Vec<Option<usize>> {
    let length = after.len().max(unknown.len());
    let mut free: Vec<bool> = vec![true; blocks.len()];
    let mut places = Vec::with_capacity(length);
    for index in 0..length {
        let (after, unknown) = (after.get(index).unwrap_or(&Json::Null), unknown.get(index).unwrap_or(&Json::Null));
        let fitting = blocks.iter().enumerate().filter(|(place, _)| free.get(*place) == Some(&true));
        let scored = fitting.filter_map(|(place, block)| Some((score(block, after, unknown)?, place == index, place)));
        let best =
            scored.max_by_key(|(score, own, place)| (*score, *own, usize::MAX - place)).map(|(_, _, place)| place);
        if let Some(taken) = best.and_then(|place| free.get_mut(place)) {
            *taken = false;
        }
        places.push(best);
    }
    places
}

/// How many literals of a block a planned one has; none when it lacks one.
fn score(block: &Expr, after: &Json, unknown: &Json) -> Option<usize> {
    let Expr::Block(arguments) = block else { return Some(0) };
    let mut score = 0;
    for (name, expr) in arguments {
        let Expr::Constant(constant) = expr else { continue };
        let (value, unknown) = (entry(after, name), entry(unknown, name));
        if alike(constant, value) {
            score += 1;
        } else if !constant.is_array() && !constant.is_object() && !holds_unknown(unknown) {
            return None;
        }
    }
    Some(score)
}

/// Whether two values are the same once Terraform has converted them.
fn alike(one: &Json, other: &Json) -> bool {
    let text = |json: &Json| match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    one == other || text(one).is_some() && text(one) == text(other)
}

/// Whether a value is another or has it in it.
fn holds(value: &Json, wanted: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().any(|item| holds(item, wanted)),
        Json::Object(entries) => entries.values().any(|item| holds(item, wanted)),
        Json::Null => false,
        _ => alike(value, wanted),
    }
}

/// The expression that a known value was written with.
fn written(meant: &Meant) -> Option<Arc<Expression>> {
    let is_hidden = |meaning: &&Meaning| matches!(meaning, Meaning::Parameter { hidden: true, .. });
    let kind = match (meant.meanings.as_slice(), meant.meanings.iter().find(is_hidden)) {
        (all, _) if all.iter().all(|meaning| *meaning == Meaning::Constant) => return None,
        ([Meaning::Parameter { name, hidden }], _) | (_, Some(Meaning::Parameter { name, hidden })) => {
            ExpressionKind::Parameter { name: name.as_str().into(), hidden: *hidden }
        }
        (all, _) if all.iter().all(Meaning::is_attribute) => ExpressionKind::Attribute,
        _ => ExpressionKind::Function,
    };
    let set = kind == ExpressionKind::Attribute;
    Some(Arc::new(Expression { text: meant.text.as_str().into(), kind, set }))
}

/// Whether a value stands in the code as it is.
fn is_literal(from: From<'_>) -> bool {
    match from {
        From::Expr(_) => true,
        From::Meant(meant, _) => meant.meanings.iter().all(|meaning| *meaning == Meaning::Constant),
        From::Unset | From::Untold => false,
    }
}

fn hidden(name: &str, from: From<'_>) -> Arc<Expression> {
    let (text, variable) = match from {
        From::Meant(meant, _) => {
            let parameter = meant.meanings.iter().find_map(|meaning| match meaning {
                Meaning::Parameter { name, .. } => Some(name.as_str()),
                _ => None,
            });
            (meant.text.as_str(), parameter.unwrap_or(name))
        }
        _ => (name, name),
    };
    Arc::new(Expression::new(text, ExpressionKind::Parameter { name: variable.into(), hidden: true }))
}

/// Marks a value and everything in it as hidden.
pub(crate) fn hide(node: &mut Node, expression: &Arc<Expression>) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| hide(item, expression)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| hide(entry, expression)),
        Value::Unknown(_) | Value::Reference(_) => return,
        _ => {}
    }
    node.written = Some(Arc::clone(expression));
}

/// Whether an expression comes to what it refers to, and not to something made of that.
fn passes_on(expression: &Hcl) -> bool {
    const FUNCTIONS: [&str; 14] = [
        "coalesce",
        "coalescelist",
        "compact",
        "concat",
        "distinct",
        "element",
        "flatten",
        "nonsensitive",
        "one",
        "sensitive",
        "setunion",
        "sort",
        "try",
        "values",
    ];
    match expression {
        Hcl::Traversal(_) | Hcl::Conditional(_) => true,
        Hcl::FuncCall(call) => FUNCTIONS.contains(&call.name.name.as_str()),
        _ => false,
    }
}

/// Whether others find an instance by this attribute.
fn is_identity(attribute: &str) -> bool {
    let ends = ["id", "arn", "name", "identifier", "bucket", "url", "key"];
    ends.iter().any(|end| attribute.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_')))
}

/// Whether an argument takes a list. Maps have names in the plural as well.
fn is_plural(name: &str) -> bool {
    const ENDS: [&str; 13] = [
        "_ids",
        "_arns",
        "_names",
        "_actions",
        "_groups",
        "_list",
        "groups",
        "identifiers",
        "instances",
        "load_balancers",
        "resources",
        "subnets",
        "vpc_zone_identifier",
    ];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// What an item of an argument would be called.
fn singular(name: &str) -> &str {
    match is_plural(name) {
        true => name.strip_suffix('s').unwrap_or_default(),
        false => name,
    }
}

/// Whether an argument takes a document or a map: what refers to one thing only is still more than that.
fn is_composed(name: &str) -> bool {
    const ENDS: [&str; 9] = [
        "policy",
        "policies",
        "document",
        "definitions",
        "variables",
        "tags",
        "parameters",
        "environment",
        "user_data",
    ];
    name == "definition" || ENDS.iter().any(|end| name.ends_with(end))
}
