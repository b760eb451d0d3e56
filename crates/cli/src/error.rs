//! What can keep a command from doing its work.

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use thiserror::Error;

/// Why a command could not do its work. Printed with its causes, once, by `main`; the exit code is 2.
#[derive(Debug, Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Assess(#[from] pipeline::Error),
    #[error(transparent)]
    Config(#[from] findings::ConfigError),
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot use {} as a baseline", path.display())]
    Baseline { path: PathBuf, source: findings::BaselineError },
    #[error("cannot use {}", path.display())]
    Artefact { path: PathBuf, source: assessment::ArtefactError },
    #[error(
        "cannot use {}: it is no saved assessment, and no report holds what passed; write one with `pilaster assess --save FILE.pilaster`",
        path.display()
    )]
    NotSaved { path: PathBuf },
    #[error("cannot write {place}")]
    Output { place: String, source: io::Error },
    #[error("{} is of {day}, later than the assessment to report, which is of {now}", path.display())]
    NotEarlier { path: PathBuf, day: Date, now: Date },
    #[error(transparent)]
    Report(reports::ReportError),
    #[error("{formats} formats would go to standard output; give all but one an --output")]
    SharedOutput { formats: usize },
    #[error("{} would be written twice; give every --output and --save a file of its own", path.display())]
    OverOutput { path: PathBuf },
    #[error("--output {} is a file that is read; write to another one", path.display())]
    OverInput { path: PathBuf },
    #[error("{format} is nothing for a terminal; write it to a file with --output FILE.{}", format.split('-').next().unwrap_or(format))]
    Binary { format: &'static str },
    #[error("--output {} has no --format before it, and its name tells none", path.display())]
    NoFormat { path: PathBuf },
    #[error("there is no check, best practice, question or pillar {id}{}", suggestion(nearest))]
    UnknownTopic { id: String, nearest: Vec<String> },
    #[error("there is no service {service}; there are {}", known.join(", "))]
    UnknownService { service: String, known: Vec<&'static str> },
}

fn suggestion(nearest: &[String]) -> String {
    match nearest {
        [] => "; `pilaster checks` lists the checks".to_owned(),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

/// Prints an error and its causes on standard error.
#[expect(clippy::print_stderr, reason = "the edge of the program")]
pub(crate) fn print(error: &dyn std::error::Error) {
    eprintln!("pilaster: {}", pipeline::with_causes(error));
}
