//! The JSON of a comparison that others may rely on: its vocabulary.

use assessment::{Assessment, Change, ChangeKind, Comparison, PillarChange};
use model::ResourceId;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::lists;
use crate::Options;
use crate::document::{Counts, FindingEntry, ResourceEntry, Target};

/// The version of the form. It changes when something that was there changes or goes away.
const SCHEMA: &str = "pilaster.comparison/1";

/// What changed between two assessments.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Comparison", rename = "Comparison")]
pub(crate) struct Document<'a> {
    /// The version of this form.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    /// What makes the two hard to compare.
    differences: Vec<DifferenceEntry<'a>>,
    /// The six pillars, in the framework's order.
    pillars: Vec<Pillar>,
    summary: Summary,
    /// What changed, by kind, the worst first; of the severities that `--severity` lists.
    #[schemars(with = "Vec<ChangeEntry<'static>>")]
    changes: Changes<'a>,
    resources: Resources<'a>,
}

/// One of the two assessments.
#[derive(Serialize, JsonSchema)]
struct Side<'a> {
    /// The version of the program that made it.
    version: &'a str,
    /// The day of the run: `2026-11-01`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    date: String,
    target: Target<'a>,
    /// How many resources were judged.
    resources: usize,
    findings: Counts,
    /// How many gaps there are.
    gaps: usize,
}

/// Something that was not the same, apart from what was found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Difference")]
struct DifferenceEntry<'a> {
    #[schemars(extend("enum" = [
        "date", "version", "source", "accounts", "regions", "paths", "parameters", "gaps", "checks", "severities"
    ]))]
    scope: &'static str,
    /// What only the earlier assessment has.
    before: &'a [String],
    /// What only the later assessment has.
    after: &'a [String],
}

/// The score of a pillar before and after, and what moved it.
#[derive(Serialize, JsonSchema)]
struct Pillar {
    id: &'static str,
    name: &'static str,
    /// To a tenth of a point, rounded down; null where nothing was decided.
    #[schemars(range(min = 0, max = 100))]
    before: Option<f64>,
    /// Likewise.
    #[schemars(range(min = 0, max = 100))]
    after: Option<f64>,
    /// By how much it rose; null where one of the two is.
    change: Option<f64>,
    /// What moved it, each from where the one before it led. In tenths they add up to the change exactly.
    steps: Vec<StepEntry>,
}

/// A step from one score to the other.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Step")]
struct StepEntry {
    #[schemars(extend("enum" = ["fixed", "failed", "applies", "waived", "known", "appeared", "gone", "checks"]))]
    mover: &'static str,
    points: f64,
}

/// Changes by kind, listed or not.
#[derive(Serialize, JsonSchema)]
struct Summary {
    new: usize,
    reopened: usize,
    no_longer_waived: usize,
    now_unknown: usize,
    now_known: usize,
    severity: usize,
    fixed: usize,
    waived: usize,
    gone: usize,
    /// How many findings fail as before.
    still_failing: u32,
    /// The worst severity of what fails and did not.
    #[schemars(extend("enum" = ["critical", "high", "medium", "low", null]))]
    worst_new: Option<&'static str>,
}

/// A finding that is not what it was.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct ChangeEntry<'a> {
    #[schemars(extend("enum" = [
        "new", "reopened", "no_longer_waived", "now_unknown", "now_known", "severity", "fixed", "waived", "gone"
    ]))]
    kind: &'static str,
    /// Whether the verdict is another, or the resource or its check is only in one of the two; `gap` where a
    /// gap may hide the resource from the other.
    #[schemars(extend("enum" = ["verdict", "resource", "gap", "check"]))]
    cause: &'static str,
    /// Whether it fails and did not.
    fails_anew: bool,
    /// Null where the earlier assessment does not have it.
    #[schemars(extend("enum" = ["fail", "unknown", "waived", "pass", "not_applicable", null]))]
    status_before: Option<&'static str>,
    /// Null where the later assessment does not have it.
    #[schemars(extend("enum" = ["fail", "unknown", "waived", "pass", "not_applicable", null]))]
    status_after: Option<&'static str>,
    /// Null where the earlier assessment does not have it.
    #[schemars(extend("enum" = ["critical", "high", "medium", "low", null]))]
    severity_before: Option<&'static str>,
    /// What the check claims.
    title: &'a str,
    /// The finding of the later assessment, or where that has none, of the earlier.
    finding: FindingEntry<'a>,
}

/// The version of the form of a [`Line`].
const LINE_SCHEMA: &str = "pilaster.change/1";

/// A change that stands alone.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    schema: &'static str,
    before: Run<'a>,
    after: Run<'a>,
    #[serde(flatten)]
    change: ChangeEntry<'a>,
}

