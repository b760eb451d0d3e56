//! Evidence: the line it stands on, marked, and what was found there.

use std::io;

use anstyle::Style;
use findings::Finding;
use model::{Evidence, Inventory};
use textwrap::core::display_width;

use crate::excerpt::{Excerpt, Excerpts};
use crate::safe::safe;
use crate::words::{self, statement};

use super::page::{DIM, Page, head, tail, wrapped};

/// Where excerpts begin.
const INDENT: usize = 4;

/// The code that findings stand on, as far as its text is at hand.
pub(super) struct Code<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) excerpts: &'a Excerpts<'a>,
    /// How many pieces of evidence of one finding are shown.
    pub(super) pieces: usize,
}

/// The evidence of a finding, in the order of the code: that of the resource judged first, then that of
/// others, each below its name. What stands on the same place is told together.
pub(super) fn write(page: &mut Page<'_>, code: &Code<'_>, finding: &Finding, style: Style) -> io::Result<()> {
    let mut all: Vec<&Evidence> = finding.evidence.iter().collect();
    all.sort_by_key(|evidence| (evidence.resource != finding.resource, evidence.resource, evidence.origin));
    let left = all.len().saturating_sub(code.pieces);
    all.truncate(code.pieces);
    let mut last = finding.resource;
    for group in all.chunk_by(|a, b| (a.resource, a.origin) == (b.resource, b.origin)) {
        let Some(first) = group.first() else { continue };
        if first.resource != last {
            last = first.resource;
            let place = safe(&code.inventory.place(first.origin)).into_owned();
            page.place(INDENT, &place, &words::resource(code.inventory.resource(first.resource)))?;
        }
        match code.excerpts.of(first) {
            Some(excerpt) => marked(page, &excerpt, group, style)?,
            None => {
                for evidence in group {
                    page.indented(INDENT, style, &statement(evidence))?;
                }
            }
        }
    }
    if left > 0 {
        page.indented(INDENT, DIM, &format!("and {left} more; -v shows all"))?;
    }
    Ok(())
}

fn marked(page: &mut Page<'_>, excerpt: &Excerpt, group: &[&Evidence], style: Style) -> io::Result<()> {
    let number = excerpt.line.to_string();
    let gutter = page.glyphs.gutter;
    let room = page.width.saturating_sub(INDENT + number.len() + 3);
    let (before, meant, after) = cut(page, excerpt, room);

    let lead = page.paint(DIM, format!("{}{number} {gutter}", " ".repeat(INDENT)));
    let code = format!("{lead} {before}{}{}", page.paint(style.bold(), &meant), page.paint(DIM, &after));
    page.line(code)?;

    let lead = page.paint(DIM, format!("{}{} {gutter}", " ".repeat(INDENT), " ".repeat(number.len())));
    let line = page.glyphs.underline.repeat(display_width(&meant).max(1));
    let mut notes: Vec<String> = group.iter().map(|evidence| note(evidence, &excerpt.marked)).collect();
    notes.dedup();
    let offset = display_width(&before);
    let underline = format!("{lead} {}{}", " ".repeat(offset), page.paint(style, &line));
    if let [note] = notes.as_slice()
        && offset + display_width(&line) + 1 + display_width(note) <= room
    {
        let note = page.paint(style, note);
        return page.line(format!("{underline} {note}"));
    }
    page.line(underline)?;
    for line in notes.iter().flat_map(|note| wrapped(note, room)) {
        let line = format!("{lead} {}", page.paint(style, line));
        page.line(line)?;
    }
    Ok(())
}

/// What was found and wanted. The property is named where the line itself does not name it.
fn note(evidence: &Evidence, marked: &str) -> String {
    let last = evidence.path.rsplit('.').next().unwrap_or_default();
    let name = last.split('[').next().unwrap_or_default();
    if !name.is_empty() && !marked.contains(name) {
        return statement(evidence);
    }
    safe(&format!("{}; expected {}", evidence.observed, evidence.expected)).into_owned()
}

/// The excerpt, harmless, and cut around what is meant where the line is longer than the page.
fn cut(page: &Page<'_>, excerpt: &Excerpt, room: usize) -> (String, String, String) {
    let (before, after) = (safe(&excerpt.before), safe(&excerpt.after));
    let sign = page.glyphs.cut;
    let meant = page.fitted(&safe(&excerpt.marked), room);
    let left = room.saturating_sub(display_width(&meant));
    // What follows gets what the start of the line does not need, and at least a sign that it is there.
    let kept = left.saturating_sub(display_width(&after).min(display_width(sign)));
    let before = match kept.checked_sub(display_width(sign)) {
        _ if display_width(&before) <= kept => before.into_owned(),
        Some(kept) => format!("{sign}{}", tail(&before, kept)),
        None => String::new(),
    };
    let left = left.saturating_sub(display_width(&before));
    let after = match left.checked_sub(display_width(sign)) {
        _ if display_width(&after) <= left => after.into_owned(),
        Some(left) => format!("{}{sign}", head(&after, left)),
        None => String::new(),
    };
    (before, meant, after)
}
