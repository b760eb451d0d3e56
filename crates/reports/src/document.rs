//! The JSON that others may rely on: its vocabulary.

mod filling;

use schemars::JsonSchema;
use serde::Serialize;

use filling::Findings;

/// The version of the form. It changes when something that was there changes or goes away.
const SCHEMA: &str = "pilaster.assessment/1";

/// An assessment.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Assessment", rename = "Assessment")]
pub(crate) struct Document<'a> {
    /// The version of this form.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The version of the program that made the assessment.
    version: &'a str,
    /// The day of the run: `2026-11-01`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    date: String,
    target: Target<'a>,
    coverage: Coverage<'a>,
    savings: Savings<'a>,
    /// What fails over half a year: 0 to 30, 30 to 90 and 90 to 180 days. Failures in the baseline are not planned.
    roadmap: Vec<Stage<'a>>,
    /// The six pillars, in the framework's order.
    pillars: Vec<Pillar>,
    /// The 57 questions, in the framework's order.
    questions: Vec<Question>,
    /// The 307 best practices, in the framework's order.
    best_practices: Vec<Practice<'a>>,
    /// The checks that ran, by id.
    checks: Vec<Check<'a>>,
    /// The findings that `--show` and `--severity` list, without those in the baseline.
    #[schemars(with = "Vec<FindingEntry<'static>>")]
    findings: Findings<'a>,
    /// What could not be read. Nothing behind a gap is ever judged absent.
    gaps: Vec<GapEntry<'a>>,
    /// Waivers that do not do what their author thinks.
    waiver_problems: Vec<Problem<'a>>,
}

/// The version of the form of a [`Line`].
const LINE_SCHEMA: &str = "pilaster.finding/1";

/// A finding that stands alone.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    schema: &'static str,
    /// The version of the program that made the assessment.
    version: &'a str,
    /// The day of the run.
    date: String,
    target: Target<'a>,
    /// What the check claims.
    title: &'a str,
    #[serde(flatten)]
    finding: FindingEntry<'a>,
}

/// What was assessed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Target<'a> {
    /// The paths as given.
    paths: &'a [String],
    /// Names of the parameters whose values were given.
    parameters: &'a [String],
    /// The account assumed or read.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    /// The region assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
}

/// How much was read and judged.
#[derive(Serialize, JsonSchema)]
struct Coverage<'a> {
    /// How many files were read.
    files: usize,
    /// How many resources were judged.
    resources: usize,
    /// All findings by status, listed or not.
    findings: Counts,
    /// Files left out on purpose.
    skipped: Vec<SkippedEntry<'a>>,
    /// How many gaps there are.
    gaps: usize,
    /// Suppressions written for other tools. They have no effect.
    suppressions: Vec<Suppressions<'a>>,
    /// The baseline, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baseline>,
}

/// What ending failures would save, without those that are waived or in the baseline. Of failures on one resource the one
/// that would save most counts.
#[derive(Serialize, JsonSchema)]
struct Savings<'a> {
    /// In all, in USD a month.
    #[schemars(range(min = 0))]
    monthly_savings_usd: f64,
    /// How many resources that is on.
    resources: usize,
    /// How many failures have no figure though their checks tell what others would save.
    undetermined: usize,
    /// What it is made of, the largest first.
    checks: Vec<SavingsOfCheck<'a>>,
}

/// What the counted failures of a check would save.
#[derive(Serialize, JsonSchema)]
struct SavingsOfCheck<'a> {
    check: &'a str,
    /// In USD a month.
    #[schemars(range(min = 0))]
    monthly_savings_usd: f64,
    /// How many failures that is.
    findings: usize,
}

/// What to mend within some days.
#[derive(Serialize, JsonSchema)]
struct Stage<'a> {
    /// The first of the days, from the assessment on.
    from_day: u32,
    /// The last of them.
    to_day: u32,
    /// Checks, in the order in which to mend them.
    checks: Vec<&'a str>,
    /// The score of each pillar once this stage and those before it are done and nothing else has changed.
    scores: Vec<ScoreThen>,
}

/// The score of a pillar at the end of a stage.
#[derive(Serialize, JsonSchema)]
struct ScoreThen {
    pillar: &'static str,
    /// Nothing where nothing is decided.
    #[schemars(range(max = 100))]
    score: Option<u8>,
}

/// A file left out on purpose.
#[derive(Serialize, JsonSchema)]
struct SkippedEntry<'a> {
    file: &'a str,
    reason: &'a str,
}

/// Suppressions of one tool.
#[derive(Serialize, JsonSchema)]
struct Suppressions<'a> {
    tool: &'a str,
    count: usize,
}

/// What a baseline did.
#[derive(Serialize, JsonSchema)]
struct Baseline {
    /// How many findings are in it, and therefore not listed.
    known: usize,
}

/// Findings by status.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Counts {
    passed: u32,
    failed: u32,
    unknown: u32,
    waived: u32,
    not_applicable: u32,
}

