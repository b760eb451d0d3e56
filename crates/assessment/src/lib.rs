//! From findings to an assessment: a verdict per best practice, a risk per question, a score per
//! pillar, and the artefact that holds them together with what they stand on.
//!
//! The formulas are those of `docs/scoring.md`.

mod artefact;
mod comparison;
mod mask;
mod pillar;
mod practice;
mod question;
mod roadmap;
mod savings;
mod tally;

use findings::{Check, DecidedBy, Doc, Effort, Finding, Need, Status, Waiver, WaiverProblem};
use framework::{BestPractice, Severity};
use jiff::civil::Date;
use model::{Inventory, Outcome};
use serde::{Deserialize, Serialize};

pub use artefact::ArtefactError;
pub use comparison::{Cause, Change, ChangeKind, Comparison, Difference, Mover, PillarChange, Scope, Step};
pub use pillar::PillarResult;
pub use practice::{PracticeResult, PracticeVerdict};
pub use question::{QuestionResult, QuestionRisk};
pub use roadmap::{Horizon, Measure, Stage};
pub use savings::{SavingOfCheck, SavingOfFinding, Savings};
pub use tally::Tally;

/// The result of a run: what was read, what was found, and what it comes to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Assessment {
    /// The version of the program that made it.
    pub version: String,
    /// The day of the run.
    pub today: Date,
    /// What was assessed.
    pub target: Target,
    /// What was read, with what could not be read. Values that look like secrets are masked.
    pub inventory: Inventory,
    /// The checks that ran, sorted by id. Findings name them by index.
    pub checks: Vec<CheckResult>,
    /// Findings in the order of checks, then of resources.
    pub findings: Vec<Finding>,
    /// Waivers; findings name them by index.
    pub waivers: Vec<Waiver>,
    /// Waivers that do not do what their author thinks.
    pub waiver_problems: Vec<WaiverProblem>,
    /// Whether a baseline was applied.
    pub has_baseline: bool,
    /// The 307 best practices, in the framework's order.
    pub practices: Vec<PracticeResult>,
    /// The 57 questions, in the framework's order.
    pub questions: Vec<QuestionResult>,
    /// The six pillars, in the framework's order.
    pub pillars: Vec<PillarResult>,
}

/// What was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The paths as given.
    pub paths: Vec<String>,
    /// Names of the parameters whose values were given. The values are not kept.
    pub parameters: Vec<String>,
    /// The account assumed or read.
    pub account: Option<String>,
    /// The region assumed.
    pub region: Option<String>,
}

/// A check that ran, and what it came to. Holds its texts, so that an artefact can be rendered by a
/// program that no longer has the check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckResult {
    /// Its id.
    pub id: String,
    /// The folder it stands in: `s3`.
    pub service: String,
    /// What it claims.
    pub claim: String,
    /// Why that matters, in Markdown.
    pub why: String,
    /// What to do where it does not hold, in Markdown.
    pub fix: String,
    /// How much a failure matters in this run.
    pub severity: Severity,
    /// How much work the fix is.
    pub effort: Effort,
    /// What the fix takes beside work.
    pub needs: Vec<Need>,
    /// The best practices it gives evidence for.
    pub practices: Vec<BestPractice>,
    /// Controls of Security Hub.
    pub fsbp: Vec<String>,
    /// Recommendations of the CIS benchmark.
    pub cis: Vec<String>,
    /// Which sources can decide it.
    pub decided_by: DecidedBy,
    /// Whether it tells what ending a failure would save, where enough is known.
    #[serde(default)]
    pub saves: bool,
    /// Its findings by status.
    pub tally: Tally,
}

/// What goes into an assessment.
#[derive(Debug)]
pub struct Input {
    /// The version of the program.
    pub version: String,
    /// The day of the run.
    pub today: Date,
    /// What was assessed.
    pub target: Target,
    /// What was read.
    pub inventory: Inventory,
    /// The checks that ran, with their severities.
    pub checks: Vec<(&'static Check, Severity)>,
    /// What they found, waivers and baseline applied.
    pub findings: Vec<Finding>,
    /// The waivers.
    pub waivers: Vec<Waiver>,
    /// What is wrong with some of them.
    pub waiver_problems: Vec<WaiverProblem>,
    /// Whether a baseline was applied.
    pub has_baseline: bool,
}

impl Assessment {
    /// Draws the conclusions.
    pub fn new(input: Input) -> Self {
        let Input { version, today, target, mut inventory, checks, findings, waivers, waiver_problems, has_baseline } =
            input;
        mask::mask(&mut inventory, &findings);
        let mut checks: Vec<CheckResult> = checks.into_iter().map(CheckResult::new).collect();
        for finding in &findings {
            if let Some(check) = checks.get_mut(finding.check as usize) {
                check.tally.count(finding.status());
            }
        }
        let practices = practice::results(&checks, &findings);
        let questions = question::results(&practices);
        let pillars = pillar::results(&checks, &practices);
        Self {
            version,
            today,
            target,
            inventory,
            checks,
            findings,
            waivers,
            waiver_problems,
            has_baseline,
            practices,
            questions,
            pillars,
        }
    }

    /// The check of a finding.
    ///
    /// # Panics
    /// When the finding is of another assessment.
    pub fn check(&self, finding: &Finding) -> &CheckResult {
        &self.checks[finding.check as usize]
    }

    /// The waiver that covers a finding.
    pub fn waiver(&self, finding: &Finding) -> Option<&Waiver> {
        finding.waiver.and_then(|number| self.waivers.get(number as usize))
    }

    /// The worst severity among failures that are neither waived nor known from the baseline.
    pub fn worst(&self) -> Option<Severity> {
        let failures = self.findings.iter().filter(|f| f.outcome == Outcome::Fail && f.waiver.is_none() && f.is_new());
        failures.map(|finding| finding.severity).max()
    }

    /// All findings by status.
    pub fn tally(&self) -> Tally {
        self.checks.iter().fold(Tally::default(), |sum, check| sum.plus(check.tally))
    }

    /// How many findings of each check fail and are not in the baseline, in the order of checks.
    pub fn failing(&self) -> Vec<u32> {
        let mut failing = vec![0; self.checks.len()];
        for finding in self.findings.iter().filter(|f| f.status() == Status::Fail && f.is_new()) {
            if let Some(number) = failing.get_mut(finding.check as usize) {
                *number += 1;
            }
        }
        failing
    }

    /// How many resources were judged: all that were read but those that only Pilaster knows.
    pub fn resources(&self) -> usize {
        self.inventory.resources.iter().filter(|resource| !resource.kind.starts_with("Pilaster::")).count()
    }
}

impl CheckResult {
    fn new((check, severity): (&'static Check, Severity)) -> Self {
        let Doc { claim, why, fix, .. } = check.doc();
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            id: check.id.to_owned(),
            service: check.service().to_owned(),
            claim: claim.to_owned(),
            why: why.to_owned(),
            fix,
            severity,
            effort: check.effort,
            needs: check.needs.to_vec(),
            practices: check.practices.to_vec(),
            fsbp: owned(check.fsbp),
            cis: owned(check.cis),
            decided_by: check.decided_by,
            saves: check.saves.is_some(),
            tally: Tally::default(),
        }
    }
}
