//! From an assessment to the JSON. Everything borrows from the assessment, and findings are made while
//! they are written.

use std::collections::HashSet;

use assessment::{Assessment, CheckResult, PillarResult, PracticeResult, QuestionResult, Tally};
use findings::{Finding, Saving, Waiver};
use model::{Evidence, Gap, Origin, Resource, Skipped, Source, SourceId};
use serde::{Serialize, Serializer};

use super::{
    Baseline, Check, Counts, Coverage, Document, EvidenceEntry, FindingEntry, GapEntry, LINE_SCHEMA, Line, Other,
    Pillar, Practice, Problem, Question, ResourceEntry, SCHEMA, SavingEntry, Savings, SavingsOfCheck, ScoreThen,
    SkippedEntry, SourceEntry, Stage, Suppressions, Target, WaiverEntry,
};
use crate::{Options, listing, words};

/// The listed findings, made one by one.
pub(super) struct Findings<'a> {
    assessment: &'a Assessment,
    options: &'a Options,
    /// The ids of those whose figures are part of the total.
    counted: HashSet<&'a str>,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let listed = self.assessment.findings.iter().filter(|finding| self.options.lists(finding));
        serializer.collect_seq(listed.map(|finding| FindingEntry::new(self.assessment, finding, Some(&self.counted))))
    }
}

impl<'a> Document<'a> {
    pub(crate) fn new(assessment: &'a Assessment, options: &'a Options) -> Self {
        let inventory = &assessment.inventory;
        let suppressions = listing::suppressions(assessment);
        let savings = assessment.savings();
        let counted = savings.counted();
        Self {
            schema: SCHEMA,
            version: &assessment.version,
            date: assessment.today.to_string(),
            target: Target::from(&assessment.target),
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
            savings: savings.into(),
            roadmap: assessment.roadmap().into_iter().map(Stage::from).collect(),
            pillars: assessment.pillars.iter().map(Pillar::from).collect(),
            questions: assessment.questions.iter().map(Question::from).collect(),
            best_practices: assessment.practices.iter().map(|p| Practice::new(p, assessment, options)).collect(),
            checks: assessment.checks.iter().map(Check::from).collect(),
            findings: Findings { assessment, options, counted },
            gaps: inventory.gaps.iter().map(GapEntry::from).collect(),
            waiver_problems: assessment
                .waiver_problems
                .iter()
                .map(|problem| Problem { place: &problem.place, message: &problem.message })
                .collect(),
        }
    }
}

impl<'a> From<&'a assessment::Target> for Target<'a> {
    fn from(target: &'a assessment::Target) -> Self {
        Self {
            paths: &target.paths,
            parameters: &target.parameters,
            account: target.account.as_deref(),
            region: target.region.as_deref(),
        }
    }
}

impl From<Tally> for Counts {
    fn from(Tally { passed, failed, unknown, waived, not_applicable }: Tally) -> Self {
        Self { passed, failed, unknown, waived, not_applicable }
    }
}

impl<'a> From<assessment::Stage<'a>> for Stage<'a> {
    fn from(stage: assessment::Stage<'a>) -> Self {
        let (from_day, to_day) = stage.horizon.days();
        let then = |(pillar, score): (framework::Pillar, Option<u8>)| ScoreThen { pillar: pillar.id(), score };
        Self {
            from_day,
            to_day,
            checks: stage.measures.iter().map(|measure| measure.check.id.as_str()).collect(),
            scores: stage.scores.into_iter().map(then).collect(),
        }
    }
}

impl<'a> From<assessment::Savings<'a>> for Savings<'a> {
    fn from(savings: assessment::Savings<'a>) -> Self {
        let of_check = |of: &assessment::SavingOfCheck<'a>| SavingsOfCheck {
            check: &of.check.id,
            monthly_savings_usd: of.monthly.dollars(),
            findings: of.findings,
        };
        Self {
            monthly_savings_usd: savings.monthly.dollars(),
            resources: savings.resources,
            undetermined: savings.undetermined,
            checks: savings.by_check.iter().map(of_check).collect(),
        }
    }
}

impl<'a> SavingEntry<'a> {
    pub(crate) fn new(saving: &'a Saving, counted: Option<bool>) -> Self {
        Self {
            monthly_savings_usd: saving.monthly.dollars(),
            savings_basis: &saving.basis,
            savings_source: saving.source.id(),
            savings_counted: counted,
        }
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
            risk: words::risk(result.risk),
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

impl<'a> Line<'a> {
    /// A finding by itself. `counted` has the ids of those whose figures are part of the total.
    pub(crate) fn new(assessment: &'a Assessment, finding: &'a Finding, counted: &HashSet<&str>) -> Self {
        Self {
            schema: LINE_SCHEMA,
            version: &assessment.version,
            date: assessment.today.to_string(),
            target: Target::from(&assessment.target),
            title: &assessment.check(finding).claim,
            finding: FindingEntry::new(assessment, finding, Some(counted)),
        }
    }
}

impl<'a> FindingEntry<'a> {
    /// Without `counted`, nothing is said of the total.
    pub(crate) fn new(assessment: &'a Assessment, finding: &'a Finding, counted: Option<&HashSet<&str>>) -> Self {
        let counted = counted.map(|ids| ids.contains(finding.id.as_str()));
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
            saving: finding.saving.as_ref().map(|saving| SavingEntry::new(saving, counted)),
        }
    }
}

impl<'a> ResourceEntry<'a> {
    pub(crate) fn new(assessment: &'a Assessment, resource: &'a Resource) -> Self {
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
    pub(crate) fn new(assessment: &'a Assessment, finding: &Finding, evidence: &'a Evidence) -> Self {
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
            account: gap.account.as_deref(),
            region: gap.region.as_deref(),
            call: gap.call.as_deref(),
            reason: &gap.reason,
            action: gap.action.as_deref(),
        }
    }
}
