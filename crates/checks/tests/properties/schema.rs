//! The schemas that CloudFormation publishes of its types of resources.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The schemas in a folder, by type.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, Value> {
    let files = fs::read_dir(folder).expect("the folder of schemas").flatten();
    files
        .filter(|file| file.path().extension().is_some_and(|end| end == "json"))
        .filter_map(|file| {
            let schema: Value = serde_json::from_str(&fs::read_to_string(file.path()).ok()?).ok()?;
            Some((schema.get("typeName")?.as_str()?.to_owned(), schema))
        })
        .collect()
}

/// Places in a schema that stand for the same place in a resource; without any, all is allowed there.
#[derive(Clone)]
pub(crate) struct Places<'a> {
    root: &'a Value,
    nodes: Option<Vec<&'a Value>>,
}

impl<'a> Places<'a> {
    pub(crate) fn root(root: &'a Value) -> Self {
        Self { root, nodes: Some(vec![root]) }
    }

    /// The property of a name; none where no schema has it.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        self.below(|node| match node.get("properties").and_then(|all| all.get(name)) {
            Some(found) => vec![found],
            None => children(node, "patternProperties"),
        })
    }

    /// What stands in a list.
    pub(crate) fn items(&self) -> Option<Self> {
        self.below(|node| node.get("items").into_iter().collect())
    }

    /// What stands in a map whose keys are data, or may be told one by one.
    pub(crate) fn values(&self) -> Option<Self> {
        self.below(|node| {
            let mut values = children(node, "patternProperties");
            values.extend(children(node, "properties"));
            values.extend(node.get("additionalProperties").filter(|more| more.is_object()));
            values
        })
    }

    fn below(&self, step: impl Fn(&'a Value) -> Vec<&'a Value>) -> Option<Self> {
        let Some(nodes) = &self.nodes else { return Some(self.clone()) };
        let variants: Vec<&Value> = nodes.iter().flat_map(|node| self.variants(node, 0)).collect();
        let found: Vec<&Value> = variants.iter().flat_map(|node| step(node)).collect();
        if !found.is_empty() {
            return Some(Self { root: self.root, nodes: Some(found) });
        }
        // A document: the schema says no more than that it is a map.
        let is_open = variants.iter().any(|node| {
            let told = ["properties", "patternProperties", "oneOf", "anyOf", "allOf", "$ref"];
            let may_be_map = match node.get("type") {
                Some(Value::String(kind)) => kind == "object",
                Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
                _ => false,
            };
            may_be_map && told.iter().all(|word| node.get(word).is_none())
        });
        is_open.then_some(Self { root: self.root, nodes: None })
    }

    /// The schema and those that it names in its place.
    fn variants(&self, node: &'a Value, depth: usize) -> Vec<&'a Value> {
        let mut found = vec![node];
        if depth > 16 {
            return found;
        }
        if let Some(place) = node.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#')) {
            found.extend(self.root.pointer(place).into_iter().flat_map(|node| self.variants(node, depth + 1)));
        }
        for word in ["oneOf", "anyOf", "allOf"] {
            let nodes = node.get(word).and_then(Value::as_array).into_iter().flatten();
            found.extend(nodes.flat_map(|node| self.variants(node, depth + 1)));
        }
        found
    }
}

fn children<'a>(node: &'a Value, word: &str) -> Vec<&'a Value> {
    node.get(word).and_then(Value::as_object).into_iter().flat_map(|all| all.values()).collect()
}
