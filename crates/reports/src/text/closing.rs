//! What else was seen, the summary, and what to do first.

use std::io;

use anstyle::Style;
use assessment::{Assessment, PillarResult, Tally};
use findings::Status;
use framework::Severity;
use textwrap::core::display_width;

use crate::Options;
use crate::listing::{self, Group, first_steps};
use crate::rows;
use crate::safe::safe;
use crate::savings;
use crate::words::{self, count};

use super::page::{BAD, BOLD, DIM, FAIR, GOOD, LINK, PLAIN, Page, UNKNOWN, padded, severity_tint};

/// The table without its bar, and how long that may be.
const TABLE: usize = 73;
const SHORTEST_BAR: usize = 6;
const LONGEST_BAR: usize = 24;
/// The longest name of a pillar.
const NAME: usize = 22;

/// Waivers that do not work, suppressions of other tools, and files left out.
pub(super) fn also_seen(page: &mut Page<'_>, assessment: &Assessment, options: &Options) -> io::Result<()> {
    if !assessment.waiver_problems.is_empty() {
        page.section("Waivers to mend", Some(assessment.waiver_problems.len()))?;
        for problem in &assessment.waiver_problems {
            let place = page.paint(LINK, safe(&problem.place));
            page.line(format!("  {place}"))?;
            page.indented(4, FAIR, &safe(&problem.message))?;
        }
    }
    let inventory = &assessment.inventory;
    if inventory.suppressions.is_empty() && inventory.skipped.is_empty() {
        return Ok(());
    }
    page.section("Also seen", None)?;
    let all = options.verbose > 0;
    if !inventory.suppressions.is_empty() {
        let tools: Vec<String> =
            listing::suppressions(assessment).iter().map(|(tool, number)| format!("{} {number}", safe(tool))).collect();
        let number = count(inventory.suppressions.len(), "suppression");
        page.indented(2, PLAIN, &format!("{number} of other tools: {}", tools.join(", ")))?;
    }
    for suppression in inventory.suppressions.iter().filter(|_| all) {
        let place = page.paint(LINK, safe(&inventory.place(suppression.origin)));
        let rules = format!("{} {}", suppression.tool, suppression.rules.join(", "));
        page.line(format!("    {place}  {}", safe(&rules)))?;
        if let Some(reason) = &suppression.reason {
            page.indented(6, DIM, &safe(reason))?;
        }
    }
    if !inventory.skipped.is_empty() {
        let hint = if all { "" } else { "; -v tells which and why" };
        page.indented(2, PLAIN, &format!("{} skipped{hint}", count(inventory.skipped.len(), "file")))?;
    }
    for skipped in inventory.skipped.iter().filter(|_| all) {
        let place = page.paint(LINK, safe(&skipped.file));
        page.line(format!("    {place}  {}", safe(&skipped.reason)))?;
    }
    Ok(())
}

/// A row per pillar, the counts, and the three checks to begin with.
pub(super) fn summary(
    page: &mut Page<'_>,
    assessment: &Assessment,
    options: &Options,
    failing: &[Group<'_>],
) -> io::Result<()> {
    page.section("Summary", None)?;
    let bar = page.width.saturating_sub(TABLE).clamp(SHORTEST_BAR, LONGEST_BAR);
    let heading = format!(
        "{} {}{:>8}{:>7}{:>7}{:>8}{:>7}{:>9}",
        padded("Pillar", NAME),
        padded("Score", bar + 4),
        "Decided",
        "Passed",
        "Failed",
        "Unknown",
        "Waived",
        "Assessed"
    );
    let heading = page.paint(DIM, heading);
    page.line(heading)?;
    for pillar in &assessment.pillars {
        row(page, pillar, bar)?;
    }
    page.blank()?;
    counts(page, assessment, options)?;
    let first = first_steps(failing, 3);
    if !first.is_empty() {
        page.blank()?;
        let title = page.paint(BOLD, "Do first");
        let order = page.paint(DIM, "the worst, and of those what takes least effort");
        page.line(format!("{title}  {order}"))?;
    }
    let rows: Vec<[String; 3]> = first
        .iter()
        .map(|group| {
            let number = count(group.findings.len(), "resource");
            [safe(&group.check.id).into_owned(), number, words::cost_of_fix(group.check)]
        })
        .collect();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|t| display_width(t)).max();
    let widths = [widest(0).unwrap_or_default(), widest(1).unwrap_or_default()];
    for (number, (group, [id, resources, cost])) in first.iter().zip(&rows).enumerate() {
        let id = page.paint(severity_tint(group.check.severity).bold(), padded(id, widths[0]));
        let cost = page.fitted(cost, page.width.saturating_sub(9 + widths[0] + widths[1]).max(8));
        let cost = page.paint(DIM, cost);
        page.line(format!("  {}. {id}  {}  {cost}", number + 1, padded(resources, widths[1])))?;
    }
    Ok(())
}

