//! Reports for print.
//!
//! The templates are `pdf/*.typ`; what they print is built here as data. All strings are harmless before they go in,
//! and long names carry marks where a line may break.

mod breaks;
mod comparison;
mod data;
mod findings;
mod head;
mod pillars;
mod summary;

use assessment::{Assessment, Comparison};
use serde::Serialize;
use typesetting::{Document, pdf};

use crate::{Options, ReportError};

/// What all reports look like.
const THEME: &str = include_str!("pdf/theme.typ");
const ASSESSMENT: &str = include_str!("pdf/assessment.typ");
const COMPARISON: &str = include_str!("pdf/comparison.typ");

/// How much a report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Edition {
    /// What decisions need, on at most four pages.
    Executive,
    /// Everything that is listed.
    Full,
}

/// An assessment as a PDF.
pub(crate) fn assessment(assessment: &Assessment, options: &Options, edition: Edition) -> Result<Vec<u8>, ReportError> {
    set(ASSESSMENT, &data::report(assessment, options, edition), &assessment.version)
}

/// What changed between two assessments as a PDF.
pub(crate) fn comparison(
    comparison: &Comparison<'_>,
    options: &Options,
    edition: Edition,
) -> Result<Vec<u8>, ReportError> {
    set(COMPARISON, &comparison::report(comparison, options, edition), &comparison.after.version)
}

fn set(template: &str, data: &impl Serialize, version: &str) -> Result<Vec<u8>, ReportError> {
    let creator = format!("Pilaster {}", crate::safe::safe(version));
    let modules = [("theme.typ", THEME)];
    Ok(pdf(Document { template, modules: &modules, data: serde_json::to_string(data)?, creator: &creator })?)
}
