//! Waivers: findings that are accepted, with a reason.

use std::collections::{BTreeMap, HashMap};

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use model::{Inventory, Node, Outcome, Resource, ResourceId, Value};
use serde::{Deserialize, Serialize};

use crate::config::day;
use crate::{Check, Finding};

/// A finding, or a kind of finding, that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// A check's id, or a pattern: `ec2_*`.
    pub check: String,
    /// Which resources it covers.
    pub scope: WaiverScope,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day it holds, as written: `2027-01-31`.
    pub until: Option<String>,
    /// Where it stands: `pilaster.toml:12`, `shop.yaml:80`.
    pub place: String,
}

/// Which resources a waiver covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverScope {
    /// The one it is written on.
    Resource(ResourceId),
    /// Those that fit, or all where nothing is said.
    Pattern {
        /// A pattern for the id, the name or the ARN.
        resource: Option<String>,
        /// A tag: `Environment=sandbox`, or a key alone.
        tag: Option<String>,
    },
}

/// A waiver that does not do what its author thinks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverProblem {
    /// Where it stands.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl WaiverProblem {
    /// What it is sorted by: lines as numbers, so that 9 comes before 10.
    fn order(&self) -> (&str, u32, &str) {
        let line = self.place.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        let (file, line) = line.unwrap_or((&self.place, 0));
        (file, line, &self.message)
    }
}

/// The waivers of a run.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    /// All of them, whether they hold or not; findings name them by index.
    pub all: Vec<Waiver>,
    /// What is wrong with some, sorted.
    pub problems: Vec<WaiverProblem>,
}

impl Waivers {
    /// Those of the configuration and those written on resources, under `Metadata.pilaster.waive`.
    pub fn collect(configured: &[Waiver], inventory: &Inventory) -> Self {
        let mut waivers = Self { all: configured.to_vec(), problems: Vec::new() };
        for (number, resource) in inventory.resources.iter().enumerate() {
            let Some(node) =
                resource.attributes.get("Metadata").and_then(|m| m.get("pilaster")).and_then(|p| p.get("waive"))
            else {
                continue;
            };
            let entries = match &node.value {
                Value::List(items) => items.as_slice(),
                _ => std::slice::from_ref(node),
            };
            for entry in entries {
                waivers.read(entry, ResourceId(number as u32), inventory);
            }
        }
        waivers
    }

    fn read(&mut self, entry: &Node, resource: ResourceId, inventory: &Inventory) {
        let place = inventory.place(entry.origin);
        let Value::Map(fields) = &entry.value else {
            let message = "a waiver is a map with check, reason and until".to_owned();
            self.problems.push(WaiverProblem { place, message });
            return;
        };
        let text = |key: &str| match fields.get(key).map(|node| &node.value) {
            Some(Value::Text(text) | Value::Number(text)) => Some(text.to_string()),
            _ => None,
        };
        let waiver = Waiver {
            check: text("check").unwrap_or_default(),
            scope: WaiverScope::Resource(resource),
            reason: text("reason").unwrap_or_default(),
            owner: text("owner"),
            until: text("until"),
            place: place.clone(),
        };
        for key in fields.keys().filter(|key| !["check", "reason", "owner", "until"].contains(&key.as_str())) {
            self.problems.push(WaiverProblem {
                place: place.clone(),
                message: format!("a waiver has no {key}; it has check, reason, owner and until"),
            });
        }
        self.all.push(waiver);
    }

