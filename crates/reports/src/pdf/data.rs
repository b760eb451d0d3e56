//! What a report of an assessment prints.

use assessment::Assessment;
use serde::Serialize;

use super::Edition;
use super::breaks::{printed, printed_name};
use super::findings::Checks;
use super::head::Head;
use super::{pillars, summary};
use crate::{Options, listing, rows};

/// All of a report.
#[derive(Serialize)]
pub(super) struct Report {
    #[serde(flatten)]
    head: Head,
    read: String,
    scope: Vec<(&'static str, Vec<String>)>,
    summary: summary::Summary,
    /// Nothing in the executive edition.
    pillars: Vec<pillars::Section>,
    gaps: Vec<(String, String)>,
    skipped: Vec<(String, String)>,
}

pub(super) fn report(assessment: &Assessment, options: &Options, edition: Edition) -> Report {
    let is_full = edition == Edition::Full;
    let groups = listing::by_check(assessment, options);
    let checks = Checks::new(assessment, &groups);
    let inventory = &assessment.inventory;
    Report {
        head: Head::new(assessment, edition),
        read: rows::read(assessment),
        scope: summary::scope(assessment, edition),
        summary: summary::summary(assessment, options, edition),
        pillars: if is_full { pillars::sections(assessment, &options.past, &checks) } else { Vec::new() },
        gaps: if is_full { summary::gaps(assessment, edition, usize::MAX) } else { Vec::new() },
        skipped: match is_full {
            true => inventory.skipped.iter().map(|s| (printed_name(&s.file), printed(&s.reason))).collect(),
            false => Vec::new(),
        },
    }
}
