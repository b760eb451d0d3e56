//! The sections of a template.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::error::Refusal;

/// A template that has been parsed, nothing of it resolved.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) description: Option<Node>,
    pub(crate) metadata: Option<Node>,
    pub(crate) parameters: IndexMap<String, Node>,
    pub(crate) mappings: IndexMap<String, Node>,
    pub(crate) conditions: IndexMap<String, Node>,
    pub(crate) resources: IndexMap<String, Node>,
    pub(crate) outputs: IndexMap<String, Node>,
    /// SAM's settings for all resources of a kind.
    pub(crate) globals: IndexMap<String, Node>,
    /// The line behind the last of the resources.
    pub(crate) resources_end: u32,
    /// The names of the macros that run on deployment.
    pub(crate) transforms: Vec<Node>,
}

/// The longest name of anything a template declares, in characters; the limit of AWS.
pub(crate) const MAX_NAME: usize = 255;

/// What is wrong with a longer name.
pub(crate) const TOO_LONG: &str = "a name of more than 255 characters";

/// Whether a name is longer than that.
pub(crate) fn is_too_long(name: &str) -> bool {
    name.len() > MAX_NAME && name.chars().nth(MAX_NAME).is_some()
}

/// Whether a document is meant to be a template.
pub(crate) fn is_template(root: &Node) -> bool {
    let Value::Map(entries) = &root.value else { return false };
    if entries.contains_key("AWSTemplateFormatVersion") {
        return true;
    }
    match entries.get("Resources").map(|node| &node.value) {
        Some(Value::Map(resources)) => {
            entries.contains_key("Transform")
                || resources.iter().any(|(key, node)| {
                    crate::foreach::is_loop(key)
                        || node.get("Type").is_some_and(|kind| match &kind.value {
                            Value::Text(kind) => kind.contains("::"),
                            Value::Map(_) => true,
                            _ => false,
                        })
                })
        }
        _ => false,
    }
}

impl Template {
    /// Takes a document apart.
    pub(crate) fn new(root: Node) -> Result<Self, Refusal> {
        let line = root.origin.line;
        let Value::Map(mut entries) = root.value else {
            return Err(Refusal::new(line, "not a template: not a map"));
        };
        let Some(resources) = entries.swap_remove("Resources") else {
            return Err(Refusal::new(line, "a template without Resources"));
        };
        let line = resources.origin.line;
        let resources_end = entries.values().map(|node| node.origin.line).filter(|&next| next > line).min();
        let Value::Map(resources) = resources.value else {
            return Err(Refusal::new(line, "Resources is not a map"));
        };
        let mut section = |name: &str| match entries.swap_remove(name) {
            Some(Node { value: Value::Map(entries), .. }) => match entries.iter().find(|(key, _)| is_too_long(key)) {
                Some((_, node)) => Err(Refusal::new(node.origin.line, format!("{name}: {TOO_LONG}"))),
                None => Ok(entries),
            },
            None | Some(Node { value: Value::Null, .. }) => Ok(IndexMap::new()),
            Some(node) => Err(Refusal::new(node.origin.line, format!("{name} is not a map"))),
        };
        Ok(Self {
            parameters: section("Parameters")?,
            mappings: section("Mappings")?,
            conditions: section("Conditions")?,
            outputs: section("Outputs")?,
            globals: section("Globals")?,
            resources,
            resources_end: resources_end.unwrap_or(u32::MAX),
            description: entries.swap_remove("Description"),
            metadata: entries.swap_remove("Metadata"),
            transforms: ["Transform", "Fn::Transform"]
                .iter()
                .filter_map(|name| entries.swap_remove(*name))
                .flat_map(|node| match node {
                    Node { value: Value::List(items), .. } => items,
                    node => vec![node],
                })
                .collect(),
        })
    }

    /// Whether a macro of this name runs on deployment.
    pub(crate) fn uses(&self, transform: &str) -> bool {
        self.transforms.iter().any(|node| matches!(&node.value, Value::Text(name) if **name == *transform))
    }
}
