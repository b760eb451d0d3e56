//! CSV as RFC 4180 has it, for spreadsheets and for whatever else takes tables.
//!
//! It begins with a byte order mark, because Excel takes a file without one for text in the code page of
//! the machine and spoils every letter beyond ASCII. Programs have JSON; those that read this skip the
//! mark (`utf-8-sig` in Python). What could not be read comes first, with the status `not_assessed`:
//! a table without it would look complete.

use std::borrow::Cow;
use std::io::Write;

use assessment::{Assessment, Comparison};
use csv::{Terminator, Writer, WriterBuilder};

use crate::columns::{COLUMNS, MOST_IN_CELL, of_finding, of_gap};
use crate::comparison::{self, lists, note};
use crate::safe::{cut, safe};
use crate::{Options, ReportError};

pub(crate) static FORMAT: crate::Format =
    crate::Format { id: "csv", about: "CSV for spreadsheets, a row per finding", is_binary: false, write, compare };

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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

/// What a change has before the columns of its finding.
const OF_CHANGE: [&str; 6] = ["change", "cause", "fails_anew", "status_before", "severity_before", "note"];

fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    row(&mut table, OF_CHANGE.into_iter().chain(COLUMNS).map(Cow::Borrowed))?;
    for difference in &comparison.differences {
        let note = comparison::difference(difference);
        let cells = ["scope", difference.scope.id(), "", "", "", &note].map(Cow::Borrowed);
        row(&mut table, cells.into_iter().chain([const { Cow::Borrowed("") }; COLUMNS.len()]))?;
    }
    for change in comparison.changes.iter().filter(|change| lists(comparison, options, change)) {
        let severity = comparison.severity_before(change).map_or("", |severity| severity.id());
        let cells = [
            Cow::Borrowed(change.kind.id()),
            Cow::Borrowed(change.cause.id()),
            Cow::Borrowed(if comparison.fails_anew(change) { "true" } else { "false" }),
            Cow::Borrowed(comparison.status_before(change).map_or("", |status| status.id())),
            Cow::Borrowed(severity),
            Cow::Owned(note(comparison, change)),
        ];
        let finding = of_finding(comparison.holder(change), comparison.finding(change));
        row(&mut table, cells.into_iter().chain(finding))?;
    }
    Ok(table.flush()?)
}

fn row<'a, W: Write>(table: &mut Writer<W>, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Result<(), ReportError> {
    let cells: Vec<Cow<'_, str>> = cells.into_iter().map(cell).collect();
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
