//! Synthetic CloudFormation templates of any size, for benchmarks.
//!
//! A template is built in rounds. Each round is a small system of its own, with a network,
//! computers, databases, queues and functions that refer to each other and to nothing outside of
//! the round but parameters and conditions; so the cost of a template should grow with its size and
//! not faster. About half of the resources have something wrong with them. The same size and seed
//! give the same bytes.

mod compute;
mod databases;
mod delivery;
mod identity;
mod messaging;
mod network;
mod serverless;
mod storage;

use serde_json::{Map, Value, json};

/// A template of exactly so many resources, as JSON.
///
/// A resource only refers to resources before it, so every reference holds wherever the last round is cut.
pub fn generate(resources: u64, seed: u64) -> String {
    let mut draft = Draft { resources: Map::new(), size: resources, round: 0, random: Random(seed) };
    while !draft.is_full() {
        draft.round += 1;
        for part in PARTS {
            part(&mut draft);
        }
    }
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!("{resources} mixed resources"),
        "Parameters": parameters(),
        "Mappings": {
            "Sizes": {
                "production": { "Instance": "m7g.large", "Database": "db.r7g.large" },
                "development": { "Instance": "t3.micro", "Database": "db.t4g.micro" },
            },
        },
        "Conditions": {
            "IsProduction": { "Fn::Equals": [reference("Environment"), "production"] },
            "HasTeam": { "Fn::Not": [{ "Fn::Equals": [reference("Team"), ""] }] },
        },
        "Resources": draft.resources,
    });
    format!("{template:#}")
}

/// The parts of a round, each after those it refers to.
const PARTS: [fn(&mut Draft); 8] = [
    network::add,
    identity::add,
    storage::add,
    messaging::add,
    databases::add,
    compute::add,
    serverless::add,
    delivery::add,
];

/// Some have defaults and some have not, so that some properties cannot be resolved.
fn parameters() -> Value {
    json!({
        "Environment": {
            "Type": "String",
            "Default": "production",
            "AllowedValues": ["production", "development"],
        },
        "Team": { "Type": "String", "Description": "Who is called at night" },
        "AlertAddress": { "Type": "String" },
        "Image": {
            "Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
            "Default": "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        },
        "CertificateArn": { "Type": "String" },
        "DatabasePassword": { "Type": "String", "NoEcho": true },
        "RetentionDays": { "Type": "Number", "Default": 30 },
    })
}

/// A template in the making.
struct Draft {
    resources: Map<String, Value>,
    size: u64,
    round: u64,
    random: Random,
}

impl Draft {
    fn is_full(&self) -> bool {
        self.resources.len() as u64 >= self.size
    }

    /// The logical id of a resource in this round.
    fn id(&self, stem: &str) -> String {
        format!("{stem}{}", self.round)
    }

    /// A reference to a resource in this round.
    fn to(&self, stem: &str) -> Value {
        reference(&self.id(stem))
    }

    /// An attribute of a resource in this round.
    fn attribute(&self, stem: &str, name: &str) -> Value {
        json!({ "Fn::GetAtt": [self.id(stem), name] })
    }

    /// Whether the next resource is as it should be: a coin is thrown.
    fn sound(&mut self) -> bool {
        self.random.next().is_multiple_of(2)
    }

    /// One of the choices.
    fn pick(&mut self, choices: &[&str]) -> String {
        let index = self.random.next() as usize % choices.len().max(1);
        choices.get(index).copied().unwrap_or_default().to_owned()
    }

    /// Adds a resource while there is room. Properties that are null are left out.
    fn add(&mut self, stem: &str, kind: &str, properties: Value) {
        self.add_with(stem, kind, properties, json!({}));
    }

    /// Adds a resource with attributes such as `DeletionPolicy` beside its properties.
    fn add_with(&mut self, stem: &str, kind: &str, properties: Value, attributes: Value) {
        if self.is_full() {
            return;
        }
        let mut resource = Map::from_iter([("Type".to_owned(), kind.into())]);
        if let Value::Object(attributes) = without_null(attributes) {
            resource.extend(attributes);
        }
        resource.insert("Properties".to_owned(), without_null(properties));
        self.resources.insert(self.id(stem), resource.into());
    }

    /// The tags of a resource; a flawed one has none.
    fn tags(&self, sound: bool) -> Value {
        when(sound, || {
            json!([
                { "Key": "environment", "Value": reference("Environment") },
                { "Key": "owner", "Value": reference("Team") },
            ])
        })
    }
}

fn reference(id: &str) -> Value {
    json!({ "Ref": id })
}

/// The value, or null.
fn when(wanted: bool, value: impl FnOnce() -> Value) -> Value {
    if wanted { value() } else { Value::Null }
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(entries) => Value::Object(
            entries.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_null(v))).collect(),
        ),
        Value::Array(items) => items.into_iter().filter(|v| !v.is_null()).map(without_null).collect(),
        other => other,
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn parse(resources: u64, seed: u64) -> Value {
        serde_json::from_str(&generate(resources, seed)).unwrap()
    }

    fn resources(template: &Value) -> &Map<String, Value> {
        template["Resources"].as_object().unwrap()
    }

    /// The logical ids that a value refers to.
    fn referred(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(entries) => {
                if let Some(id) = entries.get("Ref").and_then(Value::as_str) {
                    found.insert(id.to_owned());
                }
                if let Some(id) = entries.get("Fn::GetAtt").and_then(|v| v[0].as_str()) {
                    found.insert(id.to_owned());
                }
                if let Some(text) = entries.get("Fn::Sub").and_then(Value::as_str) {
                    let names = text.split("${").skip(1).filter_map(|rest| rest.split(['}', '.']).next());
                    found.extend(names.map(str::to_owned));
                }
                entries.values().for_each(|value| referred(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| referred(value, found)),
            _ => {}
        }
    }

    #[test]
    fn it_has_the_size_asked_for() {
        for size in [0, 1, 7, 60, 500] {
            assert_eq!(resources(&parse(size, 1)).len() as u64, size);
        }
    }

    #[test]
    fn seeds_decide_everything() {
        assert_eq!(generate(200, 7), generate(200, 7));
        assert_ne!(generate(200, 7), generate(200, 8));
    }

    #[test]
    fn resources_refer_to_parameters_and_to_resources_before_them() {
        let template = parse(300, 3);
        let mut known: BTreeSet<String> = template["Parameters"].as_object().unwrap().keys().cloned().collect();
        for (id, resource) in resources(&template) {
            let mut found = BTreeSet::new();
            referred(resource, &mut found);
            for name in found {
                assert!(known.contains(&name) || name.starts_with("AWS::"), "{id} refers to {name}");
            }
            known.insert(id.clone());
        }
    }

    #[test]
    fn many_kinds_are_mixed_and_many_properties_vary() {
        let template = parse(500, 1);
        let kinds: BTreeSet<_> = resources(&template).values().map(|r| r["Type"].as_str().unwrap()).collect();
        assert!(kinds.len() >= 40, "{}: {kinds:?}", kinds.len());
        let buckets: BTreeSet<_> = resources(&template)
            .values()
            .filter(|resource| resource["Type"] == "AWS::S3::Bucket")
            .map(Value::to_string)
            .collect();
        assert!(buckets.len() > 2, "{buckets:?}");
    }

    #[test]
    fn nothing_is_null() {
        assert!(!generate(300, 5).contains("null"));
    }
}
