//! The JSON that others may rely on.
//!
//! Everything borrows from the assessment, and findings are made while they are written.

use assessment::{Assessment, CheckResult, PillarResult, PracticeResult, QuestionResult, QuestionRisk, Tally};
use findings::{Finding, Waiver};
use model::{Evidence, Gap, Origin, Resource, Skipped, Source, SourceId};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::{Options, listing, words};

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

/// What was assessed.
#[derive(Serialize, JsonSchema)]
struct Target<'a> {
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
struct Counts {
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
struct FindingEntry<'a> {
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
}

/// A resource.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Resource")]
struct ResourceEntry<'a> {
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
struct EvidenceEntry<'a> {
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
struct Other<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    id: &'a str,
}

/// Why a finding is accepted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Waiver")]
struct WaiverEntry<'a> {
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

/// The listed findings, made one by one.
struct Findings<'a> {
    assessment: &'a Assessment,
    options: &'a Options,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let listed = self.assessment.findings.iter().filter(|finding| self.options.lists(finding));
        serializer.collect_seq(listed.map(|finding| FindingEntry::new(self.assessment, finding)))
    }
}

impl<'a> Document<'a> {
    pub(crate) fn new(assessment: &'a Assessment, options: &'a Options) -> Self {
        let inventory = &assessment.inventory;
        let target = &assessment.target;
        let suppressions = listing::suppressions(assessment);
        Self {
            schema: SCHEMA,
            version: &assessment.version,
            date: assessment.today.to_string(),
            target: Target {
                paths: &target.paths,
                parameters: &target.parameters,
                account: target.account.as_deref(),
                region: target.region.as_deref(),
            },
            coverage: Coverage {
                files: listing::files(assessment),
                resources: assessment.resources(),
                findings: assessment.tally().into(),
                skipped: inventory
                    .skipped
                    .iter()
                    .map(|Skipped { file, reason }| SkippedEntry { file, reason })
                    .collect(),
                gaps: inventory.gaps.len(),
                suppressions: suppressions.into_iter().map(|(tool, count)| Suppressions { tool, count }).collect(),
                baseline: assessment.has_baseline.then(|| Baseline { known: listing::known(assessment) }),
            },
            pillars: assessment.pillars.iter().map(Pillar::from).collect(),
            questions: assessment.questions.iter().map(Question::from).collect(),
            best_practices: assessment.practices.iter().map(|p| Practice::new(p, assessment, options)).collect(),
            checks: assessment.checks.iter().map(Check::from).collect(),
            findings: Findings { assessment, options },
            gaps: inventory.gaps.iter().map(GapEntry::from).collect(),
            waiver_problems: assessment
                .waiver_problems
                .iter()
                .map(|problem| Problem { place: &problem.place, message: &problem.message })
                .collect(),
        }
    }
}

/// The JSON Schema of a [`Document`].
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'static>).to_value()
}

impl From<Tally> for Counts {
    fn from(Tally { passed, failed, unknown, waived, not_applicable }: Tally) -> Self {
        Self { passed, failed, unknown, waived, not_applicable }
    }
}

impl From<&PillarResult> for Pillar {
    fn from(result: &PillarResult) -> Self {
        let Tally { passed, failed, unknown, waived, .. } = result.tally;
        Self {
            id: result.pillar.id(),
            name: result.pillar.name(),
            score: result.score,
            decided: result.decided,
            passed,
            failed,
            unknown,
            waived,
            practices_assessed: result.assessed,
            practices_at_risk: result.at_risk,
            practices: result.practices,
        }
    }
}

impl From<&QuestionResult> for Question {
    fn from(result: &QuestionResult) -> Self {
        Self {
            id: result.question.id(),
            pillar: result.question.pillar().id(),
            risk: match result.risk {
                QuestionRisk::High => "high",
                QuestionRisk::Medium => "medium",
                QuestionRisk::Low => "low",
                QuestionRisk::None => "none",
                QuestionRisk::Unknown => "unknown",
                QuestionRisk::NotAssessed => "not_assessed",
            },
            practices_assessed: result.assessed,
            practices: result.practices,
        }
    }
}

