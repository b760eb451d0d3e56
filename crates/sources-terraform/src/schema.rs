//! That every type and every argument that a mapping names is one of the provider's.
//!
//! `tests/schema/aws.json` holds the arguments of one version, as `cargo xtask provider-schema` writes them;
//! `tests/schema/other-versions.txt` those that only older or newer ones have.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails, and says why")]

use serde_json::{Map, Value};

use crate::mapping::{From, Is, List, Mapping, One, Rule, Shape, Take, Unless, With};
use crate::resources::FAMILIES;

const ONE_VERSION: &str = include_str!("../tests/schema/aws.json");
const OTHER_VERSIONS: &str = include_str!("../tests/schema/other-versions.txt");

/// The arguments by type, and which of the other versions' arguments are not needed in the list.
fn arguments() -> (Value, Vec<String>) {
    let mut types: Value = serde_json::from_str(ONE_VERSION).unwrap();
    let mut needless = Vec::new();
    for line in OTHER_VERSIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [kind, path, _versions] = line.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        let mut place = &mut types[kind];
        let mut is_new = false;
        for step in path.split('.') {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            is_new = place.get(step).is_none();
            place = &mut place[step];
        }
        if !is_new {
            needless.push(format!("{kind}.{path} need not be listed as an argument of other versions"));
        }
    }
    (types, needless)
}

/// What is wrong with the mappings of one type.
struct Walk {
    kind: &'static str,
    wrong: Vec<String>,
}

impl Walk {
    /// The argument below a place, which is named by `path`. None where there is no such, which is noted.
    fn step<'s>(&mut self, place: &'s Value, path: &str, name: &str) -> Option<&'s Value> {
        let found = match place {
            // Deeper than the schema was followed.
            Value::Null => Some(place),
            _ if name.is_empty() => Some(place),
            _ => place.get(name).or_else(|| place.get("*")),
        };
        if found.is_none() {
            self.wrong.push(format!("{} has no argument {path}{name}", self.kind));
        }
        found
    }

    fn rules(&mut self, place: &Value, path: &str, rules: &[Rule]) {
        for rule in rules {
            self.rule(place, path, rule);
        }
    }

    fn rule(&mut self, place: &Value, path: &str, rule: &Rule) {
        match rule {
            Take(name, _) | With(name, _, _) => {
                self.step(place, path, name);
            }
            One(name, _, inner) | List(name, _, inner) => {
                let dot = if name.is_empty() { "" } else { "." };
                if let Some(block) = self.step(place, path, name) {
                    self.rules(block, &format!("{path}{name}{dot}"), inner);
                }
            }
            Is(..) => {}
            From(names, ..) => {
                for name in *names {
                    self.step(place, path, name);
                }
            }
            Unless(name, inner) => {
                self.step(place, path, name);
                self.rule(place, path, inner);
            }
        }
    }

    fn mapping(&mut self, mapping: &Mapping, arguments: &Value) {
        if let Some((name, _)) = mapping.condition {
            self.step(arguments, "", name);
        }
        let mut place = arguments;
        let mut path = String::new();
        match &mapping.shape {
            Shape::Own(_) => {}
            Shape::Part { by, .. } => {
                for name in by.split(' ') {
                    self.step(arguments, "", name);
                }
            }
            Shape::Each { block, .. } => {
                for name in block.split('.') {
                    let Some(inner) = self.step(place, &path, name) else { return };
                    place = inner;
                    path.push_str(&format!("{name}."));
                }
            }
        }
        if let Some(name) = mapping.name {
            self.step(place, &path, name);
        }
        self.rules(place, &path, mapping.rules);
    }
}

#[test]
fn mappings_name_what_the_provider_has() {
    let (types, mut wrong) = arguments();
    for mapping in FAMILIES.iter().copied().copied().flatten() {
        match types.get(mapping.terraform) {
            Some(arguments) => {
                let mut walk = Walk { kind: mapping.terraform, wrong: Vec::new() };
                walk.mapping(mapping, arguments);
                wrong.append(&mut walk.wrong);
            }
            None => wrong.push(format!("the provider has no {}", mapping.terraform)),
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "after a new type, run `cargo xtask provider-schema`\n{}", wrong.join("\n"));
}
