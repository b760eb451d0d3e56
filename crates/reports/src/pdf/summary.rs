//! What a report says first: what was seen and what not, what it comes to, and what to do.

use assessment::{Assessment, Measure, PillarResult};
use findings::Status;
use serde::Serialize;

use super::Edition;
use super::breaks::{printed, printed_name, titled};
use crate::detail::anchor;
use crate::{Options, Past, figures, listing, rows, savings, words};

/// How much stands in the summary of each edition.
struct Most {
    gaps: usize,
    actions: usize,
    waivers: usize,
    risks: usize,
    measures: usize,
    savings: usize,
}

impl Edition {
    fn most(self) -> Most {
        match self {
            Edition::Executive => Most { gaps: 4, actions: 12, waivers: 3, risks: 8, measures: 5, savings: 5 },
            Edition::Full => Most { gaps: 12, actions: 50, waivers: 50, risks: 12, measures: usize::MAX, savings: 15 },
        }
    }

    /// A text on few pages is a short one.
    pub(super) fn printed(self, text: &str) -> String {
        match self {
            Edition::Executive => printed_name(text),
            Edition::Full => printed(text),
        }
    }
}

/// The first pages.
#[derive(Serialize)]
pub(super) struct Summary {
    /// A number, what it counts, and its tone.
    figures: Vec<(String, &'static str, &'static str)>,
    is_empty: bool,
    gaps: Vec<(String, String)>,
    gaps_in_all: usize,
    actions: Vec<String>,
    actions_more: usize,
    notes: Vec<String>,
    waivers_to_mend: Vec<(String, String)>,
    waivers_to_mend_in_all: usize,
    scores: Vec<Score>,
    /// Days whose scores are of something else: `2026-08-01: paths differ`.
    past_differs: Vec<String>,
    charts: Charts,
    is_failing: bool,
    risks: Vec<Risk>,
    /// Nothing where there is nothing to save.
    savings: Option<Savings>,
    roadmap: Vec<Stage>,
}

/// What a pillar comes to.
#[derive(Serialize)]
pub(super) struct Score {
    name: &'static str,
    score: Option<u8>,
    gauge: String,
    trend: Option<String>,
    facts: String,
}

impl Score {
    pub(super) fn new(assessment: &Assessment, result: &PillarResult, past: &[Past]) -> Self {
        let PillarResult { pillar, tally, assessed, practices, at_risk, .. } = result;
        Self {
            name: pillar.name(),
            score: result.score,
            gauge: figures::score(result),
            trend: figures::trend(assessment, result, past),
            facts: format!(
                "{} failed, {} unknown, {} waived, {} passed. {at_risk} of {assessed} assessed practices at risk, \
                 {practices} in all.",
                tally.failed, tally.unknown, tally.waived, tally.passed
            ),
        }
    }
}

#[derive(Serialize)]
struct Charts {
    severity: String,
    effort: String,
    services: String,
    regions: Option<String>,
}

#[derive(Serialize)]
struct Risk {
    severity: &'static str,
    claim: String,
    anchor: String,
    resources: usize,
    effort: String,
    pillars: String,
}

/// What ending failures would save, in USD.
#[derive(Serialize)]
struct Savings {
    monthly: String,
    yearly: String,
    resources: usize,
    undetermined: usize,
    /// Whose figures they are.
    prices: String,
    services: String,
    efforts: String,
    by_check: Vec<SavingOfCheck>,
    more: usize,
    /// Resources whose failures would save most, and what that is computed from.
    first: Vec<SavingOfResource>,
    first_more: usize,
}

#[derive(Serialize)]
struct SavingOfCheck {
    claim: String,
    anchor: String,
    resources: usize,
    monthly: String,
    yearly: String,
    effort: String,
}

#[derive(Serialize)]
struct SavingOfResource {
    name: String,
    kind: String,
    monthly: String,
    basis: String,
}

#[derive(Serialize)]
struct Stage {
    days: (u32, u32),
    measures: Vec<Step>,
    more: usize,
    /// The score of each pillar after it.
    scores: Vec<Option<u8>>,
}

#[derive(Serialize)]
struct Step {
    severity: &'static str,
    claim: String,
    anchor: String,
    resources: u32,
    effort: String,
}

pub(super) fn summary(assessment: &Assessment, options: &Options, edition: Edition) -> Summary {
    let most = edition.most();
    let failing = listing::groups(assessment, options, Status::Fail);
    let risk = |group: &&listing::Group<'_>| Risk {
        severity: group.check.severity.id(),
        claim: printed(&group.check.claim),
        anchor: anchor(group.check),
        resources: group.findings.len(),
        effort: words::cost_of_fix(group.check),
        pillars: listing::pillar_names(group.check),
    };
    let actions = rows::missing_actions(assessment);
    let problems = assessment.waiver_problems.iter().take(most.waivers);
    Summary {
        figures: figures_of(assessment),
        is_empty: assessment.resources() == 0,
        gaps: gaps(assessment, edition, most.gaps),
        gaps_in_all: rows::gaps(assessment).len(),
        actions: actions.iter().take(most.actions).map(|action| printed_name(action)).collect(),
        actions_more: actions.len().saturating_sub(most.actions),
        notes: notes(assessment, options),
        waivers_to_mend: problems.map(|p| (printed_name(&p.place), edition.printed(&p.message))).collect(),
        waivers_to_mend_in_all: assessment.waiver_problems.len(),
        scores: assessment.pillars.iter().map(|result| Score::new(assessment, result, &options.past)).collect(),
        past_differs: rows::differing(&options.past),
        charts: Charts {
            severity: figures::by_severity(assessment),
            effort: figures::by_effort(assessment),
            services: figures::by_service(assessment),
            regions: figures::by_region(assessment),
        },
        is_failing: assessment.failing().iter().any(|failing| *failing > 0),
        risks: listing::first_steps(&failing, most.risks).iter().map(risk).collect(),
        savings: savings_of(assessment, most.savings),
        roadmap: roadmap(assessment, most.measures),
    }
}

