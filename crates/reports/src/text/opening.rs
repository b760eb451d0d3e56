//! What was assessed, and what was not.

use std::io;

use assessment::Assessment;
use model::Gap;

use crate::listing;
use crate::safe::safe;
use crate::words::{count, list};

use super::page::{BAD, BOLD, DIM, LINK, Page};

/// Where the text behind the labels of the opening begins.
const COLUMN: usize = 12;

pub(super) fn write(page: &mut Page<'_>, assessment: &Assessment) -> io::Result<()> {
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
    let read = [
        count(listing::files(assessment), "file"),
        count(assessment.resources(), "resource"),
        count(assessment.checks.len(), "check"),
    ];
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
        page.labelled(0, "Given", COLUMN, &given.join("; "))?;
    }
    gaps(page, &assessment.inventory.gaps)
}

fn gaps(page: &mut Page<'_>, gaps: &[Gap]) -> io::Result<()> {
    if gaps.is_empty() {
        return Ok(());
    }
    page.section("Not assessed", Some(gaps.len()))?;
    for gap in gaps {
        let place = page.paint(LINK, place(gap));
        page.line(format!("  {place}"))?;
        page.indented(4, BAD, &safe(&gap.reason))?;
        if let Some(action) = &gap.action {
            page.indented(4, DIM, &format!("allow {}", safe(action)))?;
        }
    }
    Ok(())
}

/// Where a gap is, harmless: `shop.yaml:12`, or `s3:ListBuckets (eu-west-1)`.
pub(crate) fn place(gap: &Gap) -> String {
    let place = match (&gap.file, gap.line, &gap.service, &gap.call) {
        (Some(file), Some(line), ..) => format!("{file}:{line}"),
        (Some(file), None, ..) => file.clone(),
        (None, _, Some(service), Some(call)) => format!("{service}:{call}"),
        (None, _, Some(only), None) | (None, _, None, Some(only)) => only.clone(),
        (None, ..) => "somewhere".to_owned(),
    };
    match &gap.region {
        Some(region) => safe(&format!("{place} ({region})")).into_owned(),
        None => safe(&place).into_owned(),
    }
}
