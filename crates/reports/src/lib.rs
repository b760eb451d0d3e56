//! Renderings of an assessment.
//!
//! A format is one file in `formats/` that writes an [`Assessment`] as it is told by [`Options`]. All of
//! them are linear in the number of findings, and none copies the assessment.
//!
//! Names, values and reasons come from whoever wrote the templates. What they may hold that a terminal,
//! a browser or a parser could take for its own is made visible and harmless by every format.

mod asff;
pub mod charts;
mod columns;
mod comparison;
mod detail;
mod document;
mod excerpt;
mod figures;
mod formats;
mod html;
mod listing;
mod markup;
mod ocsf;
mod pdf;
mod prose;
mod rows;
mod safe;
mod sarif;
mod savings;
mod settle;
mod text;
mod uri;
mod words;
mod xlsx;

use std::collections::BTreeSet;
use std::io;

use assessment::{Assessment, Comparison, Scope};
use findings::{Finding, Status};
use framework::{Pillar, Severity};
use jiff::civil::Date;
use thiserror::Error;

pub use uri::Base;

/// A form that an assessment can be rendered in.
#[derive(Debug)]
pub struct Format {
    /// The word in options: `text`.
    pub id: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether it is no text, and nothing for a terminal.
    pub is_binary: bool,
    /// Writes it.
    pub write: fn(&Assessment, &Options, &mut dyn io::Write) -> Result<(), ReportError>,
    /// Writes what changed between two assessments.
    pub compare: fn(&Comparison<'_>, &Options, &mut dyn io::Write) -> Result<(), ReportError>,
}

/// What a report shows, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which findings are listed. All are counted, whatever stands here.
    pub show: BTreeSet<Status>,
    /// Findings below it are counted and not listed.
    pub min_severity: Option<Severity>,
    /// How many columns text may take.
    pub width: usize,
    /// Whether text is coloured. Text without colour holds no box characters either.
    pub color: bool,
    /// 1 lists what is otherwise counted: every resource of a check, skipped files, suppressions.
    pub verbose: u8,
    /// Where the repository begins, for formats that name files from its root.
    pub base: Option<Base>,
    /// What the scores were before, the oldest first, for formats that draw a trend.
    pub past: Vec<Past>,
}

/// The scores of an earlier assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The day of its run.
    pub today: Date,
    /// The score of each pillar.
    pub scores: Vec<(Pillar, Option<u8>)>,
    /// What it saw otherwise than the one it comes before.
    pub differs: Vec<Scope>,
}

impl Past {
    /// What an assessment is to a later one.
    pub fn of(earlier: &Assessment, later: &Assessment) -> Self {
        let saw = |scope: &Scope| {
            matches!(scope, Scope::Source | Scope::Accounts | Scope::Regions | Scope::Paths | Scope::Checks)
        };
        let differs = Comparison::differences(earlier, later).into_iter().map(|difference| difference.scope);
        Self {
            today: earlier.today,
            scores: earlier.pillars.iter().map(|result| (result.pillar, result.score)).collect(),
            differs: differs.filter(saw).collect(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            show: BTreeSet::from([Status::Fail, Status::Unknown, Status::Waived]),
            min_severity: None,
            width: 80,
            color: false,
            verbose: 0,
            base: None,
            past: Vec::new(),
        }
    }
}

impl Options {
    /// Whether a finding is listed. One that the baseline has is only counted.
    pub(crate) fn lists(&self, finding: &Finding) -> bool {
        finding.is_new()
            && self.show.contains(&finding.status())
            && self.min_severity.is_none_or(|least| finding.severity >= least)
    }
}

/// Why a report cannot be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// What it is written to does not take it.
    #[error("the report cannot be written")]
    Write(#[from] io::Error),
    /// The template and what it prints do not fit each other.
    #[error("the report cannot be set for print; please report this")]
    Print(#[from] typesetting::TypesettingError),
}

impl From<serde_json::Error> for ReportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

/// Every format, by name.
pub fn formats() -> &'static [&'static Format] {
    formats::FORMATS
}

/// The format with this id.
pub fn format(id: &str) -> Option<&'static Format> {
    formats().iter().find(|format| format.id == id).copied()
}

/// The JSON Schema of what the format `json` writes of a comparison.
pub fn comparison_schema() -> serde_json::Value {
    comparison::document::schema()
}

/// The JSON Schema of what the format `json` writes of an assessment.
pub fn schema() -> serde_json::Value {
    document::schema()
}
