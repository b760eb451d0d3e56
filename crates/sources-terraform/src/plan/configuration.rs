//! The configuration a plan carries: which expressions stand where, though not what they say.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;

#[derive(Deserialize, Default)]
pub(crate) struct Configuration {
    #[serde(default)]
    pub(crate) provider_config: HashMap<String, Provider>,
    #[serde(default)]
    pub(crate) root_module: Module,
}

#[derive(Deserialize)]
pub(crate) struct Provider {
    #[serde(default)]
    pub(crate) module_address: String,
    #[serde(default)]
    pub(crate) expressions: HashMap<String, Expr>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Module {
    #[serde(default, deserialize_with = "by_address")]
    pub(crate) resources: HashMap<String, Declaration>,
    #[serde(default)]
    pub(crate) module_calls: HashMap<String, Call>,
    #[serde(default)]
    pub(crate) outputs: HashMap<String, Output>,
    #[serde(default)]
    pub(crate) variables: HashMap<String, VariableBlock>,
}

#[derive(Deserialize)]
pub(crate) struct Declaration {
    address: String,
    #[serde(default)]
    pub(crate) provider_config_key: String,
    /// Parsed when it is its turn.
    pub(crate) expressions: Option<Box<RawValue>>,
    pub(crate) for_each_expression: Option<Expr>,
}

#[derive(Deserialize)]
pub(crate) struct Call {
    #[serde(default)]
    pub(crate) expressions: HashMap<String, Expr>,
    pub(crate) for_each_expression: Option<Expr>,
    #[serde(default)]
    pub(crate) module: Module,
}

#[derive(Deserialize)]
pub(crate) struct Output {
    pub(crate) expression: Option<Expr>,
}

#[derive(Deserialize)]
pub(crate) struct VariableBlock {
    #[serde(default)]
    pub(crate) sensitive: bool,
}

fn by_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, Declaration>, D::Error> {
    let list = Vec::<Declaration>::deserialize(deserializer)?;
    Ok(list.into_iter().map(|one| (one.address.clone(), one)).collect())
}

/// What a plan tells of an argument or a nested block.
#[derive(Debug)]
pub(crate) enum Expr {
    /// A literal.
    Constant(Json),
    /// An expression that refers to these, every longer reference before its beginnings.
    References(Vec<Box<str>>),
    /// Nested blocks by the arguments in them, or a single one.
    Block(HashMap<String, Expr>),
    Blocks(Vec<Expr>),
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::of)
    }
}

impl Expr {
    fn of(json: Json) -> Self {
        match json {
            Json::Array(items) => Self::Blocks(items.into_iter().map(Self::of).collect()),
            Json::Object(mut entries) => {
                if entries.len() == 1
                    && let Some(constant) = entries.remove("constant_value")
                {
                    return Self::Constant(constant);
                }
                if let (1, Some(Json::Array(list))) = (entries.len(), entries.get("references")) {
                    let texts = list.iter().filter_map(Json::as_str);
                    return Self::References(texts.map(Into::into).collect());
                }
                match entries.is_empty() {
                    true => Self::References(Vec::new()),
                    false => Self::Block(entries.into_iter().map(|(key, json)| (key, Self::of(json))).collect()),
                }
            }
            other => Self::Constant(other),
        }
    }
}

/// References without those that are the beginning of another, and each once.
pub(crate) fn longest(references: &[Box<str>]) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for reference in references {
        let is_beginning = |other: &str| match other.strip_prefix(&**reference) {
            Some(rest) => rest.is_empty() || rest.starts_with(['.', '[']),
            None => false,
        };
        if !kept.iter().any(|other| is_beginning(other)) {
            kept.push(reference);
        }
    }
    kept
}

/// A step of an address or a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Name(&'a str),
    /// With its brackets: `[0]`, `["eu"]`.
    Key(&'a str),
}

/// `module.logs["eu"].bucket` in steps.
pub(crate) fn steps(text: &str) -> Vec<Step<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if rest.starts_with('[') {
            let end = end_of_key(rest);
            let (key, after) = rest.split_at(end);
            found.push(Step::Key(key));
            rest = after;
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let (name, after) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
            if !name.is_empty() {
                found.push(Step::Name(name));
            } else if after.starts_with('.') {
                rest = after.get(1..).unwrap_or_default();
                continue;
            }
            rest = after;
        }
    }
    found
}

/// Where a key in brackets ends. In quotes brackets mean nothing.
fn end_of_key(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (place, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ']' if !quoted => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// Steps as text again.
pub(crate) fn joined(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Key(key) => text.push_str(key),
        }
    }
    text
}