/// What the checks that bear on a pillar come to.
#[derive(Serialize, JsonSchema)]
struct Pillar {
    id: &'static str,
    name: &'static str,
    /// Null where nothing was decided.
    #[schemars(range(min = 0, max = 100))]
    score: Option<u8>,
    /// The share of what was asked that could be decided, in percent; null where nothing was asked.
    #[schemars(range(min = 0, max = 100))]
    decided: Option<u8>,
    passed: u32,
    failed: u32,
    unknown: u32,
    waived: u32,
    /// How many of its practices were assessed.
    practices_assessed: u32,
    /// How many of its practices are at risk.
    practices_at_risk: u32,
    /// How many practices it has.
    practices: u32,
}

/// What the practices of a question come to.
#[derive(Serialize, JsonSchema)]
struct Question {
    /// `SEC 8`
    id: &'static str,
    pillar: &'static str,
    /// The highest risk of a practice that is not met; `none` where all that was assessed is met.
    #[schemars(extend("enum" = ["high", "medium", "low", "none", "unknown", "not_assessed"]))]
    risk: &'static str,
    practices_assessed: u32,
    practices: u32,
}

/// The verdict on a best practice.
#[derive(Serialize, JsonSchema)]
struct Practice<'a> {
    /// `SEC08-BP02`
    id: &'static str,
    title: &'static str,
    #[schemars(extend("enum" = ["met", "at_risk", "unknown", "not_assessed"]))]
    verdict: &'static str,
    passed: u32,
    failed: u32,
    unknown: u32,
    waived: u32,
    /// Ids of the listed findings that fail, are unknown or are waived.
    findings: Vec<&'a str>,
}

/// A check that ran.
#[derive(Serialize, JsonSchema)]
struct Check<'a> {
    id: &'a str,
    /// What it claims.
    title: &'a str,
    #[schemars(extend("enum" = ["critical", "high", "medium", "low"]))]
    severity: &'static str,
    /// How much work the fix is.
    #[schemars(extend("enum" = ["small", "medium", "large"]))]
    effort: &'static str,
    /// What the fix takes beside work: downtime, money, testing.
    needs: Vec<&'static str>,
    best_practices: Vec<&'static str>,
    passed: u32,
    failed: u32,
    unknown: u32,
    waived: u32,
    not_applicable: u32,
}

/// One check's verdict on one resource.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(crate) struct FindingEntry<'a> {
    /// The same for the same check on the same resource, whatever moves around it.
    id: &'a str,
    check: &'a str,
    #[schemars(extend("enum" = ["fail", "unknown", "waived", "pass", "not_applicable"]))]
    status: &'static str,
    #[schemars(extend("enum" = ["critical", "high", "medium", "low"]))]
    severity: &'static str,
    best_practices: Vec<&'static str>,
    resource: ResourceEntry<'a>,
    /// What the verdict stands on. May be empty for a pass.
    evidence: Vec<EvidenceEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<WaiverEntry<'a>>,
    #[serde(flatten)]
    saving: Option<SavingEntry<'a>>,
}

/// What ending a failure would save.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SavingEntry<'a> {
    /// What ending it would save, in USD a month. Absent where that is not known.
    #[schemars(range(min = 0))]
    monthly_savings_usd: f64,
    /// What that is computed from.
    savings_basis: &'a str,
    /// Whose figure it is.
    #[schemars(extend("enum" = ["list_price_us_east_1", "aws_compute_optimizer"]))]
    savings_source: &'static str,
    /// Whether it is part of the total. Absent in comparisons and from OCSF.
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_counted: Option<bool>,
}

/// A resource.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Resource")]
pub(crate) struct ResourceEntry<'a> {
    /// `AWS::S3::Bucket`
    #[serde(rename = "type")]
    kind: &'a str,
    /// The logical id in code, the physical id in an account.
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    /// Where it is declared, for code.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceEntry<'a>>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct SourceEntry<'a> {
    file: &'a str,
    /// From 1.
    #[schemars(range(min = 1))]
    line: u32,
}

/// A fact that a verdict stands on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Evidence")]
pub(crate) struct EvidenceEntry<'a> {
    /// The property: `VersioningConfiguration.Status`.
    path: &'a str,
    observed: &'a str,
    expected: &'a str,
    /// `shop.yaml:88`, or the call that told.
    origin: String,
    /// In characters, from 1, for code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    column: Option<u32>,
    /// The resource the fact is of, where it is not the one judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<Other<'a>>,
}

/// Another resource.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Other<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    id: &'a str,
}

/// Why a finding is accepted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Waiver")]
pub(crate) struct WaiverEntry<'a> {
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    /// The last day it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
    /// Where it stands.
    place: &'a str,
}

/// Something that could not be read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Gap")]
struct GapEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    /// The call that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'a str>,
    reason: &'a str,
    /// The IAM action that would close it.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'a str>,
}

/// What is wrong with a waiver.
#[derive(Serialize, JsonSchema)]
struct Problem<'a> {
    place: &'a str,
    message: &'a str,
}

/// The JSON Schema of a [`Document`].
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'static>).to_value()
}
