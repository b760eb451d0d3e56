//! SARIF 2.1.0, for code scanning.
//!
//! GitHub shows every result as an open alert, whatever its kind, its suppressions and its baseline state, so
//! whoever uploads there lists failures only (`--show fail`), of an assessment and not of a comparison: that has
//! results that are no longer there.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use assessment::{Assessment, Change, CheckResult, Comparison};
use findings::{Finding, Status, Waiver, WaiverScope};
use framework::Severity;
use model::{Evidence, Gap, Origin, Source};
use serde::{Serialize, Serializer};

use crate::excerpt::Excerpts;
use crate::safe::{safe, write_json_pretty};
use crate::sarif::{
    ArtifactLocation, BaselineState, Configuration, Driver, Invocation, Kind, Level, Location, Log, LogicalLocation,
    Notification, Outcome, OutcomeProperties, PhysicalLocation, Region, Rule, RuleProperties, Run, Suppression,
    SuppressionKind, Text, Tool,
};
use crate::uri::{Base, file_uri};
use crate::{Options, ReportError, comparison, listing, savings, words};

pub(crate) static FORMAT: crate::Format =
    crate::Format { id: "sarif", about: "SARIF 2.1.0 for code scanning", is_binary: false, write, compare };

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME: &str = "https://docs.aws.amazon.com/wellarchitected/latest/framework/welcome.html";
const ROOT: &str = "%SRCROOT%";
/// The version belongs to the name: another way to make ids gets another.
const FINGERPRINT: &str = "pilaster/v1";

/// GitHub refuses a file with more results, rules' tags or related locations than these.
const MOST_RESULTS: usize = 25_000;
const MOST_TAGS: usize = 20;
const MOST_RELATED: usize = 100;
/// Gaps are told one by one up to this number.
const MOST_GAPS: usize = 1_000;

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let listed = assessment.findings.iter().filter(|finding| is_result(finding) && options.lists(finding));
    let side = Side::new(assessment, options);
    let listed = listed.map(|finding| Listed { side: &side, finding, state: None });
    run(&side, listed.collect(), Vec::new(), out)
}

/// The later assessment, its results told from those of the earlier one. What only that has comes last, `absent`.
fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let (before, after) = (comparison.before, comparison.after);
    let (earlier, later) = (Side::new(before, options), Side::new(after, options));
    let mut changed: Vec<Option<&Change>> = vec![None; after.findings.len()];
    for change in &comparison.changes {
        if let Some(place) = change.after.and_then(|number| changed.get_mut(number as usize)) {
            *place = Some(change);
        }
    }
    let was_result = |change: &Change| {
        let finding = before.findings.get(change.before? as usize)?;
        is_result(finding).then_some(finding)
    };
    let of_after =
        after.findings.iter().zip(changed).filter(|(finding, _)| is_result(finding)).map(|(finding, change)| {
            let state = match change {
                None => BaselineState::Unchanged,
                Some(change) if was_result(change).is_some() => BaselineState::Updated,
                Some(_) => BaselineState::New,
            };
            Listed { side: &later, finding, state: Some(state) }
        });
    let gone = comparison.changes.iter().filter(|change| {
        let finding = change.after.and_then(|number| after.findings.get(number as usize));
        !finding.is_some_and(is_result)
    });
    let gone = gone.filter_map(was_result);
    let gone = gone.map(|finding| Listed { side: &earlier, finding, state: Some(BaselineState::Absent) });
    let matters = |one: &Listed<'_>| options.min_severity.is_none_or(|least| one.finding.severity >= least);
    let listed = of_after.chain(gone).filter(matters).collect();
    let told = comparison.differences.iter().map(|difference| Notification {
        level: Level::Warning,
        message: Text::plain(without_links(&safe(&comparison::difference(difference)))),
        locations: Vec::new(),
    });
    run(&later, listed, told.collect(), out)
}

/// A finding that becomes a result.
struct Listed<'a> {
    side: &'a Side<'a>,
    finding: &'a Finding,
    state: Option<BaselineState>,
}

fn is_result(finding: &Finding) -> bool {
    matches!(finding.status(), Status::Fail | Status::Unknown | Status::Waived)
}

