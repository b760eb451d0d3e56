//! What it comes to, and what it comes from.

use assessment::Assessment;
use findings::Status;
use framework::Severity;
use rust_xlsxwriter::{Chart, ChartDataLabel, Color, Worksheet, XlsxError};

use super::lists::counts;
use super::sheet::{CRITICAL, Cell, HIGH, LOW, List, MEDIUM, PLAIN, Page, Styles};
use crate::{Options, listing, rows, savings, words};

const NAME: &str = "Summary";

/// Paths and parameters beyond these are counted.
const NAMED: usize = 200;

/// How many rows a chart covers.
const CHART: u32 = 17;

pub(super) fn summary(
    assessment: &Assessment,
    options: &Options,
    lists: &[List],
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let widths = [28.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0];
    let mut page = Page::new(NAME, "Well-architected assessment", &widths, styles)?;
    scope(&mut page, assessment)?;
    findings(&mut page, assessment, options, lists)?;
    possible_savings(&mut page, assessment)?;
    page.heading("Pillars")?;
    let numbers = ["Score", "Decided", "Failed", "Unknown", "Waived", "Passed", "At risk", "Assessed", "Practices"];
    page.header("Pillar", &numbers, &[])?;
    let first_pillar = page.next;
    for result in &assessment.pillars {
        let [failed, unknown, waived, passed] = counts(result.tally);
        page.row([
            Cell::text(result.pillar.name()),
            result.score.map_or(Cell::Empty, Cell::number),
            // A score of nothing is no score of zero.
            result.decided.map_or(Cell::text("nothing"), Cell::Percent),
            failed,
            unknown,
            waived,
            passed,
            Cell::number(result.at_risk),
            Cell::number(result.assessed),
            Cell::number(result.practices),
        ])?;
    }
    let pillars = (first_pillar, page.next.max(first_pillar + 1) - 1);
    page.heading("Severities")?;
    page.header("Severity", &["Failed", "Unknown", "Waived"], &[])?;
    let first_severity = page.next;
    for (severity, numbers) in by_severity(assessment) {
        let [failed, unknown, waived] = numbers.map(Cell::number);
        page.row([Cell::Severity(severity), failed, unknown, waived])?;
    }
    let severities = (first_severity, page.next.max(first_severity + 1) - 1);
    page.next += 1;
    let about = "The scores of the six pillars as bars; the table above has the numbers";
    let mut scores = bars("Score by pillar, 0 to 100", about, pillars, &[PLAIN; 6]);
    scores.x_axis().set_max(100);
    page.sheet.insert_chart(page.next, 0, &scores)?;
    let about = "Failures by severity as bars; the table above has the numbers";
    let failures = bars("Failures by severity", about, severities, &[CRITICAL, HIGH, MEDIUM, LOW]);
    page.sheet.insert_chart(page.next, 5, &failures)?;
    Ok(page.sheet)
}

fn scope(page: &mut Page<'_>, assessment: &Assessment) -> Result<(), XlsxError> {
    let target = &assessment.target;
    page.fact("Day", Cell::text(assessment.today.to_string()))?;
    let named = target.paths.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    match target.paths.len() {
        0 => {}
        number @ ..=5 => page.fact(if number == 1 { "Path" } else { "Paths" }, Cell::text(named))?,
        number => page.fact("Paths", Cell::text(format!("{named} and {} more", number - 5)))?,
    }
    if let Some(account) = &target.account {
        page.fact("Account", Cell::text(account))?;
    }
    if let Some(region) = &target.region {
        page.fact("Region", Cell::text(region))?;
    }
    let read =
        format!("{}, {}", rows::sources(assessment).join(", "), words::count(assessment.resources(), "resource"));
    page.fact("Read", Cell::text(read))?;
    page.fact("Judged by", Cell::text(words::count(assessment.checks.len(), "check")))?;
    let gaps = match assessment.inventory.gaps.len() {
        0 => "nothing".to_owned(),
        gaps => format!("{}: see the sheet Coverage. What depends on them is unknown.", words::count(gaps, "gap")),
    };
    page.fact("Could not be read", Cell::text(gaps))
}

fn findings(page: &mut Page<'_>, assessment: &Assessment, options: &Options, lists: &[List]) -> Result<(), XlsxError> {
    let tally = assessment.tally();
    page.heading("Findings")?;
    for (label, number) in [
        ("Failed", tally.failed),
        ("Unknown", tally.unknown),
        ("Waived", tally.waived),
        ("Passed", tally.passed),
        ("Did not apply", tally.not_applicable),
    ] {
        page.fact(label, Cell::number(number))?;
    }
    let (decided, asked) = (u64::from(tally.decided()), u64::from(tally.decided()) + u64::from(tally.unknown));
    if let Some(share) = (decided * 100).checked_div(asked) {
        page.fact("Could be decided", Cell::text(format!("{share}%")))?;
    }
    if assessment.has_baseline {
        page.fact("In the baseline, not listed", Cell::count(listing::known(assessment)))?;
    }
    if let (below @ 1.., Some(least)) = (listing::below(assessment, options), options.min_severity) {
        page.fact(&format!("Below {least}, not listed"), Cell::count(below))?;
    }
    for list in lists.iter().filter(|list| list.left > 0) {
        page.fact(&format!("Beyond the sheet {}", list.name), Cell::count(list.left))?;
    }
    Ok(())
}

