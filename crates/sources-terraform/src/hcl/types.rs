//! Types of variables, and conversion to them.

use std::collections::HashSet;

use hcl_edit::expr::{Expression as Syntax, ObjectKey};
use indexmap::IndexMap;
use model::{Node, Value};

use super::value::{Fault, Outcome, as_bool, as_number, as_string, bare, is_wholly_known};

/// A type constraint.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type<'a> {
    Any,
    Bool,
    Number,
    Text,
    List(Box<Type<'a>>),
    Set(Box<Type<'a>>),
    Map(Box<Type<'a>>),
    Tuple(Vec<Type<'a>>),
    Object(Vec<Attribute<'a>>),
}

/// An attribute of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute<'a> {
    name: String,
    kind: Type<'a>,
    optional: bool,
    default: Option<&'a Syntax>,
}

/// The type that a constraint names. What nobody knows is any.
pub(super) fn parse(syntax: &Syntax) -> Type<'_> {
    match syntax {
        Syntax::Variable(name) => simple(name.as_str()),
        // As Terraform 0.11 had it.
        Syntax::String(name) => simple(name.as_str()),
        Syntax::Parenthesis(inner) => parse(inner.inner()),
        Syntax::FuncCall(call) => {
            let first = || call.args.iter().next();
            let inner = || Box::new(first().map_or(Type::Any, parse));
            match call.name.name.as_str() {
                "list" => Type::List(inner()),
                "set" => Type::Set(inner()),
                "map" => Type::Map(inner()),
                "tuple" => match first() {
                    Some(Syntax::Array(items)) => Type::Tuple(items.iter().map(parse).collect()),
                    _ => Type::Any,
                },
                "object" => match first() {
                    Some(Syntax::Object(entries)) => Type::Object(
                        entries
                            .iter()
                            .filter_map(|(key, value)| Some(attribute(key_name(key)?, value.expr())))
                            .collect(),
                    ),
                    _ => Type::Any,
                },
                _ => Type::Any,
            }
        }
        _ => Type::Any,
    }
}

fn key_name(key: &ObjectKey) -> Option<String> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str().to_owned()),
        ObjectKey::Expression(Syntax::String(name)) => Some(name.as_str().to_owned()),
        ObjectKey::Expression(Syntax::Variable(name)) => Some(name.as_str().to_owned()),
        ObjectKey::Expression(_) => None,
    }
}

fn attribute(name: String, syntax: &Syntax) -> Attribute<'_> {
    if let Syntax::FuncCall(call) = syntax
        && call.name.name.as_str() == "optional"
    {
        let mut arguments = call.args.iter();
        let kind = arguments.next().map_or(Type::Any, parse);
        return Attribute { name, kind, optional: true, default: arguments.next() };
    }
    Attribute { name, kind: parse(syntax), optional: false, default: None }
}

fn simple(name: &str) -> Type<'static> {
    match name {
        "string" => Type::Text,
        "number" => Type::Number,
        "bool" => Type::Bool,
        "list" => Type::List(Box::new(Type::Any)),
        "map" => Type::Map(Box::new(Type::Any)),
        "set" => Type::Set(Box::new(Type::Any)),
        _ => Type::Any,
    }
}

impl<'a> Type<'a> {
    /// Whether a value given as text is that text, and no expression.
    pub(super) fn takes_text(&self) -> bool {
        matches!(self, Type::Text | Type::Bool | Type::Number)
    }

