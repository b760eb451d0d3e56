//! Which format goes where.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assessment::{Assessment, Comparison};
use clap::ArgMatches;
use reports::{Format, Options, Past, ReportError};

use crate::arguments::{FailOn, Failing, Rendering};
use crate::error::Error;
use crate::replacing::Replacing;
use crate::terminal;

/// A format, and the file it goes to; without one, standard output.
pub(crate) struct Output {
    format: &'static Format,
    file: Option<PathBuf>,
}

/// Pairs every `--output` with the `--format` before it.
///
/// # Errors
/// When more than one format is left for standard output, or an output has no format, or what is no text would go
/// to a terminal.
pub(crate) fn outputs(rendering: &Rendering, matches: &ArgMatches) -> Result<Vec<Output>, Error> {
    let places = |name: &str| matches.indices_of(name).into_iter().flatten().collect::<Vec<usize>>();
    let formats = rendering.formats.iter().map(String::as_str).filter_map(reports::format);
    let mut outputs: Vec<(usize, Output)> =
        places("formats").into_iter().zip(formats.map(|format| Output { format, file: None })).collect();
    let mut alone = Vec::new();
    for (place, path) in places("outputs").into_iter().zip(&rendering.outputs) {
        match outputs.iter_mut().rev().find(|(format, _)| *format < place) {
            Some((_, output)) if output.file.is_none() => output.file = Some(path.clone()),
            _ => match format_of(path) {
                Some(format) => alone.push((place, Output { format, file: Some(path.clone()) })),
                None => return Err(Error::NoFormat { path: path.clone() }),
            },
        }
    }
    outputs.append(&mut alone);
    let mut outputs: Vec<Output> = outputs.into_iter().map(|(_, output)| output).collect();
    if outputs.is_empty() {
        outputs.extend(reports::format("text").map(|format| Output { format, file: None }));
    }
    let mut shown = outputs.iter().filter(|output| output.file.is_none());
    if let Some(output) = shown.find(|output| output.format.is_binary)
        && io::stdout().is_terminal()
    {
        return Err(Error::Binary { format: output.format.id });
    }
    match outputs.iter().filter(|output| output.file.is_none()).count() {
        0 | 1 => Ok(outputs),
        formats => Err(Error::SharedOutput { formats }),
    }
}

/// The format a file's name tells.
fn format_of(path: &Path) -> Option<&'static Format> {
    reports::format(match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" => "text",
        "htm" => "html",
        "md" => "markdown",
        "xml" => "junit",
        "jsonl" | "ndjson" => "json-lines",
        other => other,
    })
}

/// Holds the files that are written to being apart from each other and from those that are read.
///
/// # Errors
/// When one would be written over another or over what is read.
pub(crate) fn apart<'a>(
    outputs: &[Output],
    saved: Option<&Path>,
    read: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Error> {
    let read: HashSet<PathBuf> = read.into_iter().filter_map(|path| identity(path)).collect();
    let mut written = HashSet::new();
    for path in outputs.iter().filter_map(|output| output.file.as_deref()).chain(saved) {
        let Some(file) = identity(path) else { continue };
        if read.contains(&file) {
            return Err(Error::OverInput { path: path.to_owned() });
        }
        if !written.insert(file) {
            return Err(Error::OverOutput { path: path.to_owned() });
        }
    }
    Ok(())
}

/// The file that a path leads to, whatever way it goes; none for pipes and devices, which take several.
fn identity(path: &Path) -> Option<PathBuf> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => fs::canonicalize(path).ok(),
        Ok(_) => None,
        Err(_) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
        }
    }
}

/// Writes every output of an assessment.
///
/// # Errors
/// When one cannot be written.
pub(crate) fn write(
    assessment: &Assessment,
    outputs: &[Output],
    rendering: &Rendering,
    past: Vec<Past>,
) -> Result<(), Error> {
    each(outputs, rendering, past, |format, options, to| (format.write)(assessment, options, to))
}

/// Writes every output of a comparison.
///
/// # Errors
/// When one cannot be written.
pub(crate) fn write_comparison(
    comparison: &Comparison<'_>,
    outputs: &[Output],
    rendering: &Rendering,
) -> Result<(), Error> {
    each(outputs, rendering, Vec::new(), |format, options, to| (format.compare)(comparison, options, to))
}

fn each(
    outputs: &[Output],
    rendering: &Rendering,
    past: Vec<Past>,
    form: impl Fn(&Format, &Options, &mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), Error> {
    let mut options = Options {
        show: rendering.show.iter().flat_map(|show| show.statuses()).copied().collect(),
        min_severity: rendering.severity,
        width: terminal::width(),
        verbose: rendering.verbose,
        base: base(),
        past,
        ..Options::default()
    };
    for output in outputs {
        options.color = output.file.is_none() && terminal::color(rendering.color);
        let place = output.file.as_ref().map_or("standard output".to_owned(), |path| path.display().to_string());
        let failed = |source| Error::Output { place: place.clone(), source };
        let render = |to: &mut dyn Write| {
            form(output.format, &options, to).map_err(|error| match error {
                ReportError::Write(source) => failed(source),
                error @ ReportError::Print(_) => Error::Report(error),
            })
        };
        match &output.file {
            Some(path) => {
                let mut to = Replacing::begin(path).map_err(failed)?;
                render(&mut to)?;
                to.finish().map_err(failed)?;
            }
            None => {
                let mut to = BufWriter::new(io::stdout().lock());
                render(&mut to)?;
                to.flush().map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// The exit code of what was done, but not wholly.
pub(crate) const NOT_WHOLE: u8 = 3;

/// The exit code that an assessment makes.
pub(crate) fn exit_code(assessment: &Assessment, failing: &Failing) -> ExitCode {
    let fails = match failing.fail_on {
        FailOn::Never => false,
        FailOn::From(severity) => assessment.worst().is_some_and(|worst| worst >= severity),
    };
    match (fails, failing.fail_on_gaps && !assessment.inventory.gaps.is_empty()) {
        (true, _) => ExitCode::from(1),
        (false, true) => ExitCode::from(NOT_WHOLE),
        (false, false) => ExitCode::SUCCESS,
    }
}

/// The repository the command runs in: the nearest folder above that holds `.git`, or the current one.
fn base() -> Option<reports::Base> {
    let folder = std::env::current_dir().ok()?;
    let root = folder.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&folder);
    let text = |path: &Path| path.to_string_lossy().into_owned();
    Some(reports::Base { root: text(root), folder: text(&folder) })
}
