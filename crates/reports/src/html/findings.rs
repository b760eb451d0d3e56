//! The findings, by check.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};
use maud::{Markup, html};

use super::badge;
use super::prose::prose;
use crate::detail::{Row, Statement};
use crate::listing::Group;
use crate::safe::safe;
use crate::{Options, listing, rows, words};

/// How many findings of a check stand in the page itself; the script has the others.
pub(super) const STANDING: usize = 10;
/// Evidence beyond it scrolls.
const LONG: usize = 1000;

const STATUSES: [Status; 5] = [Status::Fail, Status::Unknown, Status::Waived, Status::Pass, Status::NotApplicable];

/// The name of a check's place in the page. An id that no check could have is no part of an address.
pub(super) fn anchor(check: &CheckResult) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("check-{}", check.id.chars().map(plain).collect::<String>())
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
        ("status", "Status", statuses.iter().map(|s| (s.id().to_owned(), words::status(*s).to_owned())).collect()),
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
                span .counts { (listing::counts(group)) }
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

fn row(row: &Row) -> Markup {
    let is_long = |s: &Statement| [&s.path, &s.observed, &s.expected, &s.place].iter().any(|text| text.len() > LONG);
    html! {
        li .long[row.statements.iter().any(is_long)] tabindex=[row.statements.iter().any(is_long).then_some("0")] {
            p .head {
                span class={ "status " (row.status.id()) } { (words::status(row.status)) }
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
