//! What changed between two assessments, as text.

use std::io;

use anstyle::Style;
use assessment::{Change, ChangeKind, Comparison};
use model::{Inventory, ResourceId};
use textwrap::core::display_width;

use crate::Options;
use crate::comparison::{
    Group, below, counts, groups, moved, note, only, place, resources, score, signed, subject, title, total,
};
use crate::safe::safe;
use crate::words::{self, count, statement};

use super::page::{BAD, BOLD, DIM, FAIR, GOOD, PLAIN, Page, UNKNOWN, padded, severity_style};

/// Where text behind a severity begins.
const COLUMN: usize = 12;
/// How many resources of a check, or of all that appeared, are named.
const BY_NAME: usize = 10;
/// How many pieces of evidence of one finding are shown.
const PIECES: usize = 4;
/// The longest name of a pillar.
const NAME: usize = 22;

pub(crate) fn write(comparison: &Comparison<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let page = &mut Page::new(out, options);
    opening(page, comparison)?;
    differences(page, comparison, options)?;
    pillars(page, comparison)?;
    for kind in ChangeKind::ALL {
        let groups = groups(comparison, options, kind);
        if !groups.is_empty() {
            changes(page, comparison, options, kind, &groups)?;
        }
    }
    listed(page, "Resources that appeared", &comparison.after.inventory, &comparison.appeared, options)?;
    listed(page, "Resources gone", &comparison.before.inventory, &comparison.gone, options)?;
    renamed(page, comparison, options)?;
    summary(page, comparison, options)
}

fn opening(page: &mut Page<'_>, comparison: &Comparison<'_>) -> io::Result<()> {
    let title = page.paint(BOLD, "What changed");
    page.line(title)?;
    page.blank()?;
    for (label, one) in [("Before", comparison.before), ("After", comparison.after)] {
        let mut parts = vec![one.today.to_string()];
        parts.extend(one.target.paths.iter().map(|path| safe(path).into_owned()));
        parts.extend(one.target.account.iter().map(|account| format!("account {}", safe(account))));
        parts.push(count(one.resources(), "resource"));
        parts.push(count(one.checks.len(), "check"));
        page.labelled(0, label, COLUMN, &parts.join(", "))?;
    }
    Ok(())
}

fn differences(page: &mut Page<'_>, comparison: &Comparison<'_>, options: &Options) -> io::Result<()> {
    if comparison.differences.is_empty() {
        return Ok(());
    }
    page.section("Not of the same scope", Some(comparison.differences.len()))?;
    for difference in &comparison.differences {
        page.indented(2, FAIR, subject(difference.scope))?;
        for (label, entries, left) in only(difference, options.verbose > 0) {
            let entries: Vec<_> = entries.iter().map(|entry| safe(entry)).collect();
            let left = if left > 0 { format!(" and {left} more") } else { String::new() };
            page.labelled(4, label, 4 + COLUMN, &format!("{}{left}", entries.join(", ")))?;
        }
    }
    Ok(())
}

fn pillars(page: &mut Page<'_>, comparison: &Comparison<'_>) -> io::Result<()> {
    page.section("Scores", None)?;
    for pillar in &comparison.pillars {
        let (change, style) = match pillar.change() {
            Some(change @ 1..) => (signed(change), GOOD),
            Some(change @ ..=-1) => (signed(change), BAD),
            Some(_) => ("=".to_owned(), DIM),
            None => (String::new(), DIM),
        };
        let scores = format!("{:>5} {} {:>5}", score(pillar.before, "-"), page.glyphs.arrow, score(pillar.after, "-"));
        let lead = format!("{} {scores}", padded(pillar.pillar.name(), NAME));
        let column = display_width(&lead) + 9;
        let change = page.paint(style, format!("{change:>7}"));
        let why = moved(pillar);
        let whys = super::page::wrapped(&why, page.width.saturating_sub(column));
        let mut whys = whys.iter().map(|line| page.paint(DIM, line)).collect::<Vec<_>>().into_iter();
        page.line(format!("{lead}{change}  {}", whys.next().unwrap_or_default()))?;
        for why in whys {
            page.line(format!("{}{why}", " ".repeat(column)))?;
        }
    }
    Ok(())
}

