//! The files themselves, read as a stream: what is not asked for is never held.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::configuration::Configuration;

/// A plan or a state, as `terraform show -json` writes them, or the file a state is kept in.
#[derive(Deserialize)]
pub(crate) struct Document {
    /// Of plans and states that were shown.
    pub(crate) format_version: Option<String>,
    /// Of the file a state is kept in.
    pub(crate) version: Option<u64>,
    #[serde(default)]
    pub(crate) errored: bool,
    pub(crate) complete: Option<bool>,
    #[serde(default)]
    pub(crate) variables: HashMap<String, Variable>,
    #[serde(default, deserialize_with = "changes")]
    pub(crate) resource_changes: Vec<Change>,
    pub(crate) configuration: Option<Configuration>,
    pub(crate) planned_values: Option<IgnoredAny>,
    pub(crate) prior_state: Option<PriorState>,
    pub(crate) values: Option<StateValues>,
    #[serde(default)]
    pub(crate) resources: Vec<KeptResource>,
}

/// The value of a variable of the root module.
#[derive(Deserialize)]
pub(crate) struct Variable {
    #[serde(default)]
    pub(crate) value: Json,
}

/// What happens to one instance.
#[derive(Deserialize)]
pub(crate) struct Change {
    pub(crate) address: String,
    /// Where it was until now, where it moves.
    pub(crate) previous_address: Option<String>,
    #[serde(default)]
    pub(crate) module_address: String,
    #[serde(default)]
    pub(crate) mode: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Of an instance that is left over from a replacement that failed.
    pub(crate) deposed: Option<IgnoredAny>,
    pub(crate) change: Values,
}

/// What an instance will be. The texts are parsed when it is their turn.
#[derive(Deserialize)]
pub(crate) struct Values {
    pub(crate) after: Option<Box<RawValue>>,
    pub(crate) after_unknown: Option<Box<RawValue>>,
    pub(crate) after_sensitive: Option<Box<RawValue>>,
}

impl Values {
    /// Whether there is such an attribute, known or not.
    pub(crate) fn speak_of(&self, attribute: &str) -> bool {
        let key = format!("\"{attribute}\"");
        [&self.after, &self.after_unknown].into_iter().flatten().any(|raw| raw.get().contains(&key))
    }
}

impl Change {
    /// The data source that writes policies, where it is read only on apply.
    pub(crate) fn is_policy_document(&self) -> bool {
        self.mode == "data" && self.kind == "aws_iam_policy_document"
    }
}

/// Changes but for those that leave nothing behind.
fn changes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Change>, D::Error> {
    struct Changes;
    impl<'de> Visitor<'de> for Changes {
        type Value = Vec<Change>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of changes")
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut kept = Vec::new();
            while let Some(change) = list.next_element::<Change>()? {
                let is_wanted = change.mode != "data" || change.is_policy_document();
                if is_wanted && change.deposed.is_none() && change.change.after.is_some() {
                    kept.push(change);
                }
            }
            Ok(kept)
        }
    }
    deserializer.deserialize_any(Changes)
}

/// What was there before: of a plan, only what its data sources tell of where everything goes.
#[derive(Deserialize)]
pub(crate) struct PriorState {
    #[serde(default)]
    values: PriorValues,
}

#[derive(Deserialize, Default)]
struct PriorValues {
    #[serde(default)]
    root_module: PriorModule,
}

#[derive(Deserialize, Default)]
struct PriorModule {
    #[serde(default, deserialize_with = "told")]
    resources: Vec<Told>,
    #[serde(default)]
    child_modules: Vec<PriorModule>,
}

impl PriorState {
    pub(crate) fn told(self) -> Vec<Told> {
        let mut modules = vec![self.values.root_module];
        let mut told = Vec::new();
        while let Some(module) = modules.pop() {
            told.extend(module.resources);
            modules.extend(module.child_modules);
        }
        told
    }
}

/// What a data source tells of where everything goes.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) address: String,
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

impl Told {
    pub(crate) fn of(address: &str, kind: &str, values: &RawValue) -> Option<Self> {
        let names: &[&str] = match kind {
            "aws_caller_identity" => &["account_id"],
            "aws_region" => &["region", "name"],
            _ => return None,
        };
        let values: HashMap<String, Json> = serde_json::from_str(values.get()).ok()?;
        let text = names.iter().find_map(|name| values.get(*name).and_then(Json::as_str))?.to_owned();
        let (account, region) = if kind == "aws_region" { (None, Some(text)) } else { (Some(text), None) };
        Some(Self { address: address.to_owned(), account, region })
    }
}

fn told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Told>, D::Error> {
    struct Resources;
    impl<'de> Visitor<'de> for Resources {
        type Value = Vec<Told>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of resources")
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut kept = Vec::new();
            while let Some(resource) = list.next_element::<StateResource>()? {
                if let (true, Some(values)) = (resource.mode == "data", &resource.values) {
                    kept.extend(Told::of(&resource.address, &resource.kind, values));
                }
            }
            Ok(kept)
        }
    }
    deserializer.deserialize_any(Resources)
}

/// The values of a state.
#[derive(Deserialize)]
pub(crate) struct StateValues {
    #[serde(default)]
    pub(crate) root_module: StateModule,
}

#[derive(Deserialize, Default)]
pub(crate) struct StateModule {
    #[serde(default)]
    pub(crate) resources: Vec<StateResource>,
    #[serde(default)]
    pub(crate) child_modules: Vec<StateModule>,
}

#[derive(Deserialize)]
pub(crate) struct StateResource {
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) mode: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) deposed_key: Option<IgnoredAny>,
    pub(crate) values: Option<Box<RawValue>>,
    pub(crate) sensitive_values: Option<Box<RawValue>>,
    /// Addresses of blocks, without keys.
    #[serde(default)]
    pub(crate) depends_on: Vec<String>,
}

/// A resource in the file a state is kept in.
#[derive(Deserialize)]
pub(crate) struct KeptResource {
    #[serde(default)]
    pub(crate) module: String,
    #[serde(default)]
    pub(crate) mode: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) instances: Vec<KeptInstance>,
}

#[derive(Deserialize)]
pub(crate) struct KeptInstance {
    #[serde(default)]
    pub(crate) index_key: Json,
    pub(crate) deposed: Option<IgnoredAny>,
    pub(crate) attributes: Option<Box<RawValue>>,
    /// Paths: lists of steps.
    #[serde(default)]
    pub(crate) sensitive_attributes: Vec<Json>,
    /// Addresses of blocks, without keys.
    #[serde(default)]
    pub(crate) dependencies: Vec<String>,
}