impl<'a> Practice<'a> {
    fn new(result: &PracticeResult, assessment: &'a Assessment, options: &Options) -> Self {
        let Tally { passed, failed, unknown, waived, .. } = result.tally;
        let all = result.findings.iter().filter_map(|number| assessment.findings.get(*number as usize));
        Self {
            id: result.practice.id(),
            title: result.practice.title(),
            verdict: result.verdict.id(),
            passed,
            failed,
            unknown,
            waived,
            findings: all.filter(|finding| options.lists(finding)).map(|finding| finding.id.as_str()).collect(),
        }
    }
}

impl<'a> From<&'a CheckResult> for Check<'a> {
    fn from(check: &'a CheckResult) -> Self {
        let Tally { passed, failed, unknown, waived, not_applicable } = check.tally;
        Self {
            id: &check.id,
            title: &check.claim,
            severity: check.severity.id(),
            effort: words::effort(check.effort),
            needs: check.needs.iter().map(|need| words::need(*need)).collect(),
            best_practices: check.practices.iter().map(|practice| practice.id()).collect(),
            passed,
            failed,
            unknown,
            waived,
            not_applicable,
        }
    }
}

impl<'a> FindingEntry<'a> {
    fn new(assessment: &'a Assessment, finding: &'a Finding) -> Self {
        let check = assessment.check(finding);
        Self {
            id: &finding.id,
            check: &check.id,
            status: finding.status().id(),
            severity: finding.severity.id(),
            best_practices: check.practices.iter().map(|practice| practice.id()).collect(),
            resource: ResourceEntry::new(assessment, assessment.inventory.resource(finding.resource)),
            evidence: finding.evidence.iter().map(|e| EvidenceEntry::new(assessment, finding, e)).collect(),
            waiver: assessment.waiver(finding).map(WaiverEntry::from),
        }
    }
}

impl<'a> ResourceEntry<'a> {
    fn new(assessment: &'a Assessment, resource: &'a Resource) -> Self {
        Self {
            kind: &resource.kind,
            id: &resource.id,
            name: resource.name.as_deref(),
            arn: resource.arn.as_deref(),
            account: resource.account.as_deref(),
            region: resource.region.as_deref(),
            source: place_in_file(assessment, resource.origin),
        }
    }
}

fn place_in_file(assessment: &Assessment, origin: Origin) -> Option<SourceEntry<'_>> {
    let SourceId(number) = origin.source;
    match assessment.inventory.sources.get(number as usize) {
        Some(Source::File { path, .. }) if origin.line > 0 => Some(SourceEntry { file: path, line: origin.line }),
        _ => None,
    }
}

impl<'a> EvidenceEntry<'a> {
    fn new(assessment: &'a Assessment, finding: &Finding, evidence: &'a Evidence) -> Self {
        let other = (evidence.resource != finding.resource).then(|| assessment.inventory.resource(evidence.resource));
        Self {
            path: &evidence.path,
            observed: &evidence.observed,
            expected: &evidence.expected,
            origin: assessment.inventory.place(evidence.origin),
            column: (evidence.origin.column > 0).then_some(evidence.origin.column),
            resource: other.map(|resource| Other { kind: &resource.kind, id: &resource.id }),
        }
    }
}

impl<'a> From<&'a Waiver> for WaiverEntry<'a> {
    fn from(waiver: &'a Waiver) -> Self {
        Self {
            reason: &waiver.reason,
            owner: waiver.owner.as_deref(),
            until: waiver.until.as_deref(),
            place: &waiver.place,
        }
    }
}

impl<'a> From<&'a Gap> for GapEntry<'a> {
    fn from(gap: &'a Gap) -> Self {
        Self {
            file: gap.file.as_deref(),
            line: gap.line,
            service: gap.service.as_deref(),
            region: gap.region.as_deref(),
            call: gap.call.as_deref(),
            reason: &gap.reason,
            action: gap.action.as_deref(),
        }
    }
}
