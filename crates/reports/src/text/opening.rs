//! What was assessed, and what was not.

use std::io;

use assessment::Assessment;

use crate::Options;
use crate::rows;
use crate::safe::safe;
use crate::words::{count, list};

use super::page::{BAD, BOLD, DIM, LINK, Page, wrapped};

/// Where the text behind the labels of the opening begins.
const COLUMN: usize = 12;

pub(super) fn write(page: &mut Page<'_>, assessment: &Assessment, options: &Options) -> io::Result<()> {
    let title = format!("Pilaster {}", safe(&assessment.version));
    let title = page.paint(BOLD, title);
    let date = page.paint(DIM, assessment.today);
    page.line(format!("{title}  {date}"))?;
    page.blank()?;
    let target = &assessment.target;
    let owned: Vec<_> = target.paths.iter().map(|path| safe(path)).collect();
    let paths: Vec<&str> = owned.iter().map(AsRef::as_ref).collect();
    if !paths.is_empty() {
        page.labelled(0, "Assessed", COLUMN, &list(&paths))?;
    }
    let mut read = rows::sources(assessment);
    read.push(count(assessment.resources(), "resource"));
    read.push(count(assessment.checks.len(), "check"));
    page.labelled(0, "Read", COLUMN, &read.join(", "))?;
    let mut given = Vec::new();
    if !target.parameters.is_empty() {
        let names: Vec<_> = target.parameters.iter().map(|name| safe(name)).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        given.push(format!("parameters {}", list(&names)));
    }
    for (label, value) in [("account", &target.account), ("region", &target.region)] {
        given.extend(value.iter().map(|value| format!("{label} {}", safe(value))));
    }
    if !given.is_empty() {
        // Of a template they were assumed; of an account they say what was read.
        let label = if paths.is_empty() { "Of" } else { "Given" };
        page.labelled(0, label, COLUMN, &given.join("; "))?;
    }
    gaps(page, assessment, options)
}

fn gaps(page: &mut Page<'_>, assessment: &Assessment, options: &Options) -> io::Result<()> {
    let gaps = &assessment.inventory.gaps;
    if gaps.is_empty() {
        return Ok(());
    }
    page.section("Not assessed", Some(gaps.len()))?;
    for row in rows::gaps(assessment) {
        for line in wrapped(&row.place(options.verbose > 0), page.width.saturating_sub(2)) {
            let line = format!("  {}", page.paint(LINK, line));
            page.line(line)?;
        }
        page.indented(4, BAD, &safe(&row.gap.reason))?;
        if let Some(action) = &row.gap.action {
            page.indented(4, DIM, &format!("allow {}", safe(action)))?;
        }
    }
    Ok(())
}