/// Which of the two assessments.
#[derive(Serialize)]
struct Run<'a> {
    version: &'a str,
    date: String,
    target: Target<'a>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(comparison: &'a Comparison<'a>, change: &Change) -> Self {
        Self {
            schema: LINE_SCHEMA,
            before: Run::from(comparison.before),
            after: Run::from(comparison.after),
            change: ChangeEntry::new(comparison, change),
        }
    }
}

impl<'a> From<&'a Assessment> for Run<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        Self {
            version: &assessment.version,
            date: assessment.today.to_string(),
            target: Target::from(&assessment.target),
        }
    }
}

/// Resources that only one of the two has, and those that are called otherwise.
#[derive(Serialize, JsonSchema)]
struct Resources<'a> {
    appeared: Vec<ResourceEntry<'a>>,
    gone: Vec<ResourceEntry<'a>>,
    moved: Vec<Moved<'a>>,
}

/// A resource that is called otherwise.
#[derive(Serialize, JsonSchema)]
struct Moved<'a> {
    before: ResourceEntry<'a>,
    after: ResourceEntry<'a>,
}

/// The listed changes, made one by one.
struct Changes<'a> {
    comparison: &'a Comparison<'a>,
    options: &'a Options,
}

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { comparison, options } = self;
        let listed = comparison.changes.iter().filter(|change| lists(comparison, options, change));
        serializer.collect_seq(listed.map(|change| ChangeEntry::new(comparison, change)))
    }
}

impl<'a> Document<'a> {
    pub(crate) fn new(comparison: &'a Comparison<'a>, options: &'a Options) -> Self {
        let entry = |assessment: &'a Assessment, id: &ResourceId| {
            ResourceEntry::new(assessment, assessment.inventory.resource(*id))
        };
        let (before, after) = (comparison.before, comparison.after);
        let moved = comparison.moved.iter();
        Self {
            schema: SCHEMA,
            before: Side::from(before),
            after: Side::from(after),
            differences: comparison
                .differences
                .iter()
                .map(|one| DifferenceEntry { scope: one.scope.id(), before: &one.before, after: &one.after })
                .collect(),
            pillars: comparison.pillars.iter().map(Pillar::from).collect(),
            summary: Summary::of(comparison),
            changes: Changes { comparison, options },
            resources: Resources {
                appeared: comparison.appeared.iter().map(|id| entry(after, id)).collect(),
                gone: comparison.gone.iter().map(|id| entry(before, id)).collect(),
                moved: moved.map(|(old, new)| Moved { before: entry(before, old), after: entry(after, new) }).collect(),
            },
        }
    }
}

impl<'a> From<&'a Assessment> for Side<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        Self {
            version: &assessment.version,
            date: assessment.today.to_string(),
            target: Target::from(&assessment.target),
            resources: assessment.resources(),
            findings: assessment.tally().into(),
            gaps: assessment.inventory.gaps.len(),
        }
    }
}

/// Tenths are written as the shortest decimal, so that 724 is 72.4.
fn points(tenths: i32) -> f64 {
    f64::from(tenths) / 10.0
}

impl From<&PillarChange> for Pillar {
    fn from(change: &PillarChange) -> Self {
        let steps = change.steps.iter();
        Self {
            id: change.pillar.id(),
            name: change.pillar.name(),
            before: change.before.map(points),
            after: change.after.map(points),
            change: change.change().map(points),
            steps: steps.map(|one| StepEntry { mover: one.mover.id(), points: points(one.tenths) }).collect(),
        }
    }
}

impl Summary {
    fn of(comparison: &Comparison<'_>) -> Self {
        let count = |kind| comparison.count(kind);
        Self {
            new: count(ChangeKind::New),
            reopened: count(ChangeKind::Reopened),
            no_longer_waived: count(ChangeKind::Unwaived),
            now_unknown: count(ChangeKind::Unknown),
            now_known: count(ChangeKind::Known),
            severity: count(ChangeKind::Severity),
            fixed: count(ChangeKind::Fixed),
            waived: count(ChangeKind::Waived),
            gone: count(ChangeKind::Gone),
            still_failing: comparison.still_failing,
            worst_new: comparison.worst_new().map(|severity| severity.id()),
        }
    }
}

impl<'a> ChangeEntry<'a> {
    fn new(comparison: &'a Comparison<'a>, change: &Change) -> Self {
        Self {
            kind: change.kind.id(),
            cause: change.cause.id(),
            fails_anew: comparison.fails_anew(change),
            status_before: comparison.status_before(change).map(|status| status.id()),
            status_after: comparison.status_after(change).map(|status| status.id()),
            severity_before: comparison.severity_before(change).map(|severity| severity.id()),
            title: &comparison.check(change).claim,
            finding: FindingEntry::new(comparison.holder(change), comparison.finding(change), None),
        }
    }
}

/// The JSON Schema of a [`Document`].
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'static>).to_value()
}
