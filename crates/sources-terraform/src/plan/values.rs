//! What an instance will be: the values of a plan, with what is not known in them, what is hidden, and where it comes from.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Reference, ResourceId, Value, Why};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::configuration::{Declaration, Expr, longest};
use super::document::{Change, Values};
use super::references::{Addresses, Meaning, Scope, block_and_key};
use crate::instance::Instance;

/// How deep policies may be made of policies.
const MAX_DOCUMENTS: usize = 16;

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

impl Meant {
    /// Whether it refers to something, and the plan knows all of that.
    fn is_given(&self) -> bool {
        !self.meanings.is_empty() && self.meanings.iter().all(Meaning::is_known)
    }
}

impl<'a> Making<'a> {
    /// The arguments of an instance or a data source.
    pub(crate) fn arguments(
        &self,
        scope: &Scope<'a>,
        values: &Values,
        declaration: Option<&Declaration>,
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
            if let Some(node) = self.node(scope, name, planned.entry(name), from) {
                entries.insert(name.to_owned(), node);
            }
        }
        // There are many of them, and none grows any more.
        entries.shrink_to_fit();
        Ok(self.at(Value::Map(entries)))
    }

    fn node(&self, scope: &Scope<'a>, name: &str, planned: Planned<'_>, from: From<'_>) -> Option<Node> {
        let Planned { after, unknown, sensitive } = planned;
        if let From::Expr(Expr::References(references)) = from {
            let meant = self.meant(scope, references);
            return self.node(scope, name, planned, From::Meant(&meant, Extent::Whole));
        }
        if *unknown == Json::Bool(true) {
            return match from {
                From::Unset | From::Expr(Expr::Constant(Json::Null)) => None,
                // The plan has the value of what it knows: here there is none, and the provider fills it in.
                From::Meant(meant, Extent::Whole) if meant.is_given() => None,
                From::Meant(meant, _) => Some(self.referred(name, meant)),
                From::Untold | From::Expr(_) => Some(self.untold(AFTER_APPLY)),
            };
        }
        let mut node = match after {
            Json::Null if holds_unknown(unknown) => match unknown {
                Json::Array(_) => self.list(scope, name, planned, from),
                _ => self.map(scope, planned, from),
            },
            Json::Null => return self.write_only(name, from),
            // The provider says "none" of what nobody wrote.
            Json::Array(items)
                if items.is_empty() && !matches!(from, From::Expr(_) | From::Meant(_, Extent::Whole)) =>
            {
                return None;
            }
            Json::Bool(value) => self.at(Value::Bool(*value)),
            Json::Number(number) => self.at(Value::Number(number.to_string().into())),
            Json::String(text) => {
                // Before version 6 the provider keeps no more of it than its hash.
                let literal = match from {
                    From::Expr(Expr::Constant(Json::String(literal))) if is_user_data(name) && is_hash(text) => literal,
                    _ => text,
                };
                self.at(Value::Text(literal.as_str().into()))
            }
            Json::Array(_) => self.list(scope, name, planned, from),
            Json::Object(_) => self.map(scope, planned, from),
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
    pub(crate) fn untold(&self, text: &str) -> Node {
        self.at(unresolved(Expression::new(text, ExpressionKind::Function)))
    }

    fn at(&self, value: Value) -> Node {
        Node::new(value, self.origin)
    }

    fn meant(&self, scope: &Scope<'a>, references: &[Box<str>]) -> Meant {
        Meant { text: longest(references).join(", "), meanings: self.addresses.meanings(scope, references) }
    }

    fn map(&self, scope: &Scope<'a>, planned: Planned<'_>, from: From<'_>) -> Node {
        let mut entries = IndexMap::new();
        for name in planned.names() {
            let inner = match from {
                From::Expr(Expr::Block(block)) => block.get(name).map_or(From::Unset, From::Expr),
                From::Meant(meant, _) => From::Meant(meant, Extent::Part),
                // Of what stands in a block that no expression is told of, none is.
                From::Unset => From::Untold,
                other => other,
            };
            if let Some(node) = self.node(scope, name, planned.entry(name), inner) {
                entries.insert(name.to_owned(), node);
            }
        }
        entries.shrink_to_fit();
        self.at(Value::Map(entries))
    }

    fn list(&self, scope: &Scope<'a>, name: &str, planned: Planned<'_>, from: From<'_>) -> Node {
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
            let own = planned.item(index);
            let is_told = open > 1 && !self.is_within_text(singular(name));
            if let (From::Meant(meant, _), true, true) = (inner, is_open(own.unknown), is_told) {
                // As many items as references are these references.
                let earlier = unknowns.iter().take(index).filter(|json| is_open(json)).count();
                let single = meant.meanings.len() == open && meant.meanings.iter().all(Meaning::is_attribute);
                if let Some(reference) =
                    meant.meanings.get(earlier).filter(|_| single).and_then(|one| self.reference(name, one))
                {
                    items.push(self.at(Value::Reference(reference)));
                    continue;
                }
            }
            let node = self.node(scope, singular(name), own, inner);
            items.push(node.unwrap_or_else(|| self.at(Value::Null)));
        }
        self.at(Value::List(items))
    }

    /// A value that is not known, of which the expression is.
    fn referred(&self, name: &str, meant: &Meant) -> Node {
        let text = if meant.text.is_empty() { AFTER_APPLY } else { &meant.text };
        // What the plan knows is not why the value is not known.
        let open: Vec<&Meaning> = meant.meanings.iter().filter(|meaning| !meaning.is_known()).collect();
        let all_set = !meant.meanings.is_empty() && meant.meanings.iter().all(Meaning::is_attribute);
        let open = self.fitting(name, open);
        let mut node = match open.as_slice() {
            [Meaning::Document(address)] => match self.document(address) {
                Some(policy) => return policy,
                None => self.at(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            },
            _ if is_composed(name) || self.is_within_text(name) => {
                self.at(unresolved(Expression::new(text, ExpressionKind::Function)))
            }
            [Meaning::Instance { number, attribute }] => {
                let item = self.at(Value::Reference(reference(*number, name, attribute)));
                match is_plural(name) {
                    true => self.at(Value::List(vec![item])),
                    false => item,
                }
            }
            [Meaning::Supplied] if all_set => self.at(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            _ if all_set && is_plural(name) => match self.references(name, &meant.meanings) {
                Some(list) => list,
                None => self.at(unresolved(Expression::set(text, ExpressionKind::Attribute))),
            },
            _ => {
                let kind = if all_set { ExpressionKind::Attribute } else { ExpressionKind::Function };
                self.at(unresolved(Expression { text: text.into(), kind, set: all_set }))
            }
        };
        if matches!(node.value, Value::Reference(_) | Value::List(_)) {
            node.written = Some(Arc::new(Expression::set(text, ExpressionKind::Attribute)));
        }
        node
    }

    /// Whether an argument of a policy names resources: most often not what it refers to, but what is in that
    /// (`${bucket}/*`).
    fn is_within_text(&self, name: &str) -> bool {
        self.depth.get() > 0 && matches!(name.strip_prefix("not_").unwrap_or(name), "resource" | "resources")
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
    fn references(&self, name: &str, meanings: &[Meaning]) -> Option<Node> {
        let mut items = Vec::new();
        for meaning in meanings {
            let (numbers, attribute) = match meaning {
                Meaning::Instance { number, attribute } => (std::slice::from_ref(number), attribute),
                Meaning::Several { numbers, attribute } => (numbers.as_slice(), attribute),
                _ => return None,
            };
            items.extend(numbers.iter().map(|number| self.at(Value::Reference(reference(*number, name, attribute)))));
        }
        Some(self.at(Value::List(items)))
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
    fn write_only(&self, name: &str, from: From<'_>) -> Option<Node> {
        if !name.ends_with("_wo") {
            return None;
        }
        match from {
            From::Expr(Expr::Constant(Json::String(text))) => Some(self.at(Value::Text(text.as_str().into()))),
            From::Meant(meant, _) => {
                let kind = ExpressionKind::Parameter { name: name.into(), hidden: true };
                Some(self.at(unresolved(Expression::new(meant.text.as_str(), kind))))
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
        self.depth.set(self.depth.get() + 1);
        let values = self.arguments(&scope, &change.change, Some(declaration));
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

/// Whether others find an instance by this attribute.
fn is_identity(attribute: &str) -> bool {
    let ends = ["id", "arn", "name", "identifier", "bucket", "url", "key"];
    ends.iter().any(|end| attribute.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_')))
}

fn is_user_data(name: &str) -> bool {
    matches!(name, "user_data" | "user_data_base64")
}

/// Whether it looks like a SHA-1 in hexadecimal.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
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
