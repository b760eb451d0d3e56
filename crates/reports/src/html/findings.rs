//! The findings, by check.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};
use maud::{Markup, html};

use super::badge;
use super::prose::prose;
use crate::listing::Group;
use crate::safe::safe;
use crate::settle::settle;
use crate::{Options, listing, rows, savings, words};

/// How many findings of a check stand in the page itself; the script has the others.
pub(super) const STANDING: usize = 10;
/// Evidence beyond it scrolls.
const LONG: usize = 1000;

const STATUSES: [Status; 5] = [Status::Fail, Status::Unknown, Status::Waived, Status::Pass, Status::NotApplicable];

/// The listed findings by check, in it by status: first what fails, the worst before all.
pub(super) fn groups<'a>(assessment: &'a Assessment, options: &Options) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> =
        assessment.checks.iter().map(|check| Group { check, findings: Vec::new() }).collect();
    for finding in assessment.findings.iter().filter(|finding| options.lists(finding)) {
        if let Some(group) = groups.get_mut(finding.check as usize) {
            group.findings.push(finding);
        }
    }
    groups.retain(|group| !group.findings.is_empty());
    for group in &mut groups {
        group.findings.sort_by_key(|finding| finding.status());
    }
    groups.sort_by_key(|group| {
        let first = group.findings.first().map(|finding| finding.status());
        (first, Reverse(group.check.severity), Reverse(group.findings.len()), group.check.id.as_str())
    });
    groups
}

/// The name of a check's place in the page. An id that no check could have is no part of an address.
pub(super) fn anchor(check: &CheckResult) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("check-{}", check.id.chars().map(plain).collect::<String>())
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Fail => "fails",
        Status::Unknown => "unknown",
        Status::Waived => "waived",
        Status::Pass => "passes",
        Status::NotApplicable => "does not apply",
    }
}

pub(super) fn section(assessment: &Assessment, options: &Options, groups: &[Group<'_>]) -> Markup {
    let number = listing::total(groups);
    let accounts = rows::accounts(assessment) > 1;
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            @if groups.is_empty() {
                p .note { "There is no finding to list." }
            } @else {
                (filters(assessment, options, groups))
                p #shown role="status" {
                    (words::count(number, "finding")) " in " (words::count(groups.len(), "check"))
                }
                p #none .note hidden { "No finding is like that." }
                div #checks { @for group in groups { (check(assessment, group, accounts)) } }
            }
        }
    }
}

/// Shown by the script, because nothing filters without it.
fn filters(assessment: &Assessment, options: &Options, groups: &[Group<'_>]) -> Markup {
    let all = || groups.iter().flat_map(|group| group.findings.iter());
    let severities: BTreeSet<_> = all().map(|finding| Reverse(finding.severity)).collect();
    let statuses: Vec<Status> = STATUSES.into_iter().filter(|status| options.show.contains(status)).collect();
    let services: BTreeSet<&str> = groups.iter().map(|group| group.check.service.as_str()).collect();
    let resource = |finding: &&&Finding| assessment.inventory.resource(finding.resource);
    let regions: BTreeSet<&str> = all().filter_map(|f| resource(&f).region.as_deref()).collect();
    let kinds: BTreeMap<&str, ()> = all().map(|f| (resource(&f).kind.as_str(), ())).collect();
    let owned = |name: &str| (safe(name).into_owned(), safe(name).into_owned());
    let choices = [
        ("severity", "Severity", severities.iter().map(|s| owned(s.0.id())).collect::<Vec<_>>()),
        ("status", "Status", statuses.iter().map(|s| (s.id().to_owned(), status(*s).to_owned())).collect()),
        ("pillar", "Pillar", assessment.pillars.iter().map(|p| owned(p.pillar.name())).collect()),
        ("service", "Service", services.into_iter().map(owned).collect()),
        ("region", "Region", regions.into_iter().map(owned).collect()),
        ("kind", "Resource type", kinds.keys().map(|kind| owned(kind)).collect()),
    ];
    html! {
        form #filters role="search" aria-label="Findings" hidden {
            p .field .text {
                label for="text" { "Search" }
                input #text type="search" autocomplete="off" spellcheck="false"
                    placeholder="name, check, file, value";
            }
            @for (id, name, values) in choices {
                p .field {
                    label for=(id) { (name) }
                    select id=(id) {
                        option value="" { "all" }
                        @for (value, shown) in values { option value=(value) { (shown) } }
                    }
                }
            }
            p .buttons {
                button type="reset" { "Clear" }
                button type="button" #open { "Open all" }
                button type="button" #close { "Close all" }
            }
        }
    }
}

fn check(assessment: &Assessment, group: &Group<'_>, accounts: bool) -> Markup {
    let check = group.check;
    let more = group.findings.len().saturating_sub(STANDING);
    html! {
        details .check {
            summary {
                (badge(check.severity))
                h3 { (safe(&check.claim)) }
                span .counts { (counts(group)) }
            }
            div .body id=(anchor(check)) {
                p .dim {
                    code { (safe(&check.id)) }
                    " · effort " (words::cost_of_fix(check))
                    @for practice in &check.practices {
                        " · " a href=(practice.url()) rel="noreferrer noopener" title=(practice.title()) { (practice.id()) }
                    }
                    @if !check.fsbp.is_empty() { " · Security Hub " (safe(&check.fsbp.join(", "))) }
                    @if !check.cis.is_empty() { " · CIS " (safe(&check.cis.join(", "))) }
                }
                div .why {
                    div { h4 { "Why" } (prose(&check.why)) }
                    div { h4 { "Fix" } (prose(&check.fix)) }
                }
                h4 { "Resources" }
                div .rows { ul {
                    @for finding in group.findings.iter().take(STANDING) { (row(&Row::new(assessment, finding, accounts))) }
                } }
                @if more > 0 {
                    p .more { "and " (more) " more, which a browser that runs scripts lists" }
                }
            }
        }
    }
}