fn changes(
    page: &mut Page<'_>,
    comparison: &Comparison<'_>,
    options: &Options,
    kind: ChangeKind,
    groups: &[Group<'_, '_>],
) -> io::Result<()> {
    page.section(title(kind), Some(total(groups)))?;
    let most = if options.verbose > 0 { usize::MAX } else { BY_NAME };
    for group in groups {
        let severity = format!(" {} ", group.check.severity);
        let blanks = " ".repeat(COLUMN.saturating_sub(2 + display_width(&severity)));
        let severity = page.paint(severity_style(group.check.severity), severity);
        let id = page.paint(BOLD, safe(&group.check.id));
        page.line(format!("  {severity}{blanks}{id}"))?;
        page.indented(COLUMN, PLAIN, &safe(&group.check.claim))?;
        for change in group.changes.iter().take(most) {
            one(page, comparison, change)?;
        }
        if group.changes.len() > most {
            let line = page.paint(DIM, format!("and {} more; -v lists them", group.changes.len() - most));
            page.line(format!("    {line}"))?;
        }
    }
    Ok(())
}

fn one(page: &mut Page<'_>, comparison: &Comparison<'_>, change: &Change) -> io::Result<()> {
    let (place, resource) = place(comparison, change);
    page.place(4, &safe(&place), &words::resource(resource))?;
    let style = match change.kind {
        ChangeKind::New | ChangeKind::Reopened | ChangeKind::Unwaived => BAD,
        ChangeKind::Unknown => UNKNOWN,
        ChangeKind::Known if comparison.fails_anew(change) => BAD,
        _ => PLAIN,
    };
    // Of what is over nobody has to know where it stood.
    if style != PLAIN {
        for evidence in comparison.finding(change).evidence.iter().take(PIECES) {
            page.indented(6, style, &statement(evidence))?;
        }
    }
    page.indented(6, DIM, &note(comparison, change))
}

fn listed(
    page: &mut Page<'_>,
    title: &str,
    inventory: &Inventory,
    ids: &[ResourceId],
    options: &Options,
) -> io::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    page.section(title, Some(ids.len()))?;
    let most = if options.verbose > 0 { usize::MAX } else { BY_NAME };
    for id in ids.iter().take(most) {
        let resource = inventory.resource(*id);
        page.place(2, &safe(&inventory.place(resource.origin)), &words::resource(resource))?;
    }
    more(page, ids.len(), most)
}

fn renamed(page: &mut Page<'_>, comparison: &Comparison<'_>, options: &Options) -> io::Result<()> {
    if comparison.moved.is_empty() {
        return Ok(());
    }
    page.section("Resources renamed or moved", Some(comparison.moved.len()))?;
    let most = if options.verbose > 0 { usize::MAX } else { BY_NAME };
    for (old, new) in comparison.moved.iter().take(most) {
        let (old, new) = (comparison.before.inventory.resource(*old), comparison.after.inventory.resource(*new));
        let line = format!("{} {} {}", words::resource(old), page.glyphs.arrow, safe(&new.id));
        page.indented(2, PLAIN, &line)?;
    }
    more(page, comparison.moved.len(), most)
}

fn more(page: &mut Page<'_>, all: usize, most: usize) -> io::Result<()> {
    if all <= most {
        return Ok(());
    }
    let line = page.paint(DIM, format!("and {} more; -v lists them", all - most));
    page.line(format!("  {line}"))
}

fn summary(page: &mut Page<'_>, comparison: &Comparison<'_>, options: &Options) -> io::Result<()> {
    page.section("Summary", None)?;
    let counted: Vec<String> = counts(comparison)
        .into_iter()
        .map(|(kind, words)| page.paint(style(kind, comparison.count(kind)), words))
        .collect();
    page.indented(0, PLAIN, &format!("{}; {} failing as before", counted.join(", "), comparison.still_failing))?;
    if let Some(resources) = resources(comparison) {
        page.line(resources)?;
    }
    if let (below @ 1.., Some(least)) = (below(comparison, options), options.min_severity) {
        page.indented(0, DIM, &format!("{} below {least} not listed", count(below, "change")))?;
    }
    if comparison.worst_new().is_none() {
        let line = page.paint(GOOD, "Nothing fails that did not.");
        page.line(line)?;
    }
    Ok(())
}

fn style(kind: ChangeKind, number: usize) -> Style {
    match kind {
        _ if number == 0 => DIM,
        ChangeKind::New | ChangeKind::Reopened | ChangeKind::Unwaived => BAD,
        ChangeKind::Fixed => GOOD,
        ChangeKind::Unknown => UNKNOWN,
        _ => PLAIN,
    }
}