    /// A value as this type has it. `evaluate` gives the defaults of attributes.
    pub(super) fn convert(&self, mut node: Node, evaluate: &dyn Fn(&'a Syntax) -> Node) -> Outcome {
        if matches!(node.value, Value::Null | Value::Unknown(_) | Value::Reference(_)) {
            return Ok(node);
        }
        if matches!(node.value, Value::Pattern(_)) {
            return match self {
                Type::Any | Type::Text | Type::Number | Type::Bool => Ok(node),
                _ => Err(Fault::new("text is given for a collection")),
            };
        }
        let wrong = |wanted: &str| Fault::new(format!("{wanted} is wanted"));
        match self {
            Type::Any => {}
            Type::Text => {
                node.value = Value::Text(as_string(&node).ok_or_else(|| wrong("text"))?.into());
            }
            Type::Bool => node.value = Value::Bool(as_bool(&node).ok_or_else(|| wrong("true or false"))?),
            Type::Number => {
                if let Value::Text(text) = &node.value {
                    as_number(&node).ok_or_else(|| wrong("a number"))?;
                    node.value = Value::Number(text.trim().into());
                } else if !matches!(node.value, Value::Number(_)) {
                    return Err(wrong("a number"));
                }
            }
            Type::List(inner) | Type::Set(inner) => {
                let Value::List(items) = node.value else { return Err(wrong("a list")) };
                let items: Result<Vec<Node>, Fault> =
                    items.into_iter().map(|item| inner.convert(item, evaluate)).collect();
                node.value = Value::List(items?);
                if matches!(self, Type::Set(_)) {
                    node = to_set(node);
                }
            }
            Type::Tuple(kinds) => {
                let Value::List(items) = node.value else { return Err(wrong("a list")) };
                let mut kinds = kinds.iter();
                let items: Result<Vec<Node>, Fault> = items
                    .into_iter()
                    .map(|item| match kinds.next() {
                        Some(kind) => kind.convert(item, evaluate),
                        None => Ok(item),
                    })
                    .collect();
                node.value = Value::List(items?);
            }
            Type::Map(inner) => {
                let Value::Map(entries) = node.value else { return Err(wrong("a map")) };
                let entries: Result<IndexMap<String, Node>, Fault> =
                    entries.into_iter().map(|(key, entry)| Ok((key, inner.convert(entry, evaluate)?))).collect();
                node.value = Value::Map(entries?);
            }
            Type::Object(attributes) => {
                let Value::Map(mut given) = node.value else { return Err(wrong("an object")) };
                let mut entries = IndexMap::new();
                for attribute in attributes {
                    let entry = given.swap_remove(&attribute.name);
                    let absent = entry.as_ref().is_none_or(|entry| matches!(entry.value, Value::Null));
                    let entry = match (entry, attribute.default) {
                        (_, Some(default)) if absent => evaluate(default),
                        (Some(entry), _) => entry,
                        (None, _) if attribute.optional => Node::new(Value::Null, node.origin),
                        (None, _) => return Err(Fault::new(format!("{} is missing", attribute.name))),
                    };
                    entries.insert(attribute.name.clone(), attribute.kind.convert(entry, evaluate)?);
                }
                node.value = Value::Map(entries);
            }
        }
        Ok(node)
    }
}

/// A list as a set: sorted, each item once. What is not known in full stays as it is.
pub(super) fn to_set(mut node: Node) -> Node {
    if !is_wholly_known(&node) {
        return node;
    }
    let Value::List(items) = node.value else { return node };
    let mut seen = HashSet::new();
    let mut keyed: Vec<(String, Node)> = Vec::new();
    for item in items {
        let key = as_string(&item).unwrap_or_else(|| shape(&item));
        if seen.insert(key.clone()) {
            keyed.push((key, item));
        }
    }
    if keyed.iter().all(|(_, item)| matches!(item.value, Value::Text(_))) {
        keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
    } else if keyed.iter().all(|(_, item)| matches!(item.value, Value::Number(_))) {
        keyed.sort_by(|(_, one), (_, other)| as_number(one).unwrap_or(0.0).total_cmp(&as_number(other).unwrap_or(0.0)));
    }
    node.value = Value::List(keyed.into_iter().map(|(_, item)| item).collect());
    node
}

/// What tells values apart.
pub(super) fn shape(node: &Node) -> String {
    let mut parts = super::value::Parts::default();
    parts.json(node);
    match parts.finish() {
        Value::Text(text) => text.into_string(),
        other => format!("{:?}", bare(other)),
    }
}