fn row(page: &mut Page<'_>, pillar: &PillarResult, bar: usize) -> io::Result<()> {
    let Tally { passed, failed, unknown, waived, .. } = pillar.tally;
    let (score, style) = match pillar.score {
        Some(score) => (score.to_string(), score_style(score)),
        None => ("-".to_owned(), DIM),
    };
    let bar = match pillar.score {
        Some(score) => {
            let full = usize::from(score.min(100)) * bar / 100;
            let (full, empty) = (page.glyphs.full.repeat(full), page.glyphs.empty.repeat(bar - full));
            format!("{}{}", page.paint(style, full), page.paint(DIM, empty))
        }
        None => " ".repeat(bar),
    };
    let decided = pillar.decided.map_or("-".to_owned(), |decided| format!("{decided}%"));
    let number = |number: u32, width: usize, style: Style| {
        page.paint(if number == 0 { DIM } else { style }, format!("{number:>width$}"))
    };
    let line = format!(
        "{} {} {bar}{decided:>8}{}{}{}{}{:>9}",
        padded(pillar.pillar.name(), NAME),
        page.paint(style, format!("{score:>3}")),
        number(passed, 7, PLAIN),
        number(failed, 7, BAD),
        number(unknown, 8, UNKNOWN),
        number(waived, 7, PLAIN),
        format!("{}/{}", pillar.assessed, pillar.practices),
    );
    page.line(line)
}

fn counts(page: &mut Page<'_>, assessment: &Assessment, options: &Options) -> io::Result<()> {
    let Tally { passed, failed, unknown, waived, not_applicable } = assessment.tally();
    let mut by_severity = Vec::new();
    for severity in Severity::ALL.into_iter().rev() {
        let number: u32 =
            assessment.checks.iter().filter(|check| check.severity == severity).map(|check| check.tally.failed).sum();
        if number > 0 {
            by_severity.push(page.paint(severity_tint(severity).bold(), format!("{number} {severity}")));
        }
    }
    let detail = if by_severity.is_empty() { String::new() } else { format!(": {}", by_severity.join(", ")) };
    page.line(format!("{failed} failed{detail}"))?;
    page.line(format!("{unknown} unknown, {waived} waived, {passed} passed, {not_applicable} did not apply"))?;
    if let Some(total) = savings::total(&assessment.savings()) {
        page.indented(0, PLAIN, &format!("Possible savings: {total}"))?;
    }
    let known = listing::known(assessment);
    if assessment.has_baseline {
        let is = if known == 1 { "is" } else { "are" };
        page.indented(0, PLAIN, &format!("{} {is} in the baseline and not listed", count(known, "finding")))?;
    }
    let below = listing::below(assessment, options);
    if let (1.., Some(least)) = (below, options.min_severity) {
        page.indented(0, DIM, &format!("{} below {least} not listed", count(below, "finding")))?;
    }
    let missing = rows::missing_actions(assessment);
    if !missing.is_empty() {
        page.blank()?;
        page.labelled(0, "Allow", 8, &safe(&missing.join(", ")))?;
    }
    if failed == 0 && options.show.contains(&Status::Fail) && passed > 0 {
        let line = page.paint(GOOD, "Nothing that was decided fails.");
        page.line(line)?;
    }
    if assessment.resources() == 0 {
        let line = page.paint(FAIR, "No resource was found, so nothing could be assessed.");
        page.line(line)?;
    }
    Ok(())
}

fn score_style(score: u8) -> Style {
    match score {
        90.. => GOOD,
        60.. => FAIR,
        _ => BAD,
    }
}