fn counts(group: &Group<'_>) -> String {
    let by_status = group.findings.chunk_by(|a, b| a.status() == b.status());
    let counts: Vec<String> = by_status
        .filter_map(|same| same.first().map(|finding| format!("{} {}", same.len(), noun(finding.status()))))
        .collect();
    counts.join(" · ")
}

/// A status behind a number.
pub(super) fn noun(status: Status) -> &'static str {
    match status {
        Status::Fail => "failed",
        Status::Unknown => "unknown",
        Status::Waived => "waived",
        Status::Pass => "passed",
        Status::NotApplicable => "did not apply",
    }
}

/// What is shown of a finding, harmless; the page and its script show the same.
pub(super) struct Row {
    pub(super) status: Status,
    /// Its type; nothing where the name says all.
    pub(super) kind: String,
    pub(super) name: String,
    /// Where it is: file and line, account, region, ARN.
    pub(super) places: Vec<String>,
    pub(super) statements: Vec<Statement>,
    /// What would settle it, or why it is waived.
    pub(super) notes: Vec<String>,
}

/// A piece of evidence.
pub(super) struct Statement {
    pub(super) path: String,
    pub(super) observed: String,
    pub(super) expected: String,
    /// Where it was seen, if that is not where the finding is.
    pub(super) place: String,
}

impl Row {
    /// Accounts are named where several were read.
    pub(super) fn new(assessment: &Assessment, finding: &Finding, accounts: bool) -> Self {
        let inventory = &assessment.inventory;
        let resource = inventory.resource(finding.resource);
        let text = |text: &str| safe(text).into_owned();
        let (kind, name) = match resource.kind.as_str() {
            "Pilaster::Account" => (String::new(), format!("account {}", text(&resource.id))),
            "Pilaster::Region" => (String::new(), format!("region {}", text(&resource.id))),
            kind => (text(kind), text(&resource.id)),
        };
        let place = text(&inventory.place(listing::place(assessment, finding)));
        let mut places = vec![place.clone()];
        if let Some(other) = resource.name.as_deref().filter(|other| *other != resource.id) {
            places.push(text(other));
        }
        places.extend(resource.account.as_deref().filter(|account| accounts && *account != resource.id).map(text));
        // The place of a call has the region already.
        let said = |region: &&str| *region != resource.id && !place.ends_with(&format!("({region})"));
        places.extend(resource.region.as_deref().filter(said).map(text));
        places.retain(|place| !place.is_empty());
        let statements = finding
            .evidence
            .iter()
            .map(|evidence| {
                let own = text(&inventory.place(evidence.origin));
                let other = (evidence.resource != finding.resource).then(|| inventory.resource(evidence.resource));
                let other = other.map(words::resource).unwrap_or_default();
                let seen = [other, if own == place { String::new() } else { own }];
                Statement {
                    path: text(&evidence.path),
                    observed: text(&evidence.observed),
                    expected: text(&evidence.expected),
                    place: seen.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
                }
            })
            .collect();
        Self { status: finding.status(), kind, name, places, statements, notes: notes(assessment, finding) }
    }
}

fn notes(assessment: &Assessment, finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    if finding.status() == Status::Unknown {
        let mut hints: Vec<String> =
            finding.evidence.iter().filter_map(|evidence| settle(&assessment.inventory, evidence)).collect();
        hints.dedup();
        notes.extend(hints.into_iter().map(|hint| format!("To settle: {hint}")));
    }
    notes.extend(savings::of_finding(finding));
    if let (Status::Waived, Some(waiver)) = (finding.status(), assessment.waiver(finding)) {
        let until = waiver.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
        let owner = waiver.owner.as_ref().map(|owner| format!(", owner {owner}")).unwrap_or_default();
        notes.push(safe(&format!("Waived: {}{until}{owner} ({})", waiver.reason, waiver.place)).into_owned());
    }
    notes
}

fn row(row: &Row) -> Markup {
    let is_long = |s: &Statement| [&s.path, &s.observed, &s.expected, &s.place].iter().any(|text| text.len() > LONG);
    html! {
        li .long[row.statements.iter().any(is_long)] tabindex=[row.statements.iter().any(is_long).then_some("0")] {
            p .head {
                span class={ "status " (row.status.id()) } { (status(row.status)) }
                " " b { (row.name) }
                @if !row.kind.is_empty() { " " span .kind { (row.kind) } }
            }
            p .places { @for (number, place) in row.places.iter().enumerate() {
                @if number > 0 { " · " } span { (place) }
            } }
            @for Statement { path, observed, expected, place } in &row.statements {
                p .evidence {
                    @if !path.is_empty() { code { (path) } " is " }
                    code .observed { (observed) } "; expected " span { (expected) }
                    @if !place.is_empty() { span .dim { " (" (place) ")" } }
                }
            }
            @for note in &row.notes { p .remark { (note) } }
        }
    }
}