/// Writes what an assessment comes to, with results of it and perhaps of another.
fn run(
    side: &Side<'_>,
    mut listed: Vec<Listed<'_>>,
    mut told: Vec<Notification>,
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    let left = cut(&mut listed);
    let mut rules: HashMap<&str, usize> = HashMap::new();
    let mut described = Vec::new();
    for Listed { side, finding, .. } in &listed {
        let check = side.assessment.check(finding);
        rules.entry(&check.id).or_insert_with(|| {
            described.push(rule(check));
            described.len() - 1
        });
    }
    let root = ArtifactLocation {
        uri: None,
        uri_base_id: None,
        description: Some(Text::plain("The root of the repository.")),
    };
    told.extend(notifications(side.assessment, left, side.base));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "Pilaster",
                    version: side.assessment.version.clone(),
                    information_uri: HOME,
                    rules: described,
                },
            },
            invocations: [Invocation { execution_successful: true, tool_execution_notifications: told }],
            original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
            column_kind: "unicodeCodePoints",
            results: Results { listed: &listed, rules },
        }],
    };
    write_json_pretty(out, &log)?;
    Ok(writeln!(out)?)
}

/// Leaves the worst where there are too many, in the order they have anyway, and tells how many are left out.
fn cut(listed: &mut Vec<Listed<'_>>) -> usize {
    let left = listed.len().saturating_sub(MOST_RESULTS);
    if left > 0 {
        listed.sort_by_key(|one| (one.state, one.finding.status(), Reverse(one.finding.severity)));
        listed.truncate(MOST_RESULTS);
    }
    left
}

/// The results, made one by one.
struct Results<'a> {
    listed: &'a [Listed<'a>],
    rules: HashMap<&'a str, usize>,
}

/// An assessment and its code.
struct Side<'a> {
    assessment: &'a Assessment,
    excerpts: Excerpts<'a>,
    base: Option<&'a Base>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.listed.iter().map(|Listed { side, finding, state }| {
            let rule = self.rules.get(side.assessment.check(finding).id.as_str());
            side.outcome(finding, rule.copied().unwrap_or_default(), *state)
        }))
    }
}

impl<'a> Side<'a> {
    fn new(assessment: &'a Assessment, options: &'a Options) -> Self {
        Self { assessment, excerpts: Excerpts::new(assessment), base: options.base.as_ref() }
    }

    fn outcome(&self, finding: &Finding, rule: usize, state: Option<BaselineState>) -> Outcome {
        let (kind, level) = match finding.outcome {
            model::Outcome::Fail => (Kind::Fail, level(finding.severity)),
            _ => (Kind::Open, Level::None),
        };
        let waiver = self.assessment.waiver(finding);
        Outcome {
            rule_id: self.assessment.check(finding).id.clone(),
            rule_index: rule,
            kind,
            level,
            baseline_state: state,
            message: Text::plain(self.message(finding)),
            locations: [self.location(finding)],
            related_locations: self.related(finding),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.id.clone())]),
            suppressions: waiver.map(suppression).into_iter().collect(),
            properties: finding.saving.as_ref().map(|saving| OutcomeProperties {
                monthly_savings_usd: saving.monthly.dollars(),
                savings_basis: savings::basis(saving),
            }),
        }
    }

    fn message(&self, finding: &Finding) -> String {
        let resource = words::resource(self.assessment.inventory.resource(finding.resource));
        let statements = words::statements(finding);
        let message = match finding.outcome {
            model::Outcome::Fail => format!("{resource}: {statements}."),
            _ => format!("Cannot be known for {resource}: {statements}."),
        };
        without_links(&message)
    }

    /// The first evidence on the resource itself, or where the resource is declared.
    fn location(&self, finding: &Finding) -> Location {
        let resource = self.assessment.inventory.resource(finding.resource);
        let physical_location = match listing::main_evidence(finding) {
            Some(evidence) => self.physical(evidence.origin, self.excerpts.columns(evidence)),
            None => self.physical(resource.origin, self.excerpts.columns_at(resource.origin, true)),
        };
        let logical = LogicalLocation {
            name: safe(&resource.id).into_owned(),
            fully_qualified_name: safe(&format!("{}/{}", resource.kind, resource.id)).into_owned(),
            kind: "resource",
        };
        Location { id: None, physical_location, logical_locations: vec![logical], message: None }
    }

    fn related(&self, finding: &Finding) -> Vec<Location> {
        let main = listing::main_evidence(finding);
        let is_main = |evidence: &Evidence| main.is_some_and(|main| std::ptr::eq(main, evidence));
        let others = finding.evidence.iter().filter(|evidence| !is_main(evidence));
        let located = others.filter_map(|evidence| Some((evidence, self.physical_of(evidence)?)));
        located
            .take(MOST_RELATED)
            .enumerate()
            .map(|(number, (evidence, physical))| Location {
                id: Some(number + 1),
                physical_location: Some(physical),
                logical_locations: Vec::new(),
                message: Some(Text::plain(without_links(&words::statement(evidence)))),
            })
            .collect()
    }

    fn physical_of(&self, evidence: &Evidence) -> Option<PhysicalLocation> {
        self.physical(evidence.origin, self.excerpts.columns(evidence))
    }

    fn physical(&self, origin: Origin, columns: Option<(u32, u32)>) -> Option<PhysicalLocation> {
        let source = self.assessment.inventory.sources.get(origin.source.0 as usize)?;
        let Source::File { path, .. } = source else { return None };
        let (start_column, end_column) = match columns {
            Some((start, end)) => (start, Some(end)),
            None => (origin.column.max(1), None),
        };
        let region = Region { start_line: origin.line.max(1), start_column, end_column };
        Some(PhysicalLocation { artifact_location: artifact(path, self.base), region: Some(region) })
    }
}

