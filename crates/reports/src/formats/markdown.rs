//! Markdown, for the comment on a pull request or the summary of a build.

use std::fmt::Write as _;
use std::io::Write;

use assessment::Assessment;
use findings::{Finding, Status};

use crate::listing::{self, Group, first_steps, groups};
use crate::rows::{self, Row};
use crate::safe::cut;
use crate::savings;
use crate::settle::settle;
use crate::words::{self, count};
use crate::{Options, ReportError, markup};
use markup::{code, code_in_cell, escaped};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "markdown",
    about: "Markdown for the comment on a pull request or the summary of a build",
    is_binary: false,
    write,
    compare: crate::comparison::markdown::write,
};

/// GitHub refuses a comment of more than 65,536 characters. This counts bytes, which are never fewer, and
/// leaves room for what somebody writes around it.
const ROOM: usize = 62_000;
/// How much of it each part before the details, and each check among them, may take. Names and values may
/// be as long as their authors like.
const ROOM_OF_PART: usize = 6_000;
const MOST_ROWS: usize = 25;
const MOST_RESOURCES: usize = 10;
const MOST_PATHS: usize = 5;
const MOST_IN_NAME: usize = 300;
const MOST_IN_PROSE: usize = 600;

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let failing = groups(assessment, options, Status::Fail);
    let unknown = groups(assessment, options, Status::Unknown);
    let waived = groups(assessment, options, Status::Waived);
    let mut text = String::new();
    opening(&mut text, assessment);
    if assessment.resources() == 0 {
        push(&mut text, format_args!("**No resource was found, so nothing could be assessed.**\n"));
    }
    pillars(&mut text, assessment);
    if let Some(total) = savings::total(&assessment.savings()) {
        push(&mut text, format_args!("**Possible savings:** {total}.\n"));
    }
    gaps(&mut text, assessment);
    table(&mut text, assessment, &failing);
    // The short parts behind the details have their place kept.
    let mut rest = String::new();
    unknowns(&mut rest, assessment, &unknown);
    waivers(&mut rest, assessment, &waived);
    closing(&mut rest, assessment, options);
    details(&mut text, assessment, &failing, ROOM.saturating_sub(rest.len()));
    text.push_str(&rest);
    Ok(out.write_all(text.as_bytes())?)
}