fn possible_savings(page: &mut Page<'_>, assessment: &Assessment) -> Result<(), XlsxError> {
    let savings = assessment.savings();
    if savings.findings.is_empty() && savings.undetermined == 0 {
        return Ok(());
    }
    page.heading("Possible savings")?;
    page.fact("USD a month", Cell::Money(savings.monthly))?;
    page.fact("USD a year", Cell::Money(savings.monthly * 12))?;
    page.fact("Resources", Cell::count(savings.resources))?;
    page.fact("More failures without a figure", Cell::count(savings.undetermined))?;
    page.fact("Computed", Cell::text(savings::prices(&savings)))
}

/// Failed, unknown and waived by severity, the worst first.
fn by_severity(assessment: &Assessment) -> impl Iterator<Item = (Severity, [u32; 3])> {
    let mut order = Severity::ALL;
    order.sort_unstable_by_key(|severity| std::cmp::Reverse(*severity));
    let mut numbers = order.map(|severity| (severity, [0; 3]));
    for finding in &assessment.findings {
        let place = match finding.status() {
            Status::Fail => 0,
            Status::Unknown => 1,
            Status::Waived => 2,
            Status::Pass | Status::NotApplicable => continue,
        };
        let of = numbers.iter_mut().find(|(severity, _)| *severity == finding.severity);
        if let Some(number) = of.and_then(|(_, numbers)| numbers.get_mut(place)) {
            *number += 1;
        }
    }
    numbers.into_iter()
}

/// Bars by name, the first on top, with their numbers.
fn bars(title: &str, about: &str, (first, last): (u32, u32), colors: &[u32]) -> Chart {
    let mut chart = Chart::new_bar();
    chart.title().set_name(title);
    chart.set_alt_text(about).set_width(520).set_height(CHART * 20 - 10);
    chart.legend().set_hidden();
    // Bars lie: the upright axis is the one with the names.
    chart.y_axis().set_reverse();
    chart.x_axis().set_min(0).set_hidden(true).set_major_gridlines(false);
    let colors: Vec<Color> = colors.iter().map(|color| Color::RGB(*color)).collect();
    chart
        .add_series()
        .set_categories((NAME, first, 0, last, 0))
        .set_values((NAME, first, 1, last, 1))
        .set_gap(60)
        .set_data_label(ChartDataLabel::new().show_value())
        .set_point_colors(&colors);
    chart
}

/// What made the workbook, and of what.
pub(super) fn provenance(assessment: &Assessment, options: &Options, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Provenance", "Where this comes from", &[28.0, 90.0], styles)?;
    page.fact("Program", Cell::text("Pilaster"))?;
    page.fact("Version", Cell::text(&assessment.version))?;
    page.fact("Day", Cell::text(assessment.today.to_string()))?;
    let target = &assessment.target;
    for (label, name) in [("Account", &target.account), ("Region", &target.region)] {
        if let Some(name) = name {
            page.fact(label, Cell::text(name))?;
        }
    }
    page.fact("Read", Cell::text(rows::sources(assessment).join(", ")))?;
    page.fact("Baseline", Cell::text(if assessment.has_baseline { "applied" } else { "none" }))?;
    let shown: Vec<&str> = options.show.iter().map(|status| status.id()).collect();
    page.fact("Statuses listed", Cell::text(shown.join(", ")))?;
    page.fact(
        "Severities listed",
        Cell::text(match options.min_severity {
            Some(least) => format!("{least} and above"),
            None => "all".to_owned(),
        }),
    )?;
    names(&mut page, "Paths", &target.paths)?;
    names(&mut page, "Parameters with a value (values are not kept)", &target.parameters)?;
    Ok(page.sheet)
}

fn names(page: &mut Page<'_>, heading: &str, names: &[String]) -> Result<(), XlsxError> {
    page.heading(heading)?;
    for name in names.iter().take(NAMED) {
        page.row([Cell::text(name)])?;
    }
    match names.len().saturating_sub(NAMED) {
        _ if names.is_empty() => page.row([Cell::text("none")]),
        0 => Ok(()),
        left => page.row([Cell::text(format!("and {left} more"))]),
    }
}
