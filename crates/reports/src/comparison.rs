//! What changed between two assessments: what its forms have in common.

pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod markdown;

use assessment::{Cause, Change, ChangeKind, CheckResult, Comparison, Difference, Mover, PillarChange, Scope};
use findings::{Finding, Status};
use model::Resource;

use crate::Options;
use crate::charts::{Step, Waterfall};
use crate::safe::safe;
use crate::words::count;

/// Listed changes of one kind and check.
pub(crate) struct Group<'c, 'a> {
    pub(crate) check: &'a CheckResult,
    /// At least one.
    pub(crate) changes: Vec<&'c Change>,
}

/// Whether a change is listed: it matters enough.
pub(crate) fn lists(comparison: &Comparison<'_>, options: &Options, change: &Change) -> bool {
    options.min_severity.is_none_or(|least| comparison.severity(change) >= least)
}

/// The listed changes of a kind by check, the worst first.
pub(crate) fn groups<'c, 'a>(
    comparison: &'c Comparison<'a>,
    options: &Options,
    kind: ChangeKind,
) -> Vec<Group<'c, 'a>> {
    let mut groups: Vec<Group<'c, 'a>> = Vec::new();
    for change in comparison.changes.iter().filter(|c| c.kind == kind && lists(comparison, options, c)) {
        let check = comparison.check(change);
        match groups.last_mut() {
            Some(last) if last.check.id == check.id && last.check.severity == check.severity => {
                last.changes.push(change);
            }
            _ => groups.push(Group { check, changes: vec![change] }),
        }
    }
    groups
}

/// How many changes groups hold.
pub(crate) fn total(groups: &[Group<'_, '_>]) -> usize {
    groups.iter().map(|group| group.changes.len()).sum()
}

/// How a section of changes is called.
pub(crate) fn title(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "New failures",
        ChangeKind::Reopened => "Failing again",
        ChangeKind::Unwaived => "No longer waived",
        ChangeKind::Unknown => "Can no longer be known",
        ChangeKind::Known => "Can be known now",
        ChangeKind::Severity => "Severity changed",
        ChangeKind::Fixed => "Fixed",
        ChangeKind::Waived => "Newly waived",
        ChangeKind::Gone => "Gone, not fixed",
    }
}

/// `3 new, 1 reopened, 2 fixed`.
pub(crate) fn counts(comparison: &Comparison<'_>) -> Vec<(ChangeKind, String)> {
    let shown = numbers(comparison).into_iter();
    shown.map(|(kind, number)| (kind, format!("{number} {}", noun(kind)))).collect()
}

/// How many changes there are of each kind: all that are not none, and always what is new and what is fixed.
pub(crate) fn numbers(comparison: &Comparison<'_>) -> Vec<(ChangeKind, usize)> {
    let all = ChangeKind::ALL.into_iter().map(|kind| (kind, comparison.count(kind)));
    all.filter(|(kind, number)| *number > 0 || matches!(kind, ChangeKind::New | ChangeKind::Fixed)).collect()
}

/// A kind of change behind a number.
pub(crate) const fn noun(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "new",
        ChangeKind::Reopened => "reopened",
        ChangeKind::Unwaived => "no longer waived",
        ChangeKind::Unknown => "no longer known",
        ChangeKind::Known => "now known",
        ChangeKind::Severity => "of another severity",
        ChangeKind::Fixed => "fixed",
        ChangeKind::Waived => "newly waived",
        ChangeKind::Gone => "gone",
    }
}

/// How many changes are not listed because they matter too little.
pub(crate) fn below(comparison: &Comparison<'_>, options: &Options) -> usize {
    comparison.changes.iter().filter(|change| !lists(comparison, options, change)).count()
}

/// What was and is, in a few words: `passed before`, `new resource`. Harmless.
pub(crate) fn note(comparison: &Comparison<'_>, change: &Change) -> String {
    let was = match comparison.status_before(change) {
        Some(Status::Fail) => "failed before",
        Some(Status::Unknown) => "unknown before",
        Some(Status::Waived) => "waived before",
        Some(Status::Pass) => "passed before",
        Some(Status::NotApplicable) => "did not apply before",
        None => "",
    };
    let is = match comparison.status_after(change) {
        Some(Status::Fail) => "fails now",
        Some(Status::Unknown) => "unknown now",
        Some(Status::Waived) => "waived now",
        Some(Status::Pass) => "passes now",
        Some(Status::NotApplicable) => "does not apply now",
        None => "",
    };
    let note = match (change.cause, change.after) {
        (Cause::Verdict, _) => match change.kind {
            ChangeKind::New | ChangeKind::Unknown => was.to_owned(),
            ChangeKind::Reopened => format!("{was}, failed earlier"),
            ChangeKind::Fixed if comparison.status_before(change) == Some(Status::Fail) => is.to_owned(),
            ChangeKind::Severity => {
                let old = comparison.severity_before(change).map_or("", |severity| severity.id());
                format!("{}, was {old}", comparison.severity(change))
            }
            _ => format!("{was}, {is}"),
        },
        (Cause::Resource, Some(_)) => "new resource".to_owned(),
        (Cause::Resource, None) => format!("{was}, resource gone"),
        (Cause::Gap, Some(_)) => "new, or hidden by a gap before".to_owned(),
        (Cause::Gap, None) => format!("{was}, gone or hidden by a gap now"),
        (Cause::Check, Some(_)) => "not checked before".to_owned(),
        (Cause::Check, None) => format!("{was}, no longer checked"),
    };
    match renamed(comparison, change) {
        Some(old) => format!("{note}; was called {}", safe(old)),
        None => note,
    }
}

