//! A comparison as the comment on a pull request.

use std::fmt::Write as _;
use std::io::Write;

use assessment::{ChangeKind, Comparison};
use model::{Inventory, ResourceId};

use super::{Group, below, counts, groups, moved, note, only, place, resources, score, signed, subject, total};
use crate::markup::{code, code_in_cell, escaped};
use crate::words::{self, count};
use crate::{Options, ReportError};

/// GitHub refuses a comment of more than 65,536 characters. What comes too late is only counted.
const ROOM: usize = 56_000;
const MOST_CHECKS: usize = 25;
const MOST_RESOURCES: usize = 10;
/// What is told of one resource at most, in bytes.
const LONGEST: usize = 2_000;

pub(crate) fn write(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut text = String::new();
    opening(&mut text, comparison);
    differences(&mut text, comparison);
    pillars(&mut text, comparison);
    for kind in ChangeKind::ALL {
        let groups = groups(comparison, options, kind);
        if !groups.is_empty() {
            changes(&mut text, comparison, kind, &groups);
        }
    }
    listed(&mut text, "Resources that appeared", &comparison.after.inventory, &comparison.appeared);
    listed(&mut text, "Resources gone", &comparison.before.inventory, &comparison.gone);
    closing(&mut text, comparison, options);
    Ok(out.write_all(text.as_bytes())?)
}

fn opening(text: &mut String, comparison: &Comparison<'_>) {
    let counted: Vec<String> = counts(comparison).into_iter().map(|(_, words)| words).collect();
    push(text, format_args!("## Well-architected: {}\n", counted.join(", ")));
    let (before, after) = (comparison.before, comparison.after);
    let paths: Vec<String> = after.target.paths.iter().take(MOST_RESOURCES).map(|path| code(path)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let of = if paths.is_empty() { String::new() } else { format!("{}: ", words::list(&paths)) };
    let failing = comparison.still_failing;
    push(text, format_args!("{of}{} → {}, {failing} failing as before.\n", before.today, after.today));
}

fn differences(text: &mut String, comparison: &Comparison<'_>) {
    if comparison.differences.is_empty() {
        return;
    }
    push(
        text,
        format_args!("> [!WARNING]\n> The two are not of the same scope; some of what follows may come of that."),
    );
    for difference in &comparison.differences {
        let sides: Vec<String> = only(difference, false)
            .into_iter()
            .map(|(label, entries, left)| {
                let entries: Vec<String> = entries.iter().map(|entry| code(cut(entry))).collect();
                let left = if left > 0 { format!(" and {left} more") } else { String::new() };
                format!("{label} {}{left}", entries.join(", "))
            })
            .collect();
        push(text, format_args!("> - {}: {}", subject(difference.scope), sides.join("; ")));
    }
    text.push('\n');
}

fn pillars(text: &mut String, comparison: &Comparison<'_>) {
    push(text, format_args!("| Pillar | Before | After | Change | What moved it |"));
    push(text, format_args!("| --- | ---: | ---: | ---: | --- |"));
    for pillar in &comparison.pillars {
        let change = match pillar.change() {
            Some(change @ 1..) => format!("▲ {}", signed(change)),
            Some(change @ ..=-1) => format!("▼ {}", signed(change)),
            Some(_) => "=".to_owned(),
            None => "–".to_owned(),
        };
        push(
            text,
            format_args!(
                "| {} | {} | {} | {change} | {} |",
                pillar.pillar.name(),
                score(pillar.before, "–"),
                score(pillar.after, "–"),
                moved(pillar)
            ),
        );
    }
    text.push('\n');
}

/// What needs somebody's eyes stands open, the rest behind its number.
fn changes(text: &mut String, comparison: &Comparison<'_>, kind: ChangeKind, groups: &[Group<'_, '_>]) {
    let is_open = groups.iter().flat_map(|group| &group.changes).any(|change| comparison.fails_anew(change));
    let title = super::title(kind);
    match is_open {
        true => push(text, format_args!("### {title} ({})\n", total(groups))),
        false => push(text, format_args!("<details><summary>{title} ({})</summary>\n", total(groups))),
    }
    let mut shown = 0;
    for group in groups.iter().take(MOST_CHECKS) {
        let mut part = String::new();
        of_check(&mut part, comparison, group, is_open);
        if text.len() + part.len() > ROOM {
            break;
        }
        text.push_str(&part);
        shown += 1;
    }
    if shown < groups.len() {
        push(text, format_args!("\nand {} more; the text report has them", count(groups.len() - shown, "check")));
    }
    push(text, format_args!("{}", if is_open { "" } else { "\n</details>\n" }));
}

fn of_check(text: &mut String, comparison: &Comparison<'_>, group: &Group<'_, '_>, with_evidence: bool) {
    let check = group.check;
    push(text, format_args!("- **{}** {} {}", check.severity, escaped(cut(&check.claim)), code(&check.id)));
    for change in group.changes.iter().take(MOST_RESOURCES) {
        let (place, resource) = place(comparison, change);
        let what = code_in_cell(cut(&format!("{} {}", resource.kind, resource.id)));
        let said = words::statements(comparison.finding(change));
        let said = if with_evidence { format!(": {}", escaped(cut(&said))) } else { String::new() };
        let note = note(comparison, change);
        push(text, format_args!("  - {} {what}{said} ({})", code(cut(&place)), escaped(cut(&note))));
    }
    if group.changes.len() > MOST_RESOURCES {
        push(text, format_args!("  - and {} more", group.changes.len() - MOST_RESOURCES));
    }
}

fn listed(text: &mut String, title: &str, inventory: &Inventory, ids: &[ResourceId]) {
    if ids.is_empty() || text.len() > ROOM {
        return;
    }
    push(text, format_args!("<details><summary>{title} ({})</summary>\n", ids.len()));
    for id in ids.iter().take(MOST_RESOURCES) {
        let resource = inventory.resource(*id);
        let place = inventory.place(resource.origin);
        let what = format!("{} {}", resource.kind, resource.id);
        push(text, format_args!("- {} {}", code(cut_short(&place)), code(cut_short(&what))));
    }
    if ids.len() > MOST_RESOURCES {
        push(text, format_args!("- and {} more", ids.len() - MOST_RESOURCES));
    }
    push(text, format_args!("\n</details>\n"));
}

fn closing(text: &mut String, comparison: &Comparison<'_>, options: &Options) {
    let mut notes = Vec::new();
    notes.extend(resources(comparison));
    if let (below @ 1.., Some(least)) = (below(comparison, options), options.min_severity) {
        notes.push(format!("{} below {least} not listed", count(below, "change")));
    }
    notes.push(format!("Pilaster {}", escaped(&comparison.after.version)));
    push(text, format_args!("<sub>{}</sub>", notes.join(" · ")));
}

/// The start of a text that would crowd out the others.
fn cut(text: &str) -> &str {
    cut_at(text, LONGEST)
}

/// Likewise, where it is only a name.
fn cut_short(text: &str) -> &str {
    cut_at(text, 200)
}

fn cut_at(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
