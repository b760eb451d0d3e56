//! What makes two assessments hard to compare.

use std::collections::{BTreeSet, HashMap};

use model::{Gap, Medium};

use crate::Assessment;

/// Something that was not the same, apart from what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub scope: Scope,
    /// What only the earlier assessment has, sorted.
    pub before: Vec<String>,
    /// What only the later assessment has, sorted.
    pub after: Vec<String>,
}

/// What of a run may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The later assessment is the earlier one by its date.
    Date,
    /// The version of the program.
    Version,
    /// Code, or a running account.
    Source,
    /// Accounts read or assumed.
    Accounts,
    /// Regions read or assumed.
    Regions,
    /// Paths given.
    Paths,
    /// Parameters that were given a value.
    Parameters,
    /// What could not be read.
    Gaps,
    /// Checks that ran.
    Checks,
    /// How much checks matter: `s3_bucket_versioning low`.
    Severities,
}

impl Scope {
    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Date => "date",
            Scope::Version => "version",
            Scope::Source => "source",
            Scope::Accounts => "accounts",
            Scope::Regions => "regions",
            Scope::Paths => "paths",
            Scope::Parameters => "parameters",
            Scope::Gaps => "gaps",
            Scope::Checks => "checks",
            Scope::Severities => "severities",
        }
    }
}

pub(super) fn differences(before: &Assessment, after: &Assessment) -> Vec<Difference> {
    let mut differences = Vec::new();
    if before.today > after.today {
        let (before, after) = (vec![before.today.to_string()], vec![after.today.to_string()]);
        differences.push(Difference { scope: Scope::Date, before, after });
    }
    for (scope, of) in OF_ONE {
        let (old, new) = (of(before), of(after));
        let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect();
        // What read no resource was of no source.
        let says_nothing = scope == Scope::Source && (old.is_empty() || new.is_empty());
        if old != new && !says_nothing {
            differences.push(Difference { scope, before: only(&old, &new), after: only(&new, &old) });
        }
    }
    let theirs: HashMap<&str, _> = after.checks.iter().map(|check| (check.id.as_str(), check.severity)).collect();
    let changed = before.checks.iter().filter_map(|check| {
        let now = *theirs.get(check.id.as_str())?;
        (now != check.severity).then(|| (format!("{} {}", check.id, check.severity), format!("{} {now}", check.id)))
    });
    let (before, after): (Vec<String>, Vec<String>) = changed.unzip();
    if !before.is_empty() {
        differences.push(Difference { scope: Scope::Severities, before, after });
    }
    differences
}

/// What an assessment has of it.
type Of = fn(&Assessment) -> BTreeSet<String>;

/// What is compared as a set.
const OF_ONE: [(Scope, Of); 8] = [
    (Scope::Version, |one| BTreeSet::from([one.version.clone()])),
    (Scope::Source, |one| {
        let word = |medium| match medium {
            Medium::Code => "code".to_owned(),
            Medium::Account => "account".to_owned(),
        };
        one.inventory.resources.iter().map(|resource| word(resource.medium)).collect()
    }),
    (Scope::Accounts, |one| places(one, "Pilaster::Account", one.target.account.as_ref())),
    (Scope::Regions, |one| places(one, "Pilaster::Region", one.target.region.as_ref())),
    (Scope::Paths, |one| one.target.paths.iter().cloned().collect()),
    (Scope::Parameters, |one| one.target.parameters.iter().cloned().collect()),
    (Scope::Gaps, |one| one.inventory.gaps.iter().map(gap).collect()),
    (Scope::Checks, |one| one.checks.iter().map(|check| check.id.clone()).collect()),
];

fn places(assessment: &Assessment, kind: &str, assumed: Option<&String>) -> BTreeSet<String> {
    let read = assessment.inventory.of_kind(kind).map(|id| assessment.inventory.resource(id).id.clone());
    read.chain(assumed.cloned()).collect()
}

/// A gap without its line: one that moved is the same.
fn gap(gap: &Gap) -> String {
    let Gap { file, service, account, region, call, reason, hides, .. } = gap;
    let mut text = match (file, service, call) {
        (Some(file), ..) => file.clone(),
        (None, Some(service), Some(call)) => format!("{service}:{call}"),
        (None, one, other) => one.clone().or_else(|| other.clone()).unwrap_or_default(),
    };
    let place: Vec<&str> = [account, region].into_iter().flatten().map(String::as_str).collect();
    if !place.is_empty() {
        text = format!("{text} ({})", place.join(", "));
    }
    if !hides.is_empty() {
        text = format!("{text}, may hide {}", hides.join(", "));
    }
    format!("{text}: {reason}")
}
