//! A finding as a row of a table, as spreadsheets have it.

use std::borrow::Cow;

use assessment::Assessment;
use findings::Finding;
use model::Gap;

use crate::{listing, rows, savings};

/// What the columns are called.
pub(crate) const COLUMNS: [&str; 26] = [
    "id",
    "status",
    "severity",
    "check",
    "claim",
    "pillars",
    "best_practices",
    "service",
    "resource_type",
    "resource_id",
    "resource_name",
    "arn",
    "account",
    "region",
    "file",
    "line",
    "property",
    "observed",
    "expected",
    "further_evidence",
    "effort",
    "waiver_reason",
    "waiver_owner",
    "waiver_until",
    "monthly_savings_usd",
    "savings_basis",
];

/// How much a cell of Excel holds, in UTF-16 units.
pub(crate) const MOST_IN_CELL: usize = 32_767;

/// The cells of a finding, as they were written: not yet harmless.
pub(crate) fn of_finding<'a>(assessment: &'a Assessment, finding: &'a Finding) -> [Cow<'a, str>; COLUMNS.len()] {
    let check = assessment.check(finding);
    let resource = assessment.inventory.resource(finding.resource);
    let evidence = listing::main_evidence(finding).or(finding.evidence.first());
    let waiver = assessment.waiver(finding);
    let file = listing::file(assessment, finding);
    let saving = finding.saving.as_ref();
    let pillars: Vec<&str> = listing::pillars(check).iter().map(|pillar| pillar.id()).collect();
    let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
    let perhaps = |text: Option<&'a str>| Cow::Borrowed(text.unwrap_or_default());
    [
        Cow::Borrowed(&finding.id),
        Cow::Borrowed(finding.status().id()),
        Cow::Borrowed(finding.severity.id()),
        Cow::Borrowed(&check.id),
        Cow::Borrowed(&check.claim),
        Cow::Owned(pillars.join("; ")),
        Cow::Owned(practices.join("; ")),
        Cow::Borrowed(&check.service),
        Cow::Borrowed(&resource.kind),
        Cow::Borrowed(&resource.id),
        perhaps(resource.name.as_deref()),
        perhaps(resource.arn.as_deref()),
        perhaps(listing::account(assessment, resource)),
        perhaps(listing::region(assessment, resource)),
        perhaps(file.map(|(file, _)| file)),
        Cow::Owned(file.map(|(_, line)| line.to_string()).unwrap_or_default()),
        perhaps(evidence.map(|evidence| evidence.path.as_str())),
        perhaps(evidence.map(|evidence| evidence.observed.as_str())),
        perhaps(evidence.map(|evidence| evidence.expected.as_str())),
        Cow::Owned(finding.evidence.len().saturating_sub(1).to_string()),
        Cow::Borrowed(crate::words::effort(check.effort)),
        perhaps(waiver.map(|waiver| waiver.reason.as_str())),
        perhaps(waiver.and_then(|waiver| waiver.owner.as_deref())),
        perhaps(waiver.and_then(|waiver| waiver.until.as_deref())),
        Cow::Owned(saving.map(|saving| format!("{:.2}", saving.monthly.dollars())).unwrap_or_default()),
        Cow::Owned(saving.map(savings::basis).unwrap_or_default()),
    ]
}

/// The cells of something that could not be read, likewise.
pub(crate) fn of_gap(gap: &Gap) -> [Cow<'_, str>; COLUMNS.len()] {
    let mut cells = [const { Cow::Borrowed("") }; COLUMNS.len()];
    let place = if gap.file.is_none() { rows::gap_place(gap) } else { String::new() };
    let known = [
        ("status", Cow::Borrowed("not_assessed")),
        ("service", Cow::Borrowed(gap.service.as_deref().unwrap_or_default())),
        ("resource_id", Cow::Owned(place)),
        ("account", Cow::Borrowed(gap.account.as_deref().unwrap_or_default())),
        ("region", Cow::Borrowed(gap.region.as_deref().unwrap_or_default())),
        ("file", Cow::Borrowed(gap.file.as_deref().unwrap_or_default())),
        ("line", Cow::Owned(gap.line.map(|line| line.to_string()).unwrap_or_default())),
        ("observed", Cow::Borrowed(gap.reason.as_str())),
    ];
    for (column, text) in known {
        if let Some(cell) = COLUMNS.iter().position(|other| *other == column).and_then(|place| cells.get_mut(place)) {
            *cell = text;
        }
    }
    cells
}
