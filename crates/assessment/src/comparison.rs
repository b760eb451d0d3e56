//! What changed between assessments: findings, resources, scores, and what makes the two hard to compare.
//!
//! Resources are matched first, by identity and, where files were renamed, addresses moved or lists reordered, by
//! what else they have in common. Findings follow: the same check on the same resource is the same finding.

mod matching;
mod scope;
mod score;
#[cfg(test)]
pub(crate) mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;

use findings::{Finding, Status};
use framework::Severity;
use model::{Gap, Inventory, Resource, ResourceId, Source};

use crate::{Assessment, CheckResult};

use matching::Pairs;
use score::Moves;

pub use scope::{Difference, Scope};
pub use score::{Mover, PillarChange, Step};

/// Two assessments, and what changed from one to the other.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The earlier one.
    pub before: &'a Assessment,
    /// The later one.
    pub after: &'a Assessment,
    /// What makes the two hard to compare. Reports say it first.
    pub differences: Vec<Difference>,
    /// A score before and after per pillar, in the framework's order.
    pub pillars: Vec<PillarChange>,
    /// What changed, by kind, the worst first.
    pub changes: Vec<Change>,
    /// Resources of the later assessment that the earlier one does not have, in their order.
    pub appeared: Vec<ResourceId>,
    /// Resources of the earlier assessment that the later one does not have, in their order.
    pub gone: Vec<ResourceId>,
    /// Resources that are called otherwise now: before and after.
    pub moved: Vec<(ResourceId, ResourceId)>,
    /// How many failing findings are as they were.
    pub still_failing: u32,
}

/// A finding that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// What brought it about.
    pub cause: Cause,
    /// Index among the findings of the earlier assessment.
    pub before: Option<u32>,
    /// Index among the findings of the later assessment.
    pub after: Option<u32>,
}

/// What became of a finding. In the order in which reports list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It fails, and failed in no assessment before.
    New,
    /// It fails again: it failed, was seen to hold, and fails.
    Reopened,
    /// It was waived, and is no longer.
    Unwaived,
    /// It can no longer be known.
    Unknown,
    /// It could not be known, and now can.
    Known,
    /// It fails as before, and matters more or less.
    Severity,
    /// It failed, and no longer does.
    Fixed,
    /// It is waived now.
    Waived,
    /// What it was about is no longer there, or no longer judged. Nothing was fixed.
    Gone,
}

impl ChangeKind {
    /// Every kind, in order.
    pub const ALL: [ChangeKind; 9] = [
        ChangeKind::New,
        ChangeKind::Reopened,
        ChangeKind::Unwaived,
        ChangeKind::Unknown,
        ChangeKind::Known,
        ChangeKind::Severity,
        ChangeKind::Fixed,
        ChangeKind::Waived,
        ChangeKind::Gone,
    ];

    /// Its name for programs.
    pub const fn id(self) -> &'static str {
        match self {
            ChangeKind::New => "new",
            ChangeKind::Reopened => "reopened",
            ChangeKind::Unwaived => "no_longer_waived",
            ChangeKind::Unknown => "now_unknown",
            ChangeKind::Known => "now_known",
            ChangeKind::Severity => "severity",
            ChangeKind::Fixed => "fixed",
            ChangeKind::Waived => "waived",
            ChangeKind::Gone => "gone",
        }
    }
}

/// What brought a change about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The same check says something else of the same resource.
    Verdict,
    /// The resource is only in one of the two.
    Resource,
    /// The resource is only in one of the two, but a gap of the other may hide it.
    Gap,
    /// The resource is in both; only one of the two judged it by this check.
    Check,
}

impl Cause {
    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Cause::Verdict => "verdict",
            Cause::Resource => "resource",
            Cause::Gap => "gap",
            Cause::Check => "check",
        }
    }
}

impl<'a> Comparison<'a> {
    /// What makes two assessments hard to compare.
    pub fn differences(before: &Assessment, after: &Assessment) -> Vec<Difference> {
        scope::differences(before, after)
    }

    /// What changed between two assessments.
    pub fn between(before: &'a Assessment, after: &'a Assessment) -> Self {
        Self::with_history(&[], before, after)
    }

