//! States: what Terraform believes to be there.

use model::{Expression, ExpressionKind, Node, Origin, Presence, Value, Why};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::document::{KeptResource, StateModule, Told};
use super::{UNREADABLE, kept_perhaps, place};
use crate::instance::Instance;

/// What a state holds.
#[derive(Default)]
pub(crate) struct Found {
    /// With the addresses of the blocks that each depends on.
    pub(crate) instances: Vec<(Instance, Vec<String>)>,
    pub(crate) told: Vec<Told>,
}

/// The resources of a state as `terraform show -json` writes it.
pub(crate) fn shown(module: StateModule, origin: Origin) -> Found {
    let mut found = Found::default();
    let mut modules = vec![module];
    while let Some(module) = modules.pop() {
        for resource in module.resources {
            let (Some(values), None) = (resource.values, resource.deposed_key) else { continue };
            if resource.mode == "data" {
                found.told.extend(Told::of(&resource.address, &resource.kind, &values));
                continue;
            }
            let mut values = tree(&values, origin);
            if let Some(sensitive) = resource.sensitive_values {
                // What is hidden in it cannot be told where that cannot be read.
                mask(&mut values, &serde_json::from_str(sensitive.get()).unwrap_or(Json::Bool(true)));
            }
            found.instances.push((instance(resource.address, resource.kind, values), resource.depends_on));
        }
        modules.extend(module.child_modules);
    }
    found
}

/// The resources of the file that a state is kept in.
pub(crate) fn kept(resources: Vec<KeptResource>, origin: Origin) -> Found {
    let mut found = Found::default();
    for resource in resources {
        for one in resource.instances {
            let (Some(values), None) = (one.attributes, one.deposed) else { continue };
            if resource.mode == "data" {
                found.told.extend(Told::of(&resource.name, &resource.kind, &values));
                continue;
            }
            let mut values = tree(&values, origin);
            for path in &one.sensitive_attributes {
                let first = path.get(0).and_then(|step| step.get("value")).and_then(Json::as_str);
                if let (Some(name), Value::Map(entries)) = (first, &mut values.value)
                    && let Some(node) = entries.get_mut(name)
                {
                    leave_out(node);
                }
            }
            let module = if resource.module.is_empty() { String::new() } else { format!("{}.", resource.module) };
            let key = match &one.index_key {
                Json::Null => String::new(),
                key => format!("[{key}]"),
            };
            let address = format!("{module}{}.{}{key}", resource.kind, resource.name);
            found.instances.push((instance(address, resource.kind.clone(), values), one.dependencies));
        }
    }
    found
}

/// The values of a resource. What is null is not set.
fn tree(raw: &RawValue, origin: Origin) -> Node {
    let Ok(values) = serde_json::from_str::<Json>(raw.get()) else {
        return Node::unresolved(Expression::new(UNREADABLE, ExpressionKind::Function), origin);
    };
    let mut node = Node::from_json(values, origin);
    without_nulls(&mut node);
    node
}

fn without_nulls(node: &mut Node) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(without_nulls),
        Value::Map(entries) => {
            entries.retain(|_, entry| entry.value != Value::Null);
            entries.sort_keys();
            entries.values_mut().for_each(without_nulls);
        }
        _ => {}
    }
}

/// Leaves out what is marked. Whether it stood in the code as it is, a state does not tell.
fn mask(node: &mut Node, sensitive: &Json) {
    match (&mut node.value, sensitive) {
        (_, Json::Bool(true)) => leave_out(node),
        (Value::Map(entries), Json::Object(marks)) => {
            for (key, mark) in marks {
                if let Some(entry) = entries.get_mut(key) {
                    mask(entry, mark);
                }
            }
        }
        (Value::List(items), Json::Array(marks)) => {
            items.iter_mut().zip(marks).for_each(|(item, mark)| mask(item, mark));
        }
        _ => {}
    }
}

fn leave_out(node: &mut Node) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(leave_out),
        Value::Map(entries) => entries.values_mut().for_each(leave_out),
        value => *value = Value::Unknown(Why::NotRead),
    }
}

fn instance(address: String, kind: String, values: Node) -> Instance {
    let (account, region) = place(&values);
    Instance {
        address,
        formerly: Vec::new(),
        kind,
        origin: values.origin,
        prevent_destroy: Some(kept_perhaps(values.origin)),
        values,
        presence: Presence::Certain,
        account,
        region,
        waivers: Vec::new(),
    }
}
