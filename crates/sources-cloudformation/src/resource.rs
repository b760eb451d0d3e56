//! The resources a template declares.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Medium, Node, Origin, Presence, Resource, ResourceId, Value, Why};

use crate::conditions::{Truth, dependence};
use crate::hidden::holds_hidden;
use crate::resolve::{Scope, Target};
use crate::stack::Run;
use crate::template::{MAX_NAME, TOO_LONG, is_too_long};
use crate::{Options, policy};

/// A resource that will be in the inventory, not resolved yet.
pub(crate) struct Entry {
    pub(crate) id: ResourceId,
    pub(crate) logical: String,
    pub(crate) kind: String,
    pub(crate) origin: Origin,
    pub(crate) presence: Presence,
    pub(crate) properties: Option<Node>,
    pub(crate) attributes: IndexMap<String, Node>,
}

/// Numbers the resources that will be there, and tells for the others why they will not.
pub(crate) fn declare(run: &mut Run<'_>, scope: &mut Scope<'_>, resources: IndexMap<String, Node>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(resources.len());
    run.expect(resources.len());
    for (logical, node) in resources {
        let origin = node.origin;
        let parts = match is_too_long(&logical) {
            true => Err(TOO_LONG.to_owned()),
            false => take_apart(node),
        };
        let parts = match parts {
            Ok(parts) => parts,
            Err(reason) => {
                if logical == "Fn::Transform" {
                    scope.generated.any = true;
                }
                let name: String = logical.chars().take(MAX_NAME / 2).collect();
                scope.gap(origin, format!("resource {name}: {reason}"));
                scope.targets.insert(logical, Target::Broken);
                continue;
            }
        };
        let presence = match &parts.condition {
            None => Presence::Certain,
            Some(condition) => match scope.conditions.get(condition.as_str()) {
                Some(Truth::True) => Presence::Certain,
                Some(Truth::False) => {
                    scope.targets.insert(logical, Target::Absent(condition.clone()));
                    continue;
                }
                Some(Truth::Unknown(cause)) => Presence::Possible(Arc::new(dependence(condition, cause))),
                None => {
                    scope.gap(origin, format!("resource {logical}: there is no condition {condition}"));
                    let text = format!("{condition} (not declared)");
                    Presence::Possible(Arc::new(Expression::new(text, ExpressionKind::Choice)))
                }
            },
        };
        if parts.kind.ends_with("::MODULE") {
            scope.generated.beginnings.insert(logical.clone());
        }
        let id = run.reserve();
        let (position, _) = scope.targets.insert_full(logical.clone(), Target::Resource(id));
        scope.present.insert(id, position);
        entries.push(Entry {
            id,
            logical,
            kind: parts.kind,
            origin,
            presence,
            properties: parts.properties,
            attributes: parts.attributes,
        });
    }
    entries
}

/// The parts of a resource as it is written.
struct Parts {
    kind: String,
    condition: Option<String>,
    properties: Option<Node>,
    attributes: IndexMap<String, Node>,
}

fn take_apart(node: Node) -> Result<Parts, String> {
    let Value::Map(mut attributes) = node.value else {
        return Err("not a map".to_owned());
    };
    let kind = match attributes.shift_remove("Type").map(|node| node.value) {
        Some(Value::Text(kind)) if !kind.is_empty() => String::from(kind),
        Some(Value::Map(_)) => {
            return Err("its Type is a module or a macro, which runs before deployment".to_owned());
        }
        Some(_) => return Err("its Type is not text".to_owned()),
        None => return Err("it has no Type".to_owned()),
    };
    let condition = match attributes.shift_remove("Condition").map(|node| node.value) {
        Some(Value::Text(name)) => Some(String::from(name)),
        Some(Value::Null) | None => None,
        Some(_) => return Err("its Condition is not the name of a condition".to_owned()),
    };
    let properties = match attributes.shift_remove("Properties") {
        Some(Node { value: Value::Null, .. }) | None => None,
        Some(properties) => match &properties.value {
            Value::Map(_) => Some(properties),
            _ => return Err("its Properties are not a map".to_owned()),
        },
    };
    // What a macro adds to the resource may be properties.
    let properties = match attributes.get("Fn::Transform") {
        Some(call) => {
            let expression = Expression::new("!Transform …", ExpressionKind::Macro);
            Some(Node::unresolved(expression, call.origin))
        }
        None => properties,
    };
    attributes.shrink_to_fit();
    Ok(Parts { kind, condition, properties, attributes })
}

impl Entry {
    /// Its place in the inventory, with everything resolved.
    pub(crate) fn resolve(self, scope: &Scope<'_>, options: &Options, prefix: &str) -> (ResourceId, Resource) {
        let mut properties = self.properties.unwrap_or_else(|| Node::new(Value::Map(IndexMap::new()), self.origin));
        if !scope.resolve(&mut properties) {
            properties.value = Value::Map(IndexMap::new());
        }
        if !matches!(properties.value, Value::Map(_) | Value::Unknown(_)) {
            properties.value = Value::Unknown(Why::Malformed("a map".into()));
        }
        policy::unfold(&mut properties);
        let mut attributes = self.attributes;
        attributes.retain(|_, node| scope.resolve(node));
        let resource = Resource {
            name: physical_name(&self.kind, &properties),
            kind: self.kind,
            id: format!("{prefix}{}", self.logical),
            arn: None,
            account: options.account.clone(),
            region: options.region.clone(),
            origin: self.origin,
            presence: self.presence,
            medium: Medium::Code,
            properties,
            attributes,
        };
        (self.id, resource)
    }
}

/// The name a resource is given, when its properties say so in full.
fn physical_name(kind: &str, properties: &Node) -> Option<String> {
    let short = kind.rsplit("::").next()?;
    ["Name", "Identifier"]
        .iter()
        .find_map(|end| name_at(properties, &format!("{short}{end}")))
        .or_else(|| name_at(properties, "Name"))
}

fn name_at(properties: &Node, property: &str) -> Option<String> {
    let node = properties.get(property)?;
    match &node.value {
        Value::Text(name) if !holds_hidden(node) => Some(name.to_string()),
        _ => None,
    }
}
