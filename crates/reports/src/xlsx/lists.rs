//! The sheets that are one table each.

use std::borrow::Cow;
use std::collections::HashMap;

use assessment::{Assessment, CheckResult, Horizon, QuestionRisk, Tally};
use findings::{Finding, Status};
use framework::Severity;
use model::{Gap, Presence, Resource};
use rust_xlsxwriter::XlsxError;

use super::savings;
use super::sheet::{Cell, Column, List, Styles, table};
use crate::columns::{COLUMNS, of_finding};
use crate::{Options, listing, rows, words};

/// The sheets, in their order.
pub(super) fn sheets(assessment: &Assessment, options: &Options, styles: &Styles) -> Result<Vec<List>, XlsxError> {
    let findings = assessment.findings.iter().filter(|finding| options.lists(finding));
    Ok(vec![
        table("Findings", FINDINGS, findings.map(|finding| of_listed(assessment, finding)), styles)?,
        table("Checks", CHECKS, checks(assessment), styles)?,
        table("Practices", PRACTICES, practices(assessment), styles)?,
        table("Resources", RESOURCES, resources(assessment), styles)?,
        savings::sheet(assessment, styles)?,
        table("Coverage", COVERAGE, coverage(assessment), styles)?,
    ])
}

/// The columns of CSV, called as people call them.
const FINDINGS: [Column; COLUMNS.len()] = [
    ("Id", 22.0),
    ("Status", 10.0),
    ("Severity", 10.0),
    ("Check", 30.0),
    ("Claim", 46.0),
    ("Pillars", 20.0),
    ("Best practices", 26.0),
    ("Service", 12.0),
    ("Resource type", 26.0),
    ("Resource id", 32.0),
    ("Resource name", 24.0),
    ("ARN", 24.0),
    ("Account", 14.0),
    ("Region", 13.0),
    ("File", 32.0),
    ("Line", 7.0),
    ("Property", 28.0),
    ("Observed", 32.0),
    ("Expected", 32.0),
    ("Further evidence", 10.0),
    ("Effort", 9.0),
    ("Waiver reason", 30.0),
    ("Waiver owner", 16.0),
    ("Waiver until", 12.0),
    ("USD a month", 12.0),
    ("Saved how", 40.0),
];

fn of_listed<'a>(assessment: &'a Assessment, finding: &'a Finding) -> [Cell<'a>; COLUMNS.len()] {
    let mut names = COLUMNS.iter();
    of_finding(assessment, finding).map(|text| match names.next() {
        Some(&"status") => Cell::Status(finding.status()),
        Some(&"severity") => Cell::Severity(finding.severity),
        Some(&"monthly_savings_usd") => finding.saving.as_ref().map_or(Cell::Empty, |s| Cell::Money(s.monthly)),
        Some(&"line" | &"further_evidence") => text.parse().map_or(Cell::Empty, Cell::Number),
        _ => Cell::Text(text),
    })
}

const CHECKS: [Column; 18] = [
    ("Check", 34.0),
    ("Claim", 50.0),
    ("Service", 12.0),
    ("Severity", 10.0),
    ("Effort", 9.0),
    ("Needs", 16.0),
    ("Mend by day", 12.0),
    ("Pillars", 20.0),
    ("Best practices", 26.0),
    ("Security Hub", 16.0),
    ("CIS", 10.0),
    ("Failed", 9.0),
    ("Unknown", 9.0),
    ("Waived", 9.0),
    ("Passed", 9.0),
    ("Did not apply", 9.0),
    ("Why", 50.0),
    ("Fix", 50.0),
];

/// Checks, those that fail with the end of their stage of the roadmap.
fn checks(assessment: &Assessment) -> impl Iterator<Item = [Cell<'_>; CHECKS.len()]> {
    let stages = assessment.roadmap();
    let planned = stages.iter().flat_map(|stage| stage.measures.iter().map(|m| (m.check.id.as_str(), stage.horizon)));
    let planned: HashMap<&str, Horizon> = planned.collect();
    assessment.checks.iter().map(move |check| of_check(check, planned.get(check.id.as_str()).copied()))
}

fn of_check(check: &CheckResult, planned: Option<Horizon>) -> [Cell<'_>; CHECKS.len()] {
    let needs: Vec<&str> = check.needs.iter().map(|need| words::need(*need)).collect();
    let pillars: Vec<&str> = listing::pillars(check).iter().map(|pillar| pillar.id()).collect();
    let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
    let [failed, unknown, waived, passed] = counts(check.tally);
    [
        Cell::text(&check.id),
        Cell::text(&check.claim),
        Cell::text(&check.service),
        Cell::Severity(check.severity),
        Cell::text(words::effort(check.effort)),
        Cell::text(needs.join("; ")),
        planned.map_or(Cell::Empty, |horizon| Cell::number(horizon.days().1)),
        Cell::text(pillars.join("; ")),
        Cell::text(practices.join("; ")),
        Cell::text(check.fsbp.join("; ")),
        Cell::text(check.cis.join("; ")),
        failed,
        unknown,
        waived,
        passed,
        Cell::number(check.tally.not_applicable),
        Cell::text(words::paragraphs(&check.why).join(" ")),
        Cell::text(words::paragraphs(&check.fix).join(" ")),
    ]
}

/// Failed, unknown, waived and passed.
pub(super) fn counts(tally: Tally) -> [Cell<'static>; 4] {
    [tally.failed, tally.unknown, tally.waived, tally.passed].map(Cell::number)
}

