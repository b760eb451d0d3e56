//! Workflow commands of GitHub Actions, which show findings at their lines in a pull request.
//!
//! GitHub keeps ten errors, ten warnings and ten notices of a step and drops the rest, so the worst come
//! first and the last line says how many there was no room for. `actions/toolkit` has the escaping
//! (`packages/core/src/command.ts`).

use std::cmp::Reverse;
use std::io::Write;

use assessment::{Assessment, Change, Comparison};
use findings::{Finding, Status};
use framework::Severity;
use model::Gap;

use crate::comparison::lists;
use crate::safe::{cut, safe};
use crate::settle::settle;
use crate::uri::repository_path;
use crate::words::{self, count};
use crate::{Options, ReportError, listing, rows};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "github",
    about: "annotations of GitHub Actions, the worst first",
    is_binary: false,
    write,
    compare,
};

/// As many of a kind as GitHub keeps of a step.
const MOST: usize = 10;
/// What could not be read comes first, but leaves room for findings.
const MOST_GAPS: usize = 3;
/// An annotation is a few lines on a page.
const MOST_IN_MESSAGE: usize = 2_000;
const MOST_IN_TITLE: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    /// Nobody can act on what is not known as on a failure, so that is a notice.
    fn of(finding: &Finding) -> Self {
        match (finding.status(), finding.severity) {
            (Status::Fail, Severity::Critical | Severity::High) => Self::Error,
            (Status::Fail, Severity::Medium) => Self::Warning,
            _ => Self::Notice,
        }
    }
}

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let annotated = |f: &&Finding| matches!(f.status(), Status::Fail | Status::Unknown) && options.lists(f);
    let findings = assessment.findings.iter().filter(annotated).collect();
    annotate(assessment, findings, &assessment.inventory.gaps, options, out)
}

/// Annotates what fails and did not, which is what `--fail-on-new` counts.
fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let listed = |change: &&Change| comparison.fails_anew(change) && lists(comparison, options, change);
    let findings = comparison.changes.iter().filter(listed).map(|change| comparison.finding(change)).collect();
    annotate(comparison.after, findings, &[], options, out)
}

fn annotate(
    assessment: &Assessment,
    mut findings: Vec<&Finding>,
    gaps: &[Gap],
    options: &Options,
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    findings.sort_by_key(|finding| (finding.status(), Reverse(finding.severity)));
    for gap in gaps.iter().take(MOST_GAPS) {
        of_gap(gap, options, out)?;
    }
    let gaps_left = gaps.len().saturating_sub(MOST_GAPS);
    let mut findings_left = 0;
    for kind in [Kind::Error, Kind::Warning, Kind::Notice] {
        let of_kind: Vec<&Finding> = findings.iter().copied().filter(|finding| Kind::of(finding) == kind).collect();
        let most = match kind {
            Kind::Error => MOST,
            Kind::Warning => MOST - gaps.len().min(MOST_GAPS),
            // The last line is one, too.
            Kind::Notice if findings_left + gaps_left > 0 || of_kind.len() > MOST => MOST - 1,
            Kind::Notice => MOST,
        };
        for finding in of_kind.iter().take(most) {
            of_finding(assessment, options, finding, out)?;
        }
        findings_left += of_kind.len().saturating_sub(most);
    }
    let left: Vec<String> = [(findings_left, "finding"), (gaps_left, "place")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| match noun {
            "place" => format!("{} that could not be read", count(number, noun)),
            _ => count(number, noun),
        })
        .collect();
    if !left.is_empty() {
        let message = format!("And {} more; the other reports list all.", left.join(" and "));
        command(out, Kind::Notice, None, "Pilaster", &message)?;
    }
    Ok(())
}

fn of_finding(
    assessment: &Assessment,
    options: &Options,
    finding: &Finding,
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    let check = assessment.check(finding);
    let resource = words::resource(assessment.inventory.resource(finding.resource));
    let statements = words::statements(finding);
    let message = match finding.status() {
        Status::Unknown => format!("Cannot be known for {resource}: {statements}."),
        _ => format!("{resource}: {statements}."),
    };
    let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
    let hint = || finding.evidence.iter().find_map(|evidence| settle(&assessment.inventory, evidence));
    let next = match finding.status() {
        Status::Unknown => hint().map(|hint| format!("To settle it: {hint}")),
        _ => Some(format!("Fix: {}", words::paragraphs(&check.fix).join("\n"))),
    };
    let next = next.map(|next| format!("{}\n", cut(&next, MOST_IN_MESSAGE))).unwrap_or_default();
    let message = format!("{}\n{next}{} ({})", cut(&message, MOST_IN_MESSAGE), check.id, practices.join(", "));
    let title = format!("{}: {}", finding.severity, check.claim);
    let place =
        listing::file(assessment, finding).map(|(file, line)| (repository_path(file, options.base.as_ref()), line));
    command(out, Kind::of(finding), place.as_ref().map(|(file, line)| (file.as_str(), Some(*line))), &title, &message)
}

fn of_gap(gap: &Gap, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let file = gap.file.as_deref().map(|file| repository_path(file, options.base.as_ref()));
    let message = match file {
        Some(_) => safe(&gap.reason).into_owned(),
        None => format!("{}: {}", rows::gap_place(gap), safe(&gap.reason)),
    };
    let place = file.as_deref().map(|file| (file, gap.line));
    command(out, Kind::Warning, place, "Not assessed", &cut(&message, MOST_IN_MESSAGE))
}

/// `::error file=a.yaml,line=3,title=...::...`. Lines of the message are ours; what stands in them is
/// harmless.
fn command(
    out: &mut dyn Write,
    kind: Kind,
    place: Option<(&str, Option<u32>)>,
    title: &str,
    message: &str,
) -> Result<(), ReportError> {
    write!(out, "::{} ", kind.id())?;
    if let Some((file, line)) = place {
        write!(out, "file={},", property(file))?;
        if let Some(line) = line {
            write!(out, "line={line},")?;
        }
    }
    let message: Vec<String> = message.lines().map(|line| data(&safe(line))).collect();
    Ok(writeln!(out, "title={}::{}", property(&cut(title, MOST_IN_TITLE)), message.join("%0A"))?)
}

fn property(text: &str) -> String {
    data(&safe(text)).replace(':', "%3A").replace(',', "%2C")
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
}
