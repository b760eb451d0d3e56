//! Baselines: what an earlier assessment found already.

use std::collections::HashMap;

use model::{Inventory, Resource};
use serde::Deserialize;
use thiserror::Error;

use crate::{Check, Finding, Status, identity_id, identity_path};

/// What a known finding is recognised by. Never by a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaselineKey {
    /// `fail` or `unknown`: what was unknown and now fails is new.
    pub status: Status,
    /// The check's id.
    pub check: String,
    /// Type, id without positions in lists, account and region of the resource.
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
    let (kind, id, account, region) = resource;
    // A template is called like its file, which may be renamed.
    let id = if kind == "Pilaster::Template" { "".into() } else { identity_id(id) };
    let resource = (kind.clone(), id.into_owned(), account.clone(), region.clone());
    let key = |path| BaselineKey { status, check: check.to_owned(), resource: resource.clone(), path };
    paths.into_iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use framework::Severity;
    use model::{Builder, Medium, Node, Origin, Outcome, Presence, Value};

    use super::*;

    /// Failing findings on resources of these types, ids and files, and the inventory.
    fn failing(resources: &[(&str, &str, &str)]) -> (Vec<Finding>, Inventory) {
        let mut builder = Builder::new();
        let mut findings = Vec::new();
        for (line, (kind, id, file)) in resources.iter().enumerate() {
            let origin = Origin::new(builder.file(*file, ""), line as u32 + 1, 1);
            let resource = Resource {
                kind: (*kind).to_owned(),
                id: (*id).to_owned(),
                name: None,
                arn: None,
                account: None,
                region: None,
                origin,
                presence: Presence::Certain,
                medium: Medium::Code,
                properties: Node::new(Value::Null, origin),
                attributes: Default::default(),
            };
            findings.push(Finding {
                id: crate::finding::fingerprint("", &resource, 0),
                check: 0,
                resource: builder.resource(resource),
                outcome: Outcome::Fail,
                severity: Severity::High,
                evidence: Vec::new(),
                waiver: None,
                known: false,
                saving: None,
            });
        }
        (findings, builder.build())
    }

    /// How many findings are new beside a baseline.
    fn new(before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]) -> usize {
        let (findings, inventory) = failing(before);
        let named = findings.iter().map(|finding| (finding, "", inventory.resource(finding.resource)));
        let baseline = Baseline::from_findings(named);
        let (mut findings, inventory) = failing(after);
        baseline.apply(&mut findings, &[], &inventory);
        findings.iter().filter(|finding| finding.is_new()).count()
    }

    #[test]
    fn findings_are_known_wherever_they_move() {
        let (bucket, template) = ("AWS::S3::Bucket", "Pilaster::Template");
        // Another line in another file, and what is called like the file.
        assert_eq!(
            new(&[(bucket, "Logs", "a"), (template, "a", "a")], &[(template, "b", "b"), (bucket, "Logs", "b")]),
            0
        );
        // The second of a list failed, and now the first does; but not both.
        assert_eq!(new(&[(bucket, "b[1]", "a")], &[(bucket, "b[0]", "a")]), 0);
        assert_eq!(new(&[(bucket, "b[1]", "a")], &[(bucket, "b[0]", "a"), (bucket, "b[1]", "a")]), 1);
        assert_eq!(new(&[(bucket, "b[\"eu-west-1\"]", "a")], &[(bucket, "b[\"eu-west-2\"]", "a")]), 1);
    }

    #[test]
    fn fingerprints_say_nothing_of_places() {
        let id = |file: &str, ids: &[&str]| {
            let all: Vec<(&str, &str, &str)> = ids.iter().map(|id| ("AWS::S3::Bucket", *id, file)).collect();
            let (findings, inventory) = failing(&all);
            let logs = findings.iter().find(|one| inventory.resource(one.resource).id == "Logs");
            logs.expect("it is there").id.clone()
        };
        assert_eq!(id("a.yaml", &["Logs"]), id("b.yaml", &["Images", "Logs"]));
        // Whoever stored one relies on it.
        assert_eq!(id("a.yaml", &["Logs"]), "c13910b2beb3ca0eae96");
    }

    #[test]
    fn ids_without_positions() {
        for (id, expected) in [
            ("a[0].b[12]", "a[].b[]"),
            ("a[\"1\"]", "a[\"1\"]"),
            ("module.m[3].a[\"x[7]\"]", "module.m[].a[\"x[]\"]"),
            ("a[", "a["),
            ("a[]", "a[]"),
        ] {
            assert_eq!(identity_id(id), expected);
        }
    }
}
