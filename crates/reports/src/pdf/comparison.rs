//! What a report of what changed prints.

use assessment::{Assessment, Change, ChangeKind, Comparison};
use model::{Inventory, Outcome, ResourceId};
use serde::Serialize;

use super::Edition;
use super::breaks::{printed, printed_name};
use super::findings::share;
use super::head::Head;
use crate::comparison::{
    below, counts, groups, moved, note, only, place, resources, score, signed, subject, title, waterfall,
};
use crate::{Options, charts, rows, words};

/// Beyond so many, changes are counted: the workbook has all.
const LISTED: usize = 2_500;
/// Likewise on few pages, by check.
const LISTED_BY_EXECUTIVE: usize = 3;
/// So many checks of a kind stand on few pages.
const CHECKS_OF_EXECUTIVE: usize = 12;
/// Beyond so many, resources are counted.
const NAMED: usize = 300;

/// All of a report.
#[derive(Serialize)]
pub(super) struct Report {
    #[serde(flatten)]
    head: Head,
    days: (String, String),
    still_failing: u32,
    /// What makes the two hard to compare.
    differences: Vec<(&'static str, Vec<Side>)>,
    /// A kind, how many there are, and what they are called.
    counts: Vec<(&'static str, usize, String)>,
    /// A fact of both.
    sides: Vec<(&'static str, String, String)>,
    pillars: Vec<Pillar>,
    changes: Vec<Section>,
    below: Option<String>,
    resources: Option<String>,
    appeared: Names,
    gone: Names,
    renamed: Vec<(String, String)>,
    renamed_more: usize,
}

/// What only one of the two has.
#[derive(Serialize)]
struct Side {
    label: &'static str,
    entries: Vec<String>,
    more: usize,
}

#[derive(Serialize)]
struct Pillar {
    name: &'static str,
    before: String,
    after: String,
    change: Option<String>,
    moved: String,
    waterfall: Option<String>,
}

/// The changes of a kind.
#[derive(Serialize)]
struct Section {
    kind: &'static str,
    title: &'static str,
    total: usize,
    checks: Vec<Check>,
    more: usize,
}

#[derive(Serialize)]
struct Check {
    id: String,
    claim: String,
    severity: &'static str,
    rows: Vec<Row>,
    more: usize,
}

#[derive(Serialize)]
struct Row {
    kind: String,
    name: String,
    place: String,
    note: String,
    evidence: Vec<String>,
}

/// Resources by name.
#[derive(Serialize)]
struct Names {
    names: Vec<(String, String)>,
    more: usize,
}

pub(super) fn report(comparison: &Comparison<'_>, options: &Options, edition: Edition) -> Report {
    let (before, after) = (comparison.before, comparison.after);
    let below = below(comparison, options);
    let named = match edition {
        Edition::Executive => 0,
        Edition::Full => NAMED,
    };
    let renamed = comparison.moved.iter().take(named).map(|(old, new)| {
        (printed_name(&before.inventory.resource(*old).id), printed_name(&after.inventory.resource(*new).id))
    });
    Report {
        head: Head::new(after, edition),
        days: (before.today.to_string(), after.today.to_string()),
        still_failing: comparison.still_failing,
        differences: comparison.differences.iter().map(|one| (subject(one.scope), sides_of(one))).collect(),
        counts: counts(comparison).into_iter().map(|(kind, words)| counted(comparison, kind, &words)).collect(),
        sides: sides(before, after),
        pillars: comparison.pillars.iter().map(pillar).collect(),
        changes: changes(comparison, options, edition),
        below: match (below, options.min_severity) {
            (1.., Some(least)) => Some(format!("{} below {least} not listed.", words::count(below, "change"))),
            _ => None,
        },
        resources: resources(comparison),
        appeared: names(&after.inventory, &comparison.appeared, named),
        gone: names(&before.inventory, &comparison.gone, named),
        renamed: renamed.collect(),
        renamed_more: comparison.moved.len().saturating_sub(named),
    }
}

/// `3 new` as its number and its noun.
fn counted(comparison: &Comparison<'_>, kind: ChangeKind, words: &str) -> (&'static str, usize, String) {
    let noun = words.split_once(' ').map_or(words, |(_, noun)| noun);
    (kind.id(), comparison.count(kind), noun.to_owned())
}

fn sides_of(difference: &assessment::Difference) -> Vec<Side> {
    let side = |(label, entries, more): (&'static str, &[String], usize)| Side {
        label,
        entries: entries.iter().map(|entry| printed_name(entry)).collect(),
        more,
    };
    only(difference, false).into_iter().map(side).collect()
}

fn sides(before: &Assessment, after: &Assessment) -> Vec<(&'static str, String, String)> {
    let of = |one: &Assessment| {
        let tally = one.tally();
        [
            ("Day", one.today.to_string()),
            ("Pilaster", one.version.clone()),
            ("What was assessed", rows::subject(one)),
            ("Region", one.target.region.clone().unwrap_or_default()),
            ("Read", rows::sources(one).join(", ")),
            ("Resources", one.resources().to_string()),
            ("Checks", one.checks.len().to_string()),
            ("Not assessed", words::count(one.inventory.gaps.len(), "gap")),
            ("Failed", tally.failed.to_string()),
            ("Unknown", tally.unknown.to_string()),
            ("Waived", tally.waived.to_string()),
        ]
    };
    let both = of(before).into_iter().zip(of(after));
    let said = both.filter(|((_, was), (_, is))| !(was.is_empty() && is.is_empty()));
    said.map(|((label, was), (_, is))| (label, printed(&was), printed(&is))).collect()
}

fn pillar(change: &assessment::PillarChange) -> Pillar {
    Pillar {
        name: change.pillar.name(),
        before: score(change.before, "–"),
        after: score(change.after, "–"),
        change: change.change().map(signed),
        moved: moved(change),
        waterfall: waterfall(change).map(|waterfall| charts::waterfall(&waterfall)),
    }
}

fn changes(comparison: &Comparison<'_>, options: &Options, edition: Edition) -> Vec<Section> {
    let kinds: Vec<_> = ChangeKind::ALL.into_iter().map(|kind| (kind, groups(comparison, options, kind))).collect();
    let lengths = kinds.iter().flat_map(|(_, groups)| groups).map(|group| group.changes.len()).collect();
    let (checks, most) = match edition {
        Edition::Executive => (CHECKS_OF_EXECUTIVE, LISTED_BY_EXECUTIVE),
        Edition::Full => (usize::MAX, share(lengths, LISTED)),
    };
    let check = |group: &crate::comparison::Group<'_, '_>| Check {
        id: printed(&group.check.id),
        claim: printed(&group.check.claim),
        severity: group.check.severity.id(),
        rows: group.changes.iter().take(most).map(|change| row(comparison, edition, change)).collect(),
        more: group.changes.len().saturating_sub(most),
    };
    let listed = kinds.iter().filter(|(kind, groups)| !groups.is_empty() && edition.lists(*kind));
    listed
        .map(|(kind, groups)| Section {
            kind: kind.id(),
            title: title(*kind),
            total: crate::comparison::total(groups),
            checks: groups.iter().take(checks).map(check).collect(),
            more: groups.len().saturating_sub(checks),
        })
        .collect()
}

impl Edition {
    /// Decisions need what got worse; the rest is counted.
    fn lists(self, kind: ChangeKind) -> bool {
        let worse = [ChangeKind::New, ChangeKind::Reopened, ChangeKind::Unwaived, ChangeKind::Unknown];
        self == Edition::Full || worse.contains(&kind)
    }
}

fn row(comparison: &Comparison<'_>, edition: Edition, change: &Change) -> Row {
    let (place, resource) = place(comparison, change);
    let finding = comparison.finding(change);
    // What holds now needs no proof on paper.
    let evidence = if finding.outcome == Outcome::Pass { &[] } else { finding.evidence.as_slice() };
    Row {
        kind: printed(&resource.kind),
        name: printed_name(&resource.id),
        place: printed_name(&place),
        note: printed(&note(comparison, change)),
        evidence: evidence.iter().map(|e| edition.printed(&words::statement(e))).collect(),
    }
}

fn names(inventory: &Inventory, ids: &[ResourceId], most: usize) -> Names {
    let name = |id: &ResourceId| {
        let resource = inventory.resource(*id);
        (printed(&resource.kind), printed_name(&resource.id))
    };
    Names { names: ids.iter().take(most).map(name).collect(), more: ids.len().saturating_sub(most) }
}
