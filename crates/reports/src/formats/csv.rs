//! CSV as RFC 4180 has it, for spreadsheets and for whatever else takes tables.
//!
//! It begins with a byte order mark, because Excel takes a file without one for text in the code page of
//! the machine and spoils every letter beyond ASCII. Programs have JSON; those that read this skip the
//! mark (`utf-8-sig` in Python). What could not be read comes first, with the status `not_assessed`:
//! a table without it would look complete.

use std::borrow::Cow;
use std::io::Write;

use assessment::Assessment;
use csv::{Terminator, Writer, WriterBuilder};
use findings::Finding;
use model::Gap;

use crate::safe::{cut, safe};
use crate::{Options, ReportError, listing, rows};

pub(crate) static FORMAT: crate::Format =
    crate::Format { id: "csv", about: "CSV for spreadsheets, a row per finding", write, compare: None };

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

const COLUMNS: [&str; 24] = [
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
];

/// Excel spreads a cell with more over the cells beside it.
const MOST_IN_CELL: usize = 32_767;

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    row(&mut table, COLUMNS.map(Cow::Borrowed))?;
    for gap in &assessment.inventory.gaps {
        row(&mut table, of_gap(gap))?;
    }
    for finding in assessment.findings.iter().filter(|finding| options.lists(finding)) {
        row(&mut table, of_finding(assessment, finding))?;
    }
    Ok(table.flush()?)
}

fn row<W: Write>(table: &mut Writer<W>, cells: [Cow<'_, str>; COLUMNS.len()]) -> Result<(), ReportError> {
    let cells = cells.map(cell);
    table.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(|error| ReportError::Write(error.into()))
}

/// What a cell holds: harmless, no formula, and no longer than a cell may be.
fn cell(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = match safe(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(safe) => Cow::Owned(safe),
    };
    let text = match is_formula(&text) {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    };
    match cut(&text, MOST_IN_CELL) {
        Cow::Borrowed(_) => text,
        Cow::Owned(cut) => Cow::Owned(cut),
    }
}

/// Whether a spreadsheet may calculate it: also behind blanks, and by the wide forms of the signs. The
/// tab and the line break that begin one, too, are no longer there.
fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn of_finding<'a>(assessment: &'a Assessment, finding: &'a Finding) -> [Cow<'a, str>; COLUMNS.len()] {
    let check = assessment.check(finding);
    let resource = assessment.inventory.resource(finding.resource);
    let evidence = listing::main_evidence(finding).or(finding.evidence.first());
    let waiver = assessment.waiver(finding);
    let file = listing::file(assessment, finding);
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
    ]
}

fn of_gap(gap: &Gap) -> [Cow<'_, str>; COLUMNS.len()] {
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
