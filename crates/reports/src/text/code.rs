//! Evidence: the line it stands on, marked, and what was found there.

use std::io;

use model::{Evidence, Inventory, ResourceId};
use textwrap::core::display_width;

use crate::excerpt::{Excerpt, Excerpts};
use crate::safe::safe;
use crate::words::{self, statement};

use super::page::{DIM, LINK, PLAIN, Page, head, tail};

/// Where excerpts begin.
const INDENT: usize = 4;

/// The code a finding stands on, as far as its text is at hand.
pub(super) struct Code<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) excerpts: &'a Excerpts<'a>,
}

/// A piece of evidence below the name of the resource judged. One of another resource names that first.
pub(super) fn write(
    page: &mut Page<'_>,
    code: &Code<'_>,
    evidence: &Evidence,
    judged: ResourceId,
    style: anstyle::Style,
) -> io::Result<()> {
    if evidence.resource != judged
        && let Some(other) = code.inventory.resources.get(evidence.resource.0 as usize)
    {
        let place = page.paint(LINK, safe(&code.inventory.place(evidence.origin)));
        let arrow = page.paint(DIM, page.glyphs.arrow);
        let blanks = " ".repeat(INDENT);
        page.line(format!("{blanks}{arrow} {place}  {}", words::resource(other)))?;
    }
    match code.excerpts.of(evidence) {
        Some(excerpt) => marked(page, &excerpt, evidence, style),
        None => page.indented(INDENT, style, &statement(evidence)),
    }
}

fn marked(page: &mut Page<'_>, excerpt: &Excerpt, evidence: &Evidence, style: anstyle::Style) -> io::Result<()> {
    let number = excerpt.line.to_string();
    let gutter = page.glyphs.gutter;
    let room = page.width.saturating_sub(INDENT + number.len() + 3);
    let (before, meant, after) = cut(page, excerpt, room);

    let lead = page.paint(DIM, format!("{}{number} {gutter}", " ".repeat(INDENT)));
    let code =
        format!("{lead} {}{}{}", page.paint(PLAIN, &before), page.paint(style.bold(), &meant), page.paint(DIM, &after));
    page.line(code)?;

    let lead = page.paint(DIM, format!("{}{} {gutter}", " ".repeat(INDENT), " ".repeat(number.len())));
    let underline = page.glyphs.underline.repeat(display_width(&meant).max(1));
    let note = note(evidence, &excerpt.marked);
    let offset = display_width(&before);
    let shift = " ".repeat(offset);
    let painted = page.paint(style, &underline);
    if offset + display_width(&underline) + 1 + display_width(&note) <= room {
        let note = page.paint(style, note);
        return page.line(format!("{lead} {shift}{painted} {note}"));
    }
    page.line(format!("{lead} {shift}{painted}"))?;
    for line in textwrap::wrap(&note, room) {
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
    let (before, meant, after) = (safe(&excerpt.before), safe(&excerpt.marked), safe(&excerpt.after));
    let sign = page.glyphs.cut;
    let spare = |text: &str| room.saturating_sub(display_width(text));
    let meant = page.fitted(&meant, room.saturating_sub(12));
    let before = if display_width(&before) + display_width(&meant) > room {
        format!("{sign}{}", tail(&before, spare(&meant).saturating_sub(2 * display_width(sign))))
    } else {
        before.into_owned()
    };
    let left = spare(&format!("{before}{meant}"));
    let after = if display_width(&after) > left {
        format!("{}{sign}", head(&after, left.saturating_sub(display_width(sign))))
    } else {
        after.into_owned()
    };
    (before, meant, after)
}