fn opening(text: &mut String, assessment: &Assessment) {
    let tally = assessment.tally();
    let mut paths: Vec<String> = assessment.target.paths.iter().take(MOST_PATHS).map(|path| name(path)).collect();
    if assessment.target.paths.len() > MOST_PATHS {
        paths.push(format!("{} more", assessment.target.paths.len() - MOST_PATHS));
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut read = rows::sources(assessment);
    read.push(count(assessment.resources(), "resource"));
    read.push(count(assessment.checks.len(), "check"));
    push(text, format_args!("## Well-architected: {} failed, {} unknown\n", tally.failed, tally.unknown));
    let of = if paths.is_empty() { String::new() } else { format!("{}: ", words::list(&paths)) };
    push(text, format_args!("{of}{}, {}.\n", read.join(", "), assessment.today));
}

fn pillars(text: &mut String, assessment: &Assessment) {
    push(text, format_args!("| Pillar | Score | Decided | Passed | Failed | Unknown | Waived | Practices |"));
    push(text, format_args!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"));
    for pillar in &assessment.pillars {
        let score = pillar.score.map_or("–".to_owned(), |score| score.to_string());
        let decided = pillar.decided.map_or("–".to_owned(), |decided| format!("{decided}%"));
        let tally = pillar.tally;
        push(
            text,
            format_args!(
                "| {} | {score} | {decided} | {} | {} | {} | {} | {} of {} |",
                pillar.pillar.name(),
                tally.passed,
                tally.failed,
                tally.unknown,
                tally.waived,
                pillar.assessed,
                pillar.practices
            ),
        );
    }
    text.push('\n');
}

fn gaps(text: &mut String, assessment: &Assessment) {
    let gaps = &assessment.inventory.gaps;
    if gaps.is_empty() {
        return;
    }
    push(text, format_args!("### Not assessed ({})\n", gaps.len()));
    let gaps = rows::gaps(assessment);
    let items = gaps.iter().map(|row| format!("- {}: {}", name(&row.place(false)), prose(&row.gap.reason)));
    some(text, items, gaps.len(), MOST_ROWS);
    let missing: Vec<String> = rows::missing_actions(assessment).into_iter().take(MOST_ROWS).map(name).collect();
    if !missing.is_empty() {
        push(text, format_args!("\nAllow {}", missing.join(", ")));
        more(text, rows::missing_actions(assessment).len(), MOST_ROWS);
    }
    text.push('\n');
}

fn table(text: &mut String, assessment: &Assessment, failing: &[Group<'_>]) {
    if failing.is_empty() {
        return;
    }
    push(text, format_args!("### Failing ({})\n", listing::total(failing)));
    let first: Vec<String> = first_steps(failing, 3).into_iter().map(|group| code(&group.check.id)).collect();
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    push(text, format_args!("Do first: {}.\n", words::list(&first)));
    push(text, format_args!("| Severity | Check | Resources | First at | Effort |"));
    push(text, format_args!("| --- | --- | ---: | --- | --- |"));
    let cells = failing.iter().map(|group| {
        let first = rows::rows(assessment, &group.findings).into_iter().next();
        let place = first.map(|row| code_in_cell(&cut(&where_first(assessment, &row), MOST_IN_NAME)));
        format!(
            "| {} | {} | {} | {} | {} |",
            group.check.severity,
            escaped(&group.check.claim),
            group.findings.len(),
            place.unwrap_or_default(),
            words::cost_of_fix(group.check)
        )
    });
    some(text, cells, failing.len(), MOST_ROWS);
    text.push('\n');
}

fn details(text: &mut String, assessment: &Assessment, failing: &[Group<'_>], room: usize) {
    for (number, group) in failing.iter().enumerate() {
        let mut detail = String::new();
        of_check(&mut detail, assessment, group);
        if text.len() + detail.len() > room {
            let left = count(failing.len() - number, "further check");
            push(text, format_args!("The details of {left} would make this too long; the text report has them.\n"));
            return;
        }
        text.push_str(&detail);
    }
}

fn of_check(text: &mut String, assessment: &Assessment, group: &Group<'_>) {
    let check = group.check;
    let claim = markup::html(&check.claim);
    push(
        text,
        format_args!("<details><summary><b>{}</b> {claim} ({})</summary>\n", check.severity, group.findings.len()),
    );
    let practices: Vec<String> = check.practices.iter().map(|p| format!("[{}]({})", p.id(), p.url())).collect();
    push(text, format_args!("{} · {}\n", code(&check.id), practices.join(", ")));
    let rows = rows::rows(assessment, &group.findings);
    let items = rows.iter().map(|row| {
        let resource = assessment.inventory.resource(row.finding.resource);
        let what = match row.whole(assessment, false) {
            Some(whole) => name(&whole),
            None => {
                let what = name(&format!("{} {}", resource.kind, resource.id));
                format!("{} {what}", name(&place(assessment, row.finding)))
            }
        };
        format!("- {what}: {}", prose(&words::statements(row.finding)))
    });
    some(text, items, rows.len(), MOST_RESOURCES);
    push(text, format_args!("\n**Why.** {}\n", check.why));
    push(text, format_args!("**Fix** (effort {}). {}\n", words::cost_of_fix(check), check.fix));
    push(text, format_args!("</details>\n"));
}

fn unknowns(text: &mut String, assessment: &Assessment, unknown: &[Group<'_>]) {
    if unknown.is_empty() {
        return;
    }
    push(text, format_args!("<details><summary>Cannot be known ({})</summary>\n", listing::total(unknown)));
    let items = unknown.iter().map(|group| {
        let rows = rows::rows(assessment, &group.findings);
        let mut item = String::new();
        for (number, row) in rows.iter().take(3).enumerate() {
            let finding = row.finding;
            let what = match row.whole(assessment, false) {
                Some(whole) => name(&whole),
                None => name(&place(assessment, finding)),
            };
            let hint = finding.evidence.iter().find_map(|evidence| settle(&assessment.inventory, evidence));
            let hint = hint.map(|hint| format!(" To settle it: {}.", name(&hint))).unwrap_or_default();
            let separator = if number == 0 { "" } else { "\n" };
            let statements = prose(&words::statements(finding));
            // Writing to a string does not fail.
            let _ = write!(item, "{separator}- {what} {}: {statements}.{hint}", code(&group.check.id));
        }
        if rows.len() > 3 {
            let _ = write!(item, "\n\nand {} more\n", rows.len() - 3);
        }
        item
    });
    some(text, items, unknown.len(), MOST_ROWS);
    push(text, format_args!("\n</details>\n"));
}

fn waivers(text: &mut String, assessment: &Assessment, waived: &[Group<'_>]) {
    let findings: Vec<&Finding> = waived.iter().flat_map(|group| group.findings.iter().copied()).collect();
    if findings.is_empty() {
        return;
    }
    push(text, format_args!("<details><summary>Waived ({})</summary>\n", findings.len()));
    let items = findings.iter().filter_map(|finding| {
        let waiver = assessment.waiver(finding)?;
        let resource = assessment.inventory.resource(finding.resource);
        let until = waiver.until.as_ref().map(|until| format!(", until {}", prose(until))).unwrap_or_default();
        let owner = waiver.owner.as_ref().map(|owner| format!(", owner {}", prose(owner))).unwrap_or_default();
        let check = code(&assessment.check(finding).id);
        Some(format!("- {check} {}: {}{until}{owner}", name(&resource.id), prose(&waiver.reason)))
    });
    some(text, items, findings.len(), MOST_ROWS);
    push(text, format_args!("\n</details>\n"));
}

fn closing(text: &mut String, assessment: &Assessment, options: &Options) {
    if !assessment.waiver_problems.is_empty() {
        push(text, format_args!("### Waivers to mend ({})\n", assessment.waiver_problems.len()));
        let problems = &assessment.waiver_problems;
        let items = problems.iter().map(|problem| format!("- {}: {}", name(&problem.place), prose(&problem.message)));
        some(text, items, problems.len(), MOST_ROWS);
        text.push('\n');
    }
    let mut notes = Vec::new();
    let inventory = &assessment.inventory;
    if !inventory.suppressions.is_empty() {
        let tools: Vec<String> = listing::suppressions(assessment)
            .iter()
            .take(MOST_PATHS)
            .map(|(tool, n)| format!("{} {n}", prose(&cut(tool, 40))))
            .collect();
        let number = count(inventory.suppressions.len(), "suppression");
        notes.push(format!("{number} of other tools seen: {}", tools.join(", ")));
    }
    if !inventory.skipped.is_empty() {
        notes.push(format!("{} skipped", count(inventory.skipped.len(), "file")));
    }
    if assessment.has_baseline {
        notes.push(format!("{} in the baseline", count(listing::known(assessment), "finding")));
    }
    if let (below @ 1.., Some(least)) = (listing::below(assessment, options), options.min_severity) {
        notes.push(format!("{} below {least} not listed", count(below, "finding")));
    }
    notes.push(format!("Pilaster {}", escaped(&assessment.version)));
    push(text, format_args!("<sub>{}</sub>", notes.join(" · ")));
}

/// Where the first of a check's findings are, in a few words: `15 regions`.
fn where_first(assessment: &Assessment, row: &Row<'_>) -> String {
    match row.whole(assessment, false) {
        Some(whole) => whole.split(':').next().unwrap_or_default().to_owned(),
        None => place(assessment, row.finding),
    }
}

/// Where to look.
fn place(assessment: &Assessment, finding: &Finding) -> String {
    assessment.inventory.place(listing::place(assessment, finding))
}

/// Items as far as they have room, and how many more there are.
fn some(text: &mut String, items: impl Iterator<Item = String>, all: usize, most: usize) {
    let end = text.len() + ROOM_OF_PART;
    let mut shown = 0;
    for item in items.take(most) {
        if text.len() + item.len() > end {
            break;
        }
        push(text, format_args!("{item}"));
        shown += 1;
    }
    more(text, all, shown);
}

fn more(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        push(text, format_args!("\nand {} more\n", all - shown));
    }
}

/// A name of others, as code.
fn name(text: &str) -> String {
    code(&cut(text, MOST_IN_NAME))
}

/// What others wrote, as prose.
fn prose(text: &str) -> String {
    escaped(&cut(text, MOST_IN_PROSE))
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
