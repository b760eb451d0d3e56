//! Baselines: what an earlier assessment found already.

use std::collections::HashMap;

use model::{Inventory, Resource};
use serde::Deserialize;
use thiserror::Error;

use crate::{Check, Finding, Status, identity_path};

/// What a known finding is recognised by. Never by a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaselineKey {
    /// `fail` or `unknown`: what was unknown and now fails is new.
    pub status: Status,
    /// The check's id.
    pub check: String,
    /// Type, id, account and region of the resource.
    pub resource: (String, String, String, String),
    /// The property, without positions in lists.
    pub path: String,
}

/// How often each key occurred. One more than before is new.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    counts: HashMap<BaselineKey, usize>,
}

/// Why a baseline cannot be used.
#[derive(Debug, Error)]
#[error("the baseline is no assessment in JSON as `pilaster assess --format json` writes it")]
pub struct BaselineError(#[from] serde_json::Error);

#[derive(Deserialize)]
struct File {
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    check: String,
    status: Status,
    resource: Identity,
    #[serde(default)]
    evidence: Vec<Place>,
}

#[derive(Deserialize)]
struct Identity {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    region: String,
}

#[derive(Deserialize)]
struct Place {
    path: String,
}

impl Baseline {
    /// Reads the JSON of an earlier assessment.
    ///
    /// # Errors
    /// When the text is no such JSON.
    pub fn from_json(text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text)?;
        let mut baseline = Self::default();
        for entry in file.findings {
            let Identity { kind, id, account, region } = entry.resource;
            let resource = (kind, id, account, region);
            let paths = entry.evidence.iter().map(|place| place.path.as_str());
            baseline.add(keys(entry.status, &entry.check, &resource, paths));
        }
        Ok(baseline)
    }

    /// Takes the findings of an earlier assessment.
    pub fn from_findings<'a>(findings: impl IntoIterator<Item = (&'a Finding, &'a str, &'a Resource)>) -> Self {
        let mut baseline = Self::default();
        for (finding, check, resource) in findings {
            baseline.add(keys_of(finding, check, resource));
        }
        baseline
    }

    fn add(&mut self, keys: Vec<BaselineKey>) {
        for key in keys {
            *self.counts.entry(key).or_default() += 1;
        }
    }

    /// Marks the findings that the baseline has: each of their places occurs there at least as often.
    pub fn apply(&self, findings: &mut [Finding], checks: &[&'static Check], inventory: &Inventory) {
        let mut left = self.counts.clone();
        for finding in findings {
            let check = checks.get(finding.check as usize).map_or("", |check| check.id);
            let keys = keys_of(finding, check, inventory.resource(finding.resource));
            if keys.is_empty() {
                continue;
            }
            let mut known = true;
            for key in keys {
                match left.get_mut(&key) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => known = false,
                }
            }
            finding.known = known;
        }
    }
}

fn keys_of(finding: &Finding, check: &str, resource: &Resource) -> Vec<BaselineKey> {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let identity = (resource.kind.clone(), resource.id.clone(), part(&resource.account), part(&resource.region));
    keys(finding.status(), check, &identity, finding.evidence.iter().map(|evidence| evidence.path.as_str()))
}

fn keys<'a>(
    status: Status,
    check: &str,
    resource: &(String, String, String, String),
    paths: impl Iterator<Item = &'a str>,
) -> Vec<BaselineKey> {
    // A waiver that lapses brings its finding back, and a pass is nothing to know of.
    if !matches!(status, Status::Fail | Status::Unknown) {
        return Vec::new();
    }
    let mut paths: Vec<String> = paths.map(identity_path).collect();
    if paths.is_empty() {
        paths.push(String::new());
    }
    let key = |path| BaselineKey { status, check: check.to_owned(), resource: resource.clone(), path };
    paths.into_iter().map(key).collect()
}
