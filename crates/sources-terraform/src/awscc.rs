//! The provider that is made of CloudFormation's schemas: its names are those of CloudFormation in small letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use indexmap::IndexMap;
use model::{Node, Value};

/// CloudFormation's types, each with those names in it that are not what their words in capitals come to: `DBInstanceClass`
/// for `db_instance_class`. From CloudFormation's resource schemas of us-east-1, November 2026.
const NAMES: &str = include_str!("awscc.csv");

/// A type of CloudFormation, and its names by what they are without capitals and underscores.
struct Type {
    name: &'static str,
    properties: HashMap<String, &'static str>,
}

static TYPES: LazyLock<HashMap<String, Type>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut names = line.split(',');
        let name = names.next()?;
        let bare = bare(&name.strip_prefix("AWS")?.replace(':', ""));
        Some((bare, Type { name, properties: names.map(|name| (name.to_ascii_lowercase(), name)).collect() }))
    };
    NAMES.lines().filter_map(read).collect()
});

fn bare(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

/// The type of CloudFormation that `awscc_s3_bucket` is, and its properties. None of a type that no check reads.
pub(crate) fn resource(kind: &str, values: &Node) -> Option<(&'static str, Node)> {
    let found = TYPES.get(&bare(kind.strip_prefix("awscc")?))?;
    let mut properties = values.clone();
    found.rename(&mut properties);
    Some((found.name, properties))
}

/// A property in CloudFormation's names.
pub(crate) fn property(kind: &str, name: &str) -> Option<String> {
    Some(TYPES.get(&bare(kind.strip_prefix("awscc")?))?.property(name))
}

impl Type {
    fn property(&self, name: &str) -> String {
        if let Some(known) = self.properties.get(&name.replace('_', "")) {
            return (*known).to_owned();
        }
        let words = name.split('_').map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        });
        words.collect()
    }

    fn rename(&self, node: &mut Node) {
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.rename(item)),
            Value::Map(entries) => {
                let renamed = std::mem::take(entries).into_iter().map(|(name, mut node)| {
                    self.rename(&mut node);
                    // What has capitals is data, or a policy.
                    let is_name = !name.contains(|letter: char| {
                        !letter.is_ascii_lowercase() && letter != '_' && !letter.is_ascii_digit()
                    });
                    (if is_name { self.property(&name) } else { name }, node)
                });
                *entries = renamed.collect::<IndexMap<_, _>>();
            }
            Value::Text(text) if text.starts_with('{') => {
                if let Some(document) = node.embedded_json() {
                    node.value = document.value;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};

    use super::*;

    #[test]
    fn names_are_those_of_cloudformation() {
        let values = serde_json::json!({
            "db_instance_class": "db.t4g.micro",
            "storage_encrypted": true,
            "enable_iam_database_authentication": true,
            "tags": [{ "key": "Owner", "value": "shop" }],
        });
        let (kind, properties) =
            resource("awscc_rds_db_instance", &Node::from_json(values, Origin::new(SourceId(0), 1, 1))).unwrap();
        assert_eq!(kind, "AWS::RDS::DBInstance");
        let Value::Map(entries) = &properties.value else { panic!() };
        let names: Vec<&str> = entries.keys().map(String::as_str).collect();
        assert_eq!(names, ["DBInstanceClass", "StorageEncrypted", "EnableIAMDatabaseAuthentication", "Tags"]);
        assert!(
            properties
                .get("Tags")
                .is_some_and(|tags| matches!(&tags.value, Value::List(items) if items[0].get("Key").is_some()))
        );
        assert!(resource("awscc_unheard_of", &properties).is_none());
    }
}