    /// What changed between two assessments, where earlier ones, the oldest first, tell what failed before
    /// and had been fixed.
    pub fn with_history(earlier: &[&Assessment], before: &'a Assessment, after: &'a Assessment) -> Self {
        let pairs = Pairs::between(&before.inventory, &after.inventory);
        let mut moves = Moves::new(before, after);
        let joined = Joined::new(before, after, &pairs);
        let mut changes = Vec::new();
        let mut still_failing = 0;
        let hidden_before = Hiding::new(&before.inventory);
        let hidden_after = Hiding::new(&after.inventory);
        for (old, new) in joined.both() {
            let (b, a) = (&before.findings[old as usize], &after.findings[new as usize]);
            moves.verdict(a.check, b.status(), a.status());
            still_failing += u32::from(b.status() == Status::Fail && a.status() == Status::Fail);
            if let Some(kind) = of_both(b, a) {
                changes.push(Change { kind, cause: Cause::Verdict, before: Some(old), after: Some(new) });
            }
        }
        for old in joined.only_before() {
            let finding = &before.findings[old as usize];
            let cause = match pairs.after(finding.resource) {
                Some(_) => Cause::Check,
                None if hidden_after.may_hide(&before.inventory, finding.resource) => Cause::Gap,
                None => Cause::Resource,
            };
            moves.gone(before.check(finding), finding.status(), cause);
            if matches!(finding.status(), Status::Fail | Status::Unknown | Status::Waived) {
                changes.push(Change { kind: ChangeKind::Gone, cause, before: Some(old), after: None });
            }
        }
        for new in joined.only_after() {
            let finding = &after.findings[new as usize];
            let cause = match pairs.before(finding.resource) {
                Some(_) => Cause::Check,
                None if hidden_before.may_hide(&after.inventory, finding.resource) => Cause::Gap,
                None => Cause::Resource,
            };
            moves.appeared(finding.check, finding.status(), cause);
            let kind = match finding.status() {
                Status::Fail => ChangeKind::New,
                Status::Unknown => ChangeKind::Unknown,
                Status::Waived => ChangeKind::Waived,
                Status::Pass | Status::NotApplicable => continue,
            };
            changes.push(Change { kind, cause, before: None, after: Some(new) });
        }
        let mut comparison = Self {
            before,
            after,
            differences: scope::differences(before, after),
            pillars: moves.pillars(),
            changes,
            appeared: made(&after.inventory, |id| pairs.before(id).is_none()),
            gone: made(&before.inventory, |id| pairs.after(id).is_none()),
            moved: pairs.renamed(&before.inventory, &after.inventory),
            still_failing,
        };
        comparison.reopen(earlier);
        let mut changes = std::mem::take(&mut comparison.changes);
        changes.sort_by_cached_key(|change| {
            let check = comparison.check(change);
            (change.kind, Reverse(comparison.severity(change)), check.id.clone(), change.after, change.before)
        });
        comparison.changes = changes;
        comparison
    }

    /// The finding as it is now, or as it was.
    ///
    /// # Panics
    /// When the change is of another comparison.
    pub fn finding(&self, change: &Change) -> &'a Finding {
        match (change.after, change.before) {
            (Some(after), _) => &self.after.findings[after as usize],
            (None, Some(before)) => &self.before.findings[before as usize],
            (None, None) => unreachable!("a change is of a finding"),
        }
    }

    /// The assessment that [`Self::finding`] is of.
    pub fn holder(&self, change: &Change) -> &'a Assessment {
        if change.after.is_some() { self.after } else { self.before }
    }

    /// The check of a change.
    pub fn check(&self, change: &Change) -> &'a CheckResult {
        self.holder(change).check(self.finding(change))
    }

    /// How much a change matters.
    pub fn severity(&self, change: &Change) -> Severity {
        self.finding(change).severity
    }

    /// The status before, where there was one.
    pub fn status_before(&self, change: &Change) -> Option<Status> {
        change.before.and_then(|number| self.before.findings.get(number as usize)).map(Finding::status)
    }

    /// The status after, where there is one.
    pub fn status_after(&self, change: &Change) -> Option<Status> {
        change.after.and_then(|number| self.after.findings.get(number as usize)).map(Finding::status)
    }

    /// How much it mattered before, where it was there.
    pub fn severity_before(&self, change: &Change) -> Option<Severity> {
        change.before.and_then(|number| self.before.findings.get(number as usize)).map(|finding| finding.severity)
    }

    /// Whether something fails that did not: new, reopened, no longer waived, or no longer unknown.
    pub fn fails_anew(&self, change: &Change) -> bool {
        use ChangeKind::{Known, New, Reopened, Unwaived};
        matches!(change.kind, New | Reopened | Known | Unwaived) && self.status_after(change) == Some(Status::Fail)
    }

    /// The worst severity of what fails and did not.
    pub fn worst_new(&self) -> Option<Severity> {
        self.changes.iter().filter(|change| self.fails_anew(change)).map(|change| self.severity(change)).max()
    }

    /// How many changes are of a kind.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// New findings that failed in an earlier assessment fail again.
    fn reopen(&mut self, earlier: &[&Assessment]) {
        for past in earlier {
            let pairs = Pairs::between(&past.inventory, &self.after.inventory);
            let joined = Joined::new(past, self.after, &pairs);
            let mut failed = vec![false; self.after.findings.len()];
            for (old, new) in joined.both() {
                failed[new as usize] = past.findings[old as usize].status() == Status::Fail;
            }
            for change in &mut self.changes {
                // What had gone with its resource was never fixed.
                let held = change.kind == ChangeKind::New && change.cause == Cause::Verdict;
                if held && change.after.is_some_and(|after| failed[after as usize]) {
                    change.kind = ChangeKind::Reopened;
                }
            }
        }
    }
}

