//! `cargo xtask provider-schema`: which arguments Terraform's provider for AWS has.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::workspace::{Error, modules, read, write};

/// Where mappings name the types.
const MAPPINGS: &str = "crates/sources-terraform/src/resources";

/// What is written.
const SUBSET: &str = "crates/sources-terraform/tests/schema/aws.json";

/// How the provider is called in what Terraform prints.
const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// How deep blocks are followed. The rules of a firewall nest in each other, level by level.
const MAX_DEPTH: usize = 6;

/// Rewrites the arguments of the types that mappings name, from what `terraform providers schema -json` prints. Gives
/// the file.
///
/// # Errors
/// When the input is something else, or a file cannot be read or written.
pub fn provider_schema(root: &Path, printed: impl Read) -> Result<PathBuf, Error> {
    let printed: Value = serde_json::from_reader(printed)
        .map_err(|error| Error::Argument(format!("not what `terraform providers schema -json` prints: {error}")))?;
    let types = &printed["provider_schemas"][PROVIDER]["resource_schemas"];
    if !types.is_object() {
        return Err(Error::Argument(format!("there is no schema of {PROVIDER}")));
    }
    let mut lines = Vec::new();
    for kind in mapped(root)? {
        if let Some(schema) = types.get(&kind) {
            lines.push(format!("{}: {}", Value::from(kind), block(&schema["block"], MAX_DEPTH)));
        }
    }
    write(&root.join(SUBSET), &format!("{{\n{}\n}}\n", lines.join(",\n")))?;
    Ok(PathBuf::from(SUBSET))
}

/// The names that mappings write which look like types.
fn mapped(root: &Path) -> Result<BTreeSet<String>, Error> {
    let folder = root.join(MAPPINGS);
    let mut types = BTreeSet::new();
    for family in modules(&folder)? {
        let text = read(&folder.join(family).with_extension("rs"))?;
        let quoted = text.split('"').skip(1).step_by(2);
        types.extend(quoted.filter(|text| text.starts_with("aws_")).map(str::to_owned));
    }
    Ok(types)
}

/// Arguments by name: 0 where the value is single, the arguments of a block, `*` for the keys of a map, null where it
/// was not followed.
fn block(schema: &Value, depth: usize) -> Value {
    if depth == 0 {
        return Value::Null;
    }
    let mut arguments = attributes(&schema["attributes"]);
    for (name, inner) in schema["block_types"].as_object().into_iter().flatten() {
        arguments.insert(name.clone(), block(&inner["block"], depth - 1));
    }
    Value::Object(arguments)
}

fn attributes(schema: &Value) -> Map<String, Value> {
    let all = schema.as_object().into_iter().flatten();
    all.map(|(name, attribute)| {
        let inner = match attribute.get("nested_type") {
            Some(nested) => Value::Object(attributes(&nested["attributes"])),
            None => of_type(&attribute["type"]),
        };
        (name.clone(), inner)
    })
    .collect()
}

/// What a type holds, in Terraform's notation: `"string"`, `["list", "string"]`, `["object", {"name": "string"}]`.
fn of_type(notation: &Value) -> Value {
    match (notation[0].as_str(), &notation[1]) {
        (Some("list" | "set"), item) => of_type(item),
        (Some("map"), item) => Value::Object([("*".to_owned(), of_type(item))].into_iter().collect()),
        (Some("object"), Value::Object(fields)) => {
            Value::Object(fields.iter().map(|(name, notation)| (name.clone(), of_type(notation))).collect())
        }
        _ => Value::from(0),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keeps_names_and_how_they_nest() {
        let folder = tempfile::tempdir().unwrap();
        let family = folder.path().join(MAPPINGS).join("storage.rs");
        write(&family, r#"Mapping::own("aws_disk", "AWS::EC2::Volume", &[]), "aws_of_another_provider""#).unwrap();
        let disk = json!({ "block": {
            "attributes": {
                "size": { "type": "number" },
                "tags": { "type": ["map", "string"] },
                "parts": { "type": ["list", ["object", { "name": "string" }]] },
                "policy": { "nested_type": { "attributes": { "days": { "type": "number" } } } },
            },
            "block_types": { "mirror": { "block": { "attributes": { "zone": { "type": "string" } } } } },
        } });
        let printed =
            json!({ "provider_schemas": { PROVIDER: { "resource_schemas": { "aws_disk": disk, "aws_x": {} } } } });
        let written = provider_schema(folder.path(), printed.to_string().as_bytes()).unwrap();
        let subset: Value = serde_json::from_str(&read(&folder.path().join(written)).unwrap()).unwrap();
        let arguments = json!({
            "size": 0, "tags": { "*": 0 }, "parts": { "name": 0 }, "policy": { "days": 0 }, "mirror": { "zone": 0 },
        });
        assert_eq!(subset, json!({ "aws_disk": arguments }));
    }

    #[test]
    fn something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for printed in ["", "[]", r#"{ "provider_schemas": {} }"#] {
            assert!(matches!(provider_schema(folder.path(), printed.as_bytes()), Err(Error::Argument(_))));
        }
    }
}