const PRACTICES: [Column; 12] = [
    ("Best practice", 14.0),
    ("Title", 56.0),
    ("Pillar", 22.0),
    ("Question", 10.0),
    ("Asks", 50.0),
    ("Risk of the question", 12.0),
    ("Risk of the practice", 12.0),
    ("Verdict", 13.0),
    ("Failed", 9.0),
    ("Unknown", 9.0),
    ("Waived", 9.0),
    ("Passed", 9.0),
];

fn practices(assessment: &Assessment) -> impl Iterator<Item = [Cell<'_>; PRACTICES.len()]> {
    let risks: HashMap<&str, QuestionRisk> =
        assessment.questions.iter().map(|result| (result.question.id(), result.risk)).collect();
    assessment.practices.iter().map(move |result| {
        let practice = result.practice;
        let question = practice.question();
        let [failed, unknown, waived, passed] = counts(result.tally);
        [
            Cell::text(practice.id()),
            Cell::text(practice.title()),
            Cell::text(practice.pillar().name()),
            Cell::text(question.id()),
            Cell::text(question.text()),
            Cell::perhaps(risks.get(question.id()).map(|risk| words::risk(*risk))),
            Cell::text(practice.risk().id()),
            Cell::text(result.verdict.id()),
            failed,
            unknown,
            waived,
            passed,
        ]
    })
}

const RESOURCES: [Column; 13] = [
    ("Resource type", 30.0),
    ("Resource id", 36.0),
    ("Name", 28.0),
    ("ARN", 36.0),
    ("Account", 14.0),
    ("Region", 13.0),
    ("Where", 40.0),
    ("Depends on", 18.0),
    ("Worst failure", 12.0),
    ("Failed", 9.0),
    ("Unknown", 9.0),
    ("Waived", 9.0),
    ("Passed", 9.0),
];

/// Resources that were judged. Those that only Pilaster knows stand here when something was found of them.
fn resources(assessment: &Assessment) -> impl Iterator<Item = [Cell<'_>; RESOURCES.len()]> {
    let mut found: Vec<(Tally, Option<Severity>)> = vec![Default::default(); assessment.inventory.resources.len()];
    for finding in &assessment.findings {
        if let Some((tally, worst)) = found.get_mut(finding.resource.0 as usize) {
            tally.count(finding.status());
            if finding.status() == Status::Fail {
                *worst = (*worst).max(Some(finding.severity));
            }
        }
    }
    let all = assessment.inventory.resources.iter().zip(found);
    all.filter(|(resource, (tally, _))| !resource.kind.starts_with("Pilaster::") || *tally != Tally::default())
        .map(|(resource, (tally, worst))| of_resource(assessment, resource, tally, worst))
}

fn of_resource<'a>(
    assessment: &'a Assessment,
    resource: &'a Resource,
    tally: Tally,
    worst: Option<Severity>,
) -> [Cell<'a>; RESOURCES.len()] {
    let [failed, unknown, waived, passed] = counts(tally);
    [
        Cell::text(&resource.kind),
        Cell::text(&resource.id),
        Cell::perhaps(resource.name.as_deref()),
        Cell::perhaps(resource.arn.as_deref()),
        Cell::perhaps(listing::account(assessment, resource)),
        Cell::perhaps(listing::region(assessment, resource)),
        Cell::text(assessment.inventory.place(resource.origin)),
        match &resource.presence {
            Presence::Certain => Cell::Empty,
            Presence::Possible(condition) => Cell::text(condition.text.to_string()),
        },
        worst.map_or(Cell::Empty, Cell::Severity),
        failed,
        unknown,
        waived,
        passed,
    ]
}

const COVERAGE: [Column; 6] =
    [("What", 26.0), ("Where", 50.0), ("Why", 70.0), ("Account", 14.0), ("Region", 14.0), ("Allow", 34.0)];

/// What could not be read comes first, then what is wrong with waivers, and what was left out on purpose.
fn coverage(assessment: &Assessment) -> impl Iterator<Item = [Cell<'_>; COVERAGE.len()]> {
    let inventory = &assessment.inventory;
    let gaps = inventory.gaps.iter().map(of_gap);
    let problems = assessment.waiver_problems.iter();
    let problems = problems.map(|problem| plain("waiver to mend", &*problem.place, &*problem.message));
    let skipped = inventory.skipped.iter().map(|skipped| plain("skipped", &*skipped.file, &*skipped.reason));
    let suppressions = inventory.suppressions.iter().map(|suppression| {
        let rules = suppression.rules.join(", ");
        let why = match &suppression.reason {
            Some(reason) => format!("{} {rules}: {reason}", suppression.tool),
            None => format!("{} {rules}", suppression.tool),
        };
        plain("suppression, no effect", inventory.place(suppression.origin), why)
    });
    gaps.chain(problems).chain(skipped).chain(suppressions)
}

fn of_gap(gap: &Gap) -> [Cell<'_>; COVERAGE.len()] {
    [
        Cell::text("not assessed"),
        Cell::text(rows::gap_place(gap)),
        Cell::text(&gap.reason),
        Cell::perhaps(gap.account.as_deref()),
        Cell::perhaps(gap.region.as_deref()),
        Cell::perhaps(gap.action.as_deref()),
    ]
}

fn plain<'a>(
    what: &'static str,
    place: impl Into<Cow<'a, str>>,
    why: impl Into<Cow<'a, str>>,
) -> [Cell<'a>; COVERAGE.len()] {
    [Cell::text(what), Cell::text(place), Cell::text(why), Cell::Empty, Cell::Empty, Cell::Empty]
}
