//! What changed, as sheets.

use assessment::{Change, Comparison};
use model::{Inventory, ResourceId};
use rust_xlsxwriter::{Chart, ChartDataLabel, ChartLegendPosition, ChartSolidFill, Color, Worksheet, XlsxError};

use super::sheet::{Cell, Column, LOW, PLAIN, Page, Styles, table};
use crate::comparison::{self, below, counts, lists, moved, note, only, place, subject, title};
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

const SUMMARY: &str = "Summary";

const RESOURCES: [Column; 5] =
    [("Change", 18.0), ("Resource type", 34.0), ("Resource id", 46.0), ("Was called", 46.0), ("Where", 40.0)];

pub(super) fn sheets(
    comparison: &Comparison<'_>,
    options: &Options,
    styles: &Styles,
) -> Result<Vec<Worksheet>, XlsxError> {
    let listed = comparison.changes.iter().filter(|change| lists(comparison, options, change));
    let changes = table("Changes", CHANGES, listed.map(|change| of_change(comparison, change)), styles)?;
    let resources = table("Resources", RESOURCES, changed_resources(comparison), styles)?;
    let mut page = Page::new(SUMMARY, "What changed", &[28.0, 12.0, 12.0, 12.0, 60.0], styles)?;
    let (before, after) = (comparison.before, comparison.after);
    for (label, assessment) in [("Before", before), ("After", after)] {
        page.fact(label, Cell::text(format!("{}, Pilaster {}", assessment.today, assessment.version)))?;
    }
    let counted: Vec<String> = counts(comparison).into_iter().map(|(_, words)| words).collect();
    page.fact("Findings", Cell::text(counted.join(", ")))?;
    page.fact("Failing as before", Cell::number(comparison.still_failing))?;
    if let Some(words) = comparison::resources(comparison) {
        page.fact("Resources", Cell::text(words))?;
    }
    if let (below @ 1.., Some(least)) = (below(comparison, options), options.min_severity) {
        page.fact("Not listed", Cell::text(format!("{} below {least}", words::count(below, "change"))))?;
    }
    for list in [&changes, &resources].into_iter().filter(|list| list.left > 0) {
        page.fact(&format!("Beyond the sheet {}", list.name), Cell::count(list.left))?;
    }
    if !comparison.differences.is_empty() {
        page.heading("The two are not of the same scope")?;
        for difference in &comparison.differences {
            page.row([Cell::text(subject(difference.scope))])?;
            for (label, entries, left) in only(difference, false) {
                let left = if left > 0 { format!(" and {left} more") } else { String::new() };
                page.fact(label, Cell::text(format!("{}{left}", entries.join(", "))))?;
            }
        }
    }
    page.heading("Pillars")?;
    page.header("Pillar", &["Before", "After", "Change"], &["What moved it"])?;
    let first = page.next;
    for pillar in &comparison.pillars {
        let tenths = |tenths: Option<i32>| tenths.map_or(Cell::Empty, Cell::Tenths);
        page.row([
            Cell::text(pillar.pillar.name()),
            tenths(pillar.before),
            tenths(pillar.after),
            tenths(pillar.change()),
            Cell::Remark(moved(pillar).into()),
        ])?;
    }
    let last = page.next.max(first + 1) - 1;
    page.sheet.insert_chart(page.next + 1, 0, &scores(first, last))?;
    Ok(vec![page.sheet, changes.sheet, resources.sheet])
}

/// The scores of each pillar before and after, as bars beside each other.
fn scores(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new_bar();
    chart.title().set_name("Score by pillar before and after, 0 to 100");
    chart.set_alt_text("The scores of the six pillars before and after as bars; the table above has the numbers");
    chart.set_width(760).set_height(420);
    // Bars lie: the upright axis is the one with the names.
    chart.y_axis().set_reverse();
    chart.x_axis().set_min(0).set_max(100).set_hidden(true).set_major_gridlines(false);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    for (name, column, color) in [("Before", 1, LOW), ("After", 2, PLAIN)] {
        chart
            .add_series()
            .set_name(name)
            .set_categories((SUMMARY, first, 0, last, 0))
            .set_values((SUMMARY, first, column, last, column))
            .set_gap(60)
            .set_data_label(ChartDataLabel::new().show_value().set_num_format("0.0"))
            .set_format(ChartSolidFill::new().set_color(Color::RGB(color)));
    }
    chart
}

/// What appeared, went, and is called otherwise.
fn changed_resources<'c, 'a>(
    comparison: &'c Comparison<'a>,
) -> impl Iterator<Item = [Cell<'a>; RESOURCES.len()]> + use<'c, 'a> {
    let (before, after) = (&comparison.before.inventory, &comparison.after.inventory);
    let row = |what: &'static str, inventory: &'a Inventory, id: ResourceId, was: Option<&'a str>| {
        let resource = inventory.resource(id);
        [
            Cell::text(what),
            Cell::text(&resource.kind),
            Cell::text(&resource.id),
            Cell::perhaps(was),
            Cell::text(inventory.place(resource.origin)),
        ]
    };
    let appeared = comparison.appeared.iter().map(move |id| row("appeared", after, *id, None));
    let gone = comparison.gone.iter().map(move |id| row("gone", before, *id, None));
    let moved = comparison
        .moved
        .iter()
        .map(move |(old, new)| row("renamed or moved", after, *new, Some(before.resource(*old).id.as_str())));
    appeared.chain(gone).chain(moved)
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