fn artifact(path: &str, base: Option<&Base>) -> ArtifactLocation {
    let file = file_uri(path, base);
    ArtifactLocation { uri: Some(file.uri), uri_base_id: file.relative.then_some(ROOT), description: None }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Critical | Severity::High => Level::Error,
        Severity::Medium => Level::Warning,
        Severity::Low => Level::Note,
    }
}

fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
    }
}

fn rule(check: &CheckResult) -> Rule {
    let mut tags: Vec<&'static str> = Vec::new();
    for practice in &check.practices {
        if !tags.contains(&practice.pillar().id()) {
            tags.push(practice.pillar().id());
        }
    }
    tags.extend(check.practices.iter().map(|practice| practice.id()));
    tags.truncate(MOST_TAGS);
    let why = words::paragraphs(&check.why).join("\n\n");
    let practices = check.practices.iter().map(|p| format!("- [{} {}]({})", p.id(), p.title(), p.url()));
    let practices: Vec<String> = practices.collect();
    let cost = words::cost_of_fix(check);
    let markdown = format!(
        "{why}\n\n## Fix\n\n{}\n\nEffort: {cost}.\n\n## Best practices\n\n{}\n",
        check.fix,
        practices.join("\n")
    );
    let text = format!("{why}\n\nFix: {}\n\nEffort: {cost}.", words::paragraphs(&check.fix).join("\n"));
    Rule {
        id: check.id.clone(),
        name: check.id.clone(),
        short_description: Text::plain(check.claim.clone()),
        full_description: Text::plain(if why.is_empty() { check.claim.clone() } else { why }),
        help: Text { text, markdown: Some(markdown) },
        help_uri: check.practices.first().map(|practice| practice.url()),
        default_configuration: Configuration { level: level(check.severity) },
        properties: RuleProperties { security_severity: security_severity(check.severity), precision: "high", tags },
    }
}

fn suppression(waiver: &Waiver) -> Suppression {
    let mut justification = waiver.reason.clone();
    for (label, value) in [("until", &waiver.until), ("owner", &waiver.owner)] {
        if let Some(value) = value {
            justification.push_str(&format!("; {label} {value}"));
        }
    }
    let kind = match waiver.scope {
        WaiverScope::Resource(_) => SuppressionKind::InSource,
        WaiverScope::Pattern { .. } => SuppressionKind::External,
    };
    Suppression { kind, justification: safe(&justification).into_owned() }
}

fn notifications(assessment: &Assessment, left: usize, base: Option<&Base>) -> Vec<Notification> {
    let gaps = &assessment.inventory.gaps;
    let mut notifications: Vec<Notification> = gaps.iter().take(MOST_GAPS).map(|gap| of_gap(gap, base)).collect();
    let mut tell =
        |level, text| notifications.push(Notification { level, message: Text::plain(text), locations: Vec::new() });
    if gaps.len() > MOST_GAPS {
        tell(Level::Error, format!("{} more could not be read", gaps.len() - MOST_GAPS));
    }
    if left > 0 {
        tell(Level::Warning, format!("{left} findings are left out: a run holds {MOST_RESULTS}, the worst are kept"));
    }
    for problem in &assessment.waiver_problems {
        tell(Level::Warning, without_links(&safe(&format!("{}: {}", problem.place, problem.message))));
    }
    notifications
}

fn of_gap(gap: &Gap, base: Option<&Base>) -> Notification {
    let location = gap.file.as_deref().map(|file| Location {
        id: None,
        physical_location: Some(PhysicalLocation {
            artifact_location: artifact(file, base),
            region: gap.line.map(|line| Region { start_line: line.max(1), start_column: 1, end_column: None }),
        }),
        logical_locations: Vec::new(),
        message: None,
    });
    let text = format!("{} was not assessed: {}", crate::rows::gap_place(gap), safe(&gap.reason));
    Notification {
        level: Level::Error,
        message: Text::plain(without_links(&text)),
        locations: location.into_iter().collect(),
    }
}

/// A message's text, in which nothing is taken for a link: `[text](target)` is one in SARIF.
fn without_links(text: &str) -> String {
    match text.contains("](") {
        true => text.replace('[', "\\[").replace(']', "\\]"),
        false => text.to_owned(),
    }
}