/// What the resource of a change was called, where that is not what it is called.
fn renamed<'a>(comparison: &Comparison<'a>, change: &Change) -> Option<&'a str> {
    let (before, after) = (change.before?, change.after?);
    let of = |finding: Option<&Finding>| finding.map(|finding| finding.resource);
    let old = comparison.before.inventory.resource(of(comparison.before.findings.get(before as usize))?);
    let new = comparison.after.inventory.resource(of(comparison.after.findings.get(after as usize))?);
    (old.id != new.id).then_some(old.id.as_str())
}

/// What a change is about, and where that is: `shop.yaml:88` and the resource. Not yet harmless.
pub(crate) fn place<'a>(comparison: &Comparison<'a>, change: &Change) -> (String, &'a Resource) {
    let (holder, finding) = (comparison.holder(change), comparison.finding(change));
    let place = crate::listing::place(holder, finding);
    (holder.inventory.place(place), holder.inventory.resource(finding.resource))
}

/// What differs, as the start of a sentence.
pub(crate) fn subject(scope: Scope) -> &'static str {
    match scope {
        Scope::Date => "The second assessment is the older one",
        Scope::Version => "Versions of Pilaster differ",
        Scope::Source => "One is of code, the other of an account",
        Scope::Accounts => "Accounts differ",
        Scope::Regions => "Regions differ",
        Scope::Paths => "Paths differ",
        Scope::Parameters => "Parameters with a value differ",
        Scope::Gaps => "What could not be read differs",
        Scope::Checks => "Checks differ",
        Scope::Severities => "Severities of checks differ",
    }
}

/// How many entries of a difference are named.
const NAMED: usize = 8;

/// A difference in one line: `Regions differ: only before eu-west-1; only after eu-central-1`. Not yet harmless.
pub(crate) fn difference(difference: &Difference) -> String {
    let sides = only(difference, false).into_iter().map(|(label, entries, left)| {
        let left = if left > 0 { format!(" and {left} more") } else { String::new() };
        format!("{label} {}{left}", entries.join(", "))
    });
    let sides: Vec<String> = sides.collect();
    match sides.is_empty() {
        true => subject(difference.scope).to_owned(),
        false => format!("{}: {}", subject(difference.scope), sides.join("; ")),
    }
}

/// What only one of the two has: `only before` and what that is, in at most so many words.
pub(crate) fn only(difference: &Difference, all: bool) -> Vec<(&'static str, &[String], usize)> {
    let sides = [("only before", difference.before.as_slice()), ("only after", difference.after.as_slice())];
    let some = sides.into_iter().filter(|(_, entries)| !entries.is_empty());
    some.map(|(label, entries)| {
        let shown = if all { entries.len() } else { entries.len().min(NAMED) };
        (label, entries.get(..shown).unwrap_or_default(), entries.len() - shown)
    })
    .collect()
}

/// `72.4`, or a dash where nothing was decided.
pub(crate) fn score(tenths: Option<i32>, none: &str) -> String {
    tenths.map_or_else(|| none.to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

/// `+2.7`.
pub(crate) fn signed(tenths: i32) -> String {
    let sign = match tenths {
        ..=-1 => "-",
        0 => "",
        1.. => "+",
    };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// `fixes +3.0, new failures -0.3`.
pub(crate) fn moved(pillar: &PillarChange) -> String {
    match (pillar.before, pillar.after) {
        (None, Some(_)) => "nothing was decided before".to_owned(),
        (Some(_), None) => "nothing is decided now".to_owned(),
        _ => {
            let steps: Vec<String> =
                pillar.steps.iter().map(|step| format!("{} {}", mover(step.mover), signed(step.tenths))).collect();
            steps.join(", ")
        }
    }
}

fn mover(mover: Mover) -> &'static str {
    match mover {
        Mover::Fixed => "fixes",
        Mover::Failed => "new failures",
        Mover::Applies => "what applies",
        Mover::Waived => "waivers",
        Mover::Known => "what is known",
        Mover::Appeared => "new resources",
        Mover::Gone => "resources gone",
        Mover::Checks => "checks",
    }
}

/// The way from the score of a pillar to its next, where something moved it.
pub(crate) fn waterfall(pillar: &PillarChange) -> Option<Waterfall> {
    let points = |tenths: i32| f64::from(tenths) / 10.0;
    let steps = pillar.steps.iter();
    (!pillar.steps.is_empty()).then_some(Waterfall {
        title: format!("What moved the score of {}", pillar.pillar.name()),
        from: ("before".to_owned(), points(pillar.before?)),
        steps: steps.map(|step| Step { label: mover(step.mover).to_owned(), change: points(step.tenths) }).collect(),
        to: ("after".to_owned(), points(pillar.after?)),
    })
}

/// `2 resources appeared, 1 went, 1 is called otherwise`.
pub(crate) fn resources(comparison: &Comparison<'_>) -> Option<String> {
    let mut parts = Vec::new();
    for (number, what) in [
        (comparison.appeared.len(), "appeared"),
        (comparison.gone.len(), "gone"),
        (comparison.moved.len(), "renamed or moved"),
    ] {
        if number > 0 {
            parts.push(match parts.is_empty() {
                true => format!("{} {what}", count(number, "resource")),
                false => format!("{number} {what}"),
            });
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
