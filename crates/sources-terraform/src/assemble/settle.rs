//! Makes a draft the resource it is: references lead to resources, and what stands beside properties does so.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Medium, Node, Part, Reference, Resource, ResourceId, Value, Why};

use super::{Draft, mappings};
use crate::awscc;
use crate::instance::Instance;
use crate::mapping::{self, Shape};
use crate::shape::{as_bool, as_text};

/// What stands in front of the name of a property that stands beside the properties: `@DeletionPolicy`.
const ATTRIBUTE: char = '@';

/// Where the instances have ended up.
pub(super) struct Homes {
    pub(super) instances: Vec<Instance>,
    /// The number of the first draft.
    pub(super) base: u32,
    pub(super) kinds: Vec<String>,
    /// By instance, the draft that it is itself.
    pub(super) own: Vec<Option<usize>>,
}

impl Homes {
    /// The resource that a draft becomes.
    pub(super) fn finish(&self, draft: Draft) -> Resource {
        let Draft { instance, kind, suffix, name, origin, presence, mut properties } = draft;
        let instance = &self.instances[instance];
        self.settle(&mut properties);
        let mut attributes = IndexMap::new();
        if let Value::Map(entries) = &mut properties.value {
            let beside: Vec<String> = entries.keys().filter(|key| key.starts_with(ATTRIBUTE)).cloned().collect();
            for key in beside {
                if let Some(node) = entries.shift_remove(&key) {
                    attributes.insert(key.trim_start_matches(ATTRIBUTE).to_owned(), node);
                }
            }
        }
        for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
            match kept(instance) {
                // A snapshot that is taken in the end keeps the data, too.
                Kept::Perhaps(_) | Kept::No if attributes.contains_key(policy) => {}
                Kept::Certainly(node) | Kept::Perhaps(node) => drop(attributes.insert(policy.to_owned(), node)),
                Kept::No => drop(attributes.insert(policy.to_owned(), deleted(instance))),
            }
        }
        if !instance.waivers.is_empty() {
            attributes.insert("Metadata".to_owned(), waivers(instance));
        }
        Resource {
            arn: instance.values.get("arn").filter(|_| suffix.is_empty()).and_then(as_text).map(str::to_owned),
            kind,
            id: format!("{}{suffix}", instance.address),
            name,
            account: instance.account.clone(),
            region: instance.region.clone(),
            origin,
            presence,
            medium: Medium::Code,
            properties,
            attributes,
        }
    }

    /// Gives references the numbers of resources and the names of properties.
    fn settle(&self, node: &mut Node) {
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.settle(item)),
            Value::Map(entries) => entries.values_mut().for_each(|entry| self.settle(entry)),
            Value::Reference(reference) => {
                let text = self.written(reference);
                let expression = node.written.get_or_insert_with(|| supplied(text));
                match self.resource(reference) {
                    Some(settled) => *reference = settled,
                    None => node.value = Value::Unknown(Why::Unresolved(Arc::clone(expression))),
                }
            }
            Value::Pattern(parts) => {
                for part in parts.iter_mut() {
                    let Part::Reference(reference) = part else { continue };
                    match self.resource(reference) {
                        Some(settled) => *reference = settled,
                        None => *part = Part::Unknown(supplied(self.written(reference))),
                    }
                }
            }
            _ => {}
        }
    }

    fn written(&self, reference: &Reference) -> String {
        let address = self.instances.get(reference.target.0 as usize).map_or("", |instance| instance.address.as_str());
        format!("{address}.{}", reference.attribute)
    }

    /// The resource that a reference to an instance means.
    fn resource(&self, reference: &Reference) -> Option<Reference> {
        let number = reference.target.0 as usize;
        let (draft, instance) = match self.own.get(number).copied().flatten() {
            Some(draft) => (draft, self.instances.get(number)?),
            None => return None,
        };
        let attribute = attribute(instance, &self.kinds[draft], &reference.attribute);
        Some(Reference { target: ResourceId(self.base + draft as u32), attribute: attribute.into() })
    }
}

/// What AWS fills in.
fn supplied(text: String) -> Arc<Expression> {
    Arc::new(Expression::set(text, ExpressionKind::Attribute))
}

/// An attribute of an instance in CloudFormation's names.
fn attribute(instance: &Instance, kind: &str, name: &str) -> String {
    match name {
        "id" => return "Ref".to_owned(),
        "arn" => return "Arn".to_owned(),
        _ => {}
    }
    let own = mappings(instance).filter(|mapping| matches!(mapping.shape, Shape::Own(own) if own == kind));
    let mut taken = own.flat_map(|mapping| mapping.rules).filter_map(|rule| match rule {
        mapping::Take(from, to) if *from == name => Some((*to).to_owned()),
        _ => None,
    });
    taken.next().or_else(|| awscc::property(&instance.kind, name)).unwrap_or_else(|| name.to_owned())
}

/// Whether an instance is kept from being destroyed.
enum Kept {
    Certainly(Node),
    Perhaps(Node),
    No,
}

fn kept(instance: &Instance) -> Kept {
    let Some(node) = &instance.prevent_destroy else { return Kept::No };
    match as_bool(node) {
        Some(true) => Kept::Certainly(Node { value: Value::Text("Retain".into()), ..node.clone() }),
        Some(false) => Kept::No,
        None => Kept::Perhaps(node.clone()),
    }
}

fn deleted(instance: &Instance) -> Node {
    Node::new(Value::Text("Delete".into()), instance.origin)
}

/// Waivers where templates have them: `Metadata.pilaster.waive`.
fn waivers(instance: &Instance) -> Node {
    let within = |name: &str, node: Node| {
        Node::new(Value::Map([(name.to_owned(), node)].into_iter().collect()), instance.origin)
    };
    let list = Node::new(Value::List(instance.waivers.clone()), instance.origin);
    within("pilaster", within("waive", list))
}