fn savings_of(assessment: &Assessment, most: usize) -> Option<Savings> {
    let found = assessment.savings();
    let counted: Vec<_> = found.findings.iter().filter(|of| of.counts).collect();
    let by_check = found.by_check.iter().take(most).map(|of| SavingOfCheck {
        claim: printed(&of.check.claim),
        anchor: anchor(of.check),
        resources: of.findings,
        monthly: of.monthly.to_string(),
        yearly: (of.monthly * 12).to_string(),
        effort: words::cost_of_fix(of.check),
    });
    let first = counted.iter().take(most).map(|of| {
        let resource = assessment.inventory.resource(of.finding.resource);
        SavingOfResource {
            name: printed_name(&resource.id),
            kind: printed_name(&resource.kind),
            monthly: of.saving.monthly.to_string(),
            basis: printed(&savings::basis(of.saving)),
        }
    });
    (!found.findings.is_empty()).then(|| Savings {
        monthly: found.monthly.to_string(),
        yearly: (found.monthly * 12).to_string(),
        resources: found.resources,
        undetermined: found.undetermined,
        prices: savings::prices(&found),
        services: figures::savings_by_service(&found),
        efforts: figures::savings_by_effort(&found),
        by_check: by_check.collect(),
        more: found.by_check.len().saturating_sub(most),
        first: first.collect(),
        first_more: counted.len().saturating_sub(most),
    })
}

/// Where and why something could not be read.
pub(super) fn gaps(assessment: &Assessment, edition: Edition, most: usize) -> Vec<(String, String)> {
    let gaps = rows::gaps(assessment);
    gaps.iter().take(most).map(|row| (printed_name(&row.place(false)), edition.printed(&row.gap.reason))).collect()
}

fn figures_of(assessment: &Assessment) -> Vec<(String, &'static str, &'static str)> {
    let tally = assessment.tally();
    let asked = tally.decided() + tally.unknown;
    let mut figures = vec![
        (tally.failed.to_string(), "failed", "bad"),
        (tally.unknown.to_string(), "unknown", "unknown"),
        (tally.waived.to_string(), "waived", "plain"),
        (tally.passed.to_string(), "passed", "good"),
    ];
    if asked > 0 {
        let share = u64::from(tally.decided()) * 100 / u64::from(asked);
        figures.push((format!("{share}%"), "could be decided", "plain"));
    }
    figures
}

fn notes(assessment: &Assessment, options: &Options) -> Vec<String> {
    let inventory = &assessment.inventory;
    let mut notes = Vec::new();
    if !inventory.suppressions.is_empty() {
        let tools: Vec<String> = listing::suppressions(assessment)
            .into_iter()
            .map(|(tool, times)| format!("{} {times}", printed(tool)))
            .collect();
        let number = words::count(inventory.suppressions.len(), "suppression");
        notes.push(format!("{number} of other tools seen: {}.", tools.join(", ")));
    }
    if assessment.has_baseline {
        let known = words::count(listing::known(assessment), "finding");
        notes.push(format!("{known} in the baseline, counted and not listed."));
    }
    if let (below @ 1.., Some(least)) = (listing::below(assessment, options), options.min_severity) {
        notes.push(format!("{} below {least} not listed.", words::count(below, "finding")));
    }
    if !inventory.skipped.is_empty() {
        notes.push(format!("{} skipped.", words::count(inventory.skipped.len(), "file")));
    }
    notes
}

fn roadmap(assessment: &Assessment, most: usize) -> Vec<Stage> {
    let step = |measure: &Measure<'_>| Step {
        severity: measure.check.severity.id(),
        claim: printed(&measure.check.claim),
        anchor: anchor(measure.check),
        resources: measure.failing,
        effort: words::cost_of_fix(measure.check),
    };
    let stage = |stage: assessment::Stage<'_>| Stage {
        days: stage.horizon.days(),
        measures: stage.measures.iter().take(most).map(step).collect(),
        more: stage.measures.len().saturating_sub(most),
        scores: stage.scores.iter().map(|(_, score)| *score).collect(),
    };
    assessment.roadmap().into_iter().map(stage).collect()
}

/// What was assessed.
pub(super) fn scope(assessment: &Assessment, edition: Edition) -> Vec<(&'static str, Vec<String>)> {
    // Names beyond these are counted.
    let named = match edition {
        Edition::Executive => 3,
        Edition::Full => 12,
    };
    let target = &assessment.target;
    let names = |names: &[String]| {
        let mut shown: Vec<String> = names.iter().take(named).map(|name| titled(name)).collect();
        if let more @ 1.. = names.len().saturating_sub(named) {
            shown.push(format!("and {more} more"));
        }
        shown
    };
    let one = |name: &Option<String>| name.iter().map(|name| titled(name)).collect::<Vec<String>>();
    let mut read = rows::sources(assessment);
    read.push(words::count(assessment.resources(), "resource"));
    let all = [
        ("Paths", names(&target.paths)),
        ("Account", one(&target.account)),
        ("Region", one(&target.region)),
        ("Parameters given", names(&target.parameters)),
        ("Read", read),
        ("Judged by", vec![words::count(assessment.checks.len(), "check")]),
    ];
    all.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}