    /// Marks the findings that are waived, and notes which waivers are wrong, expired or of no use.
    ///
    /// `suggest` knows the nearest id of a check to one that does not exist.
    pub fn apply(
        &mut self,
        findings: &mut [Finding],
        checks: &[&'static Check],
        inventory: &Inventory,
        today: Date,
        known: impl Fn(&str) -> bool,
        suggest: impl Fn(&str) -> Option<String>,
    ) {
        // Most waivers stand on one resource: only its findings are looked at.
        let mut by_resource: HashMap<ResourceId, Vec<usize>> = HashMap::new();
        for (number, finding) in findings.iter().enumerate() {
            by_resource.entry(finding.resource).or_default().push(number);
        }
        let everything: Vec<usize> = (0..findings.len()).collect();
        // One that is written on a module stands on every resource in it, and need not be of use for each.
        let mut useless: BTreeMap<(String, String), bool> = BTreeMap::new();
        for number in 0..self.all.len() {
            let Some(waiver) = self.all.get(number).cloned() else { continue };
            match usable(&waiver, today, &known, &suggest) {
                Err(message) => self.problems.push(WaiverProblem { place: waiver.place, message }),
                Ok(matcher) => {
                    let mut used = false;
                    let candidates = match matcher.only {
                        Some(only) => by_resource.get(&only).map_or(&[][..], Vec::as_slice),
                        None => &everything,
                    };
                    for candidate in candidates {
                        let Some(finding) = findings.get_mut(*candidate) else { continue };
                        let id = checks.get(finding.check as usize).map_or("", |check| check.id);
                        if matches!(finding.outcome, Outcome::Fail | Outcome::Unknown)
                            && matcher.check.is_match(id)
                            && matcher.covers(finding.resource, inventory.resource(finding.resource))
                        {
                            used = true;
                            finding.waiver.get_or_insert(number as u32);
                        }
                    }
                    *useless.entry((waiver.place, waiver.check)).or_insert(true) &= !used;
                }
            }
        }
        let useless = useless.into_iter().filter(|(_, useless)| *useless);
        self.problems.extend(useless.map(|((place, check), _)| {
            let message = format!("the waiver of {check} matches no finding; remove it");
            WaiverProblem { place, message }
        }));
        self.problems.sort_by(|a, b| a.order().cmp(&b.order()));
        self.problems.dedup();
    }
}

struct Matcher {
    check: GlobMatcher,
    only: Option<ResourceId>,
    resource: Option<GlobMatcher>,
    tag: Option<(String, Option<String>)>,
}

impl Matcher {
    fn covers(&self, id: ResourceId, resource: &Resource) -> bool {
        if self.only.is_some_and(|only| only != id) {
            return false;
        }
        let names = [Some(&resource.id), resource.name.as_ref(), resource.arn.as_ref()];
        if let Some(pattern) = &self.resource
            && !names.into_iter().flatten().any(|name| pattern.is_match(name))
        {
            return false;
        }
        match &self.tag {
            Some((key, value)) => has_tag(resource, key, value.as_deref()),
            None => true,
        }
    }
}

fn usable(
    waiver: &Waiver,
    today: Date,
    known: impl Fn(&str) -> bool,
    suggest: impl Fn(&str) -> Option<String>,
) -> Result<Matcher, String> {
    if waiver.check.is_empty() {
        return Err("a waiver names a check".to_owned());
    }
    let is_pattern = waiver.check.contains(['*', '?', '[', '{']);
    if !is_pattern && !known(&waiver.check) {
        let hint = suggest(&waiver.check).map(|id| format!("; did you mean {id}?")).unwrap_or_default();
        return Err(format!("the waiver names {}, which is no check{hint}", waiver.check));
    }
    if waiver.reason.trim().is_empty() {
        return Err(format!("the waiver of {} gives no reason and has no effect", waiver.check));
    }
    if let Some(until) = &waiver.until {
        match day(until) {
            None => {
                return Err(format!(
                    "the waiver of {} ends on {until}, which is no date like 2027-01-31",
                    waiver.check
                ));
            }
            Some(last) if last < today => {
                return Err(format!("the waiver of {} expired on {last} and has no effect", waiver.check));
            }
            Some(_) => {}
        }
    }
    let glob = |pattern: &str| {
        Glob::new(pattern)
            .map(|glob| glob.compile_matcher())
            .map_err(|error| format!("the waiver's pattern {pattern} cannot be used: {error}"))
    };
    let (only, resource, tag) = match &waiver.scope {
        WaiverScope::Resource(id) => (Some(*id), None, None),
        WaiverScope::Pattern { resource, tag } => (
            None,
            resource.as_deref().map(glob).transpose()?,
            tag.as_ref().map(|tag| match tag.split_once('=') {
                Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
                None => (tag.clone(), None),
            }),
        ),
    };
    Ok(Matcher { check: glob(&waiver.check)?, only, resource, tag })
}

fn has_tag(resource: &Resource, key: &str, value: Option<&str>) -> bool {
    let fits = |node: Option<&Node>| match (value, node.map(|n| &n.value)) {
        (None, Some(_)) => true,
        (Some(wanted), Some(Value::Text(text) | Value::Number(text))) => **text == *wanted,
        _ => false,
    };
    match resource.properties.get("Tags").map(|tags| &tags.value) {
        Some(Value::List(tags)) => tags.iter().any(|tag| {
            matches!(tag.get("Key").map(|k| &k.value), Some(Value::Text(text)) if **text == *key)
                && fits(tag.get("Value"))
        }),
        Some(Value::Map(tags)) => tags.contains_key(key) && fits(tags.get(key)),
        _ => false,
    }
}
