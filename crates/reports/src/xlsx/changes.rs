//! What changed, as sheets.

use assessment::{Change, Comparison};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Column, Page, Styles, table};
use crate::comparison::{below, counts, lists, moved, note, only, place, resources, subject, title};
use crate::{Options, words};

const CHANGES: [Column; 12] = [
    ("Change", 22.0),
    ("Severity", 10.0),
    ("Check", 32.0),
    ("Claim", 46.0),
    ("Resource type", 26.0),
    ("Resource id", 34.0),
    ("Where", 36.0),
    ("Before", 12.0),
    ("After", 12.0),
    ("Cause", 12.0),
    ("Note", 34.0),
    ("Says", 60.0),
];

pub(super) fn sheets(
    comparison: &Comparison<'_>,
    options: &Options,
    styles: &Styles,
) -> Result<Vec<Worksheet>, XlsxError> {
    let listed = comparison.changes.iter().filter(|change| lists(comparison, options, change));
    let changes = table("Changes", CHANGES, listed.map(|change| of_change(comparison, change)), styles)?;
    let mut page = Page::new("Summary", "What changed", &[28.0, 12.0, 12.0, 12.0, 60.0], styles)?;
    let (before, after) = (comparison.before, comparison.after);
    for (label, assessment) in [("Before", before), ("After", after)] {
        page.fact(label, Cell::text(format!("{}, Pilaster {}", assessment.today, assessment.version)))?;
    }
    let counted: Vec<String> = counts(comparison).into_iter().map(|(_, words)| words).collect();
    page.fact("Findings", Cell::text(counted.join(", ")))?;
    page.fact("Failing as before", Cell::number(comparison.still_failing))?;
    if let Some(resources) = resources(comparison) {
        page.fact("Resources", Cell::text(resources))?;
    }
    if let (below @ 1.., Some(least)) = (below(comparison, options), options.min_severity) {
        page.fact("Not listed", Cell::text(format!("{} below {least}", words::count(below, "change"))))?;
    }
    if changes.left > 0 {
        page.fact("Beyond the sheet Changes", Cell::count(changes.left))?;
    }
    if !comparison.differences.is_empty() {
        page.heading("The two are not of the same scope")?;
        for difference in &comparison.differences {
            page.row([Cell::text(subject(difference))])?;
            for (label, entries, left) in only(difference, false) {
                let left = if left > 0 { format!(" and {left} more") } else { String::new() };
                page.fact(label, Cell::text(format!("{}{left}", entries.join(", "))))?;
            }
        }
    }
    page.heading("Pillars")?;
    page.header(&["Pillar", "Before", "After", "Change", "What moved it"])?;
    for pillar in &comparison.pillars {
        let tenths = |tenths: Option<i32>| tenths.map_or(Cell::Empty, |tenths| Cell::number(f64::from(tenths) / 10.0));
        page.row([
            Cell::text(pillar.pillar.name()),
            tenths(pillar.before),
            tenths(pillar.after),
            tenths(pillar.change()),
            Cell::text(moved(pillar)),
        ])?;
    }
    Ok(vec![page.sheet, changes.sheet])
}

fn of_change<'a>(comparison: &Comparison<'a>, change: &Change) -> [Cell<'a>; CHANGES.len()] {
    let check = comparison.check(change);
    let (place, resource) = place(comparison, change);
    [
        Cell::text(title(change.kind)),
        Cell::Severity(comparison.severity(change)),
        Cell::text(&check.id),
        Cell::text(&check.claim),
        Cell::text(&resource.kind),
        Cell::text(&resource.id),
        Cell::text(place),
        comparison.status_before(change).map_or(Cell::Empty, Cell::Status),
        comparison.status_after(change).map_or(Cell::Empty, Cell::Status),
        Cell::text(change.cause.id()),
        Cell::text(note(comparison, change)),
        Cell::text(words::statements(comparison.finding(change))),
    ]
}