/// What became of a finding that both have.
fn of_both(before: &Finding, after: &Finding) -> Option<ChangeKind> {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    Some(match (before.status(), after.status()) {
        (Fail | Unknown, Fail | Unknown) | (Waived, Waived) if before.status() == after.status() => {
            return (before.severity != after.severity).then_some(ChangeKind::Severity);
        }
        (Waived, Fail | Unknown) => ChangeKind::Unwaived,
        (Fail | Unknown | Pass | NotApplicable, Waived) => ChangeKind::Waived,
        // What was waived, failing or unknown, holds now.
        (Fail | Waived, Pass | NotApplicable) => ChangeKind::Fixed,
        (Pass | NotApplicable, Fail) => ChangeKind::New,
        (_, Unknown) => ChangeKind::Unknown,
        (Unknown, _) => ChangeKind::Known,
        _ => return None,
    })
}

/// The resources that somebody made, of those wanted.
fn made(inventory: &Inventory, wanted: impl Fn(ResourceId) -> bool) -> Vec<ResourceId> {
    let numbered = inventory.resources.iter().enumerate().map(|(number, one)| (ResourceId(number as u32), one));
    numbered.filter(|(id, one)| !one.kind.starts_with("Pilaster::") && wanted(*id)).map(|(id, _)| id).collect()
}

/// The file a resource is declared in.
fn file<'a>(inventory: &'a Inventory, resource: &Resource) -> Option<&'a str> {
    match inventory.sources.get(resource.origin.source.0 as usize) {
        Some(Source::File { path, .. }) => Some(path),
        _ => None,
    }
}

/// The gaps of an inventory, by what they may hide.
struct Hiding<'a> {
    kinds: HashMap<&'a str, Vec<&'a Gap>>,
    files: HashMap<&'a str, ()>,
}

impl<'a> Hiding<'a> {
    fn new(inventory: &'a Inventory) -> Self {
        let mut kinds: HashMap<&str, Vec<&Gap>> = HashMap::new();
        for gap in &inventory.gaps {
            for kind in &gap.hides {
                kinds.entry(kind).or_default().push(gap);
            }
        }
        let files = inventory.gaps.iter().filter_map(|gap| Some((gap.file.as_deref()?, ()))).collect();
        Self { kinds, files }
    }

    /// Whether a resource of the other inventory may be here unread.
    fn may_hide(&self, other: &Inventory, id: ResourceId) -> bool {
        let resource = other.resource(id);
        let apart = |own: &Option<String>, told: &Option<String>| matches!((own, told), (Some(a), Some(b)) if a != b);
        let is_about = |gap: &Gap| !apart(&gap.account, &resource.account) && !apart(&gap.region, &resource.region);
        self.kinds.get(resource.kind.as_str()).into_iter().flatten().any(|gap| is_about(gap))
            || file(other, resource).is_some_and(|file| self.files.contains_key(file))
    }
}

/// The findings of two assessments side by side.
struct Joined {
    after_of: Vec<Option<u32>>,
    before_of: Vec<Option<u32>>,
}

impl Joined {
    fn new(before: &Assessment, after: &Assessment, pairs: &Pairs) -> Self {
        let numbers: HashMap<&str, u32> =
            after.checks.iter().enumerate().map(|(number, check)| (check.id.as_str(), number as u32)).collect();
        // A check judges a resource once. Should it ever do so twice, the first is the first.
        let mut times: HashMap<(u32, ResourceId), u32> = HashMap::new();
        let mut places: HashMap<(u32, ResourceId, u32), u32> = HashMap::with_capacity(after.findings.len());
        for (number, finding) in after.findings.iter().enumerate() {
            let time = times.entry((finding.check, finding.resource)).or_default();
            places.insert((finding.check, finding.resource, *time), number as u32);
            *time += 1;
        }
        times.clear();
        let mut after_of = vec![None; before.findings.len()];
        let mut before_of = vec![None; after.findings.len()];
        for (number, finding) in before.findings.iter().enumerate() {
            let Some(check) = numbers.get(before.check(finding).id.as_str()) else { continue };
            let Some(resource) = pairs.after(finding.resource) else { continue };
            let time = times.entry((*check, resource)).or_default();
            if let Some(found) = places.get(&(*check, resource, *time)) {
                after_of[number] = Some(*found);
                before_of[*found as usize] = Some(number as u32);
            }
            *time += 1;
        }
        Self { after_of, before_of }
    }

    fn both(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.after_of.iter().enumerate().filter_map(|(before, after)| Some((before as u32, (*after)?)))
    }

    fn only_before(&self) -> impl Iterator<Item = u32> + '_ {
        alone(&self.after_of)
    }

    fn only_after(&self) -> impl Iterator<Item = u32> + '_ {
        alone(&self.before_of)
    }
}

fn alone(others: &[Option<u32>]) -> impl Iterator<Item = u32> + '_ {
    others.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(number, _)| number as u32)
}
