//! The findings, by check.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};
use framework::Pillar;
use maud::{Markup, html};

use super::badge;
use super::prose::prose;
use crate::detail::{Row, Statement, anchor};
use crate::listing::Group;
use crate::safe::safe;
use crate::{Options, listing, rows, words};

/// How many findings of a check stand in the page itself; the script has the others.
pub(super) const STANDING: usize = 10;
/// Evidence beyond it scrolls.
const LONG: usize = 1000;

const STATUSES: [Status; 5] = [Status::Fail, Status::Unknown, Status::Waived, Status::Pass, Status::NotApplicable];

/// How findings are called here.
pub(super) const TERMS: Terms = Terms {
    noun: "finding",
    labels: &[
        of_status(Status::Fail),
        of_status(Status::Unknown),
        of_status(Status::Waived),
        of_status(Status::Pass),
        of_status(Status::NotApplicable),
    ],
};

const fn of_status(status: Status) -> Label {
    Label { id: status.id(), word: words::status(status), noun: words::status_of_many(status) }
}

/// What a list is of, and what its entries may be.
pub(super) struct Terms {
    pub(super) noun: &'static str,
    pub(super) labels: &'static [Label],
}

/// What became of an entry: its status, or how it changed.
pub(super) struct Label {
    pub(super) id: &'static str,
    /// On an entry.
    pub(super) word: &'static str,
    /// Behind a number.
    pub(super) noun: &'static str,
}

/// A finding in a list.
pub(super) struct Entry<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) finding: &'a Finding,
    /// The number of its label.
    pub(super) label: usize,
    /// What is said of it beside its evidence. Not yet harmless.
    pub(super) note: Option<String>,
}

impl Entry<'_> {
    /// What is shown of it; accounts are named where several were read.
    pub(super) fn row(&self, accounts: bool) -> Row {
        let mut row = Row::new(self.assessment, self.finding, accounts);
        row.notes.splice(..0, self.note.as_deref().map(|note| safe(note).into_owned()));
        row
    }
}

/// Entries of a check, in the order of their labels.
pub(super) struct Block<'a> {
    pub(super) check: &'a CheckResult,
    /// The name of its place in the page.
    pub(super) anchor: String,
    pub(super) entries: Vec<Entry<'a>>,
}

/// The listed findings by check, in it by status: first what fails, the worst before all.
pub(super) fn blocks<'a>(assessment: &'a Assessment, options: &Options) -> Vec<Block<'a>> {
    let entry = |finding: &'a Finding| {
        let label = STATUSES.iter().position(|status| *status == finding.status()).unwrap_or_default();
        Entry { assessment, finding, label, note: None }
    };
    let groups = listing::by_check(assessment, options).into_iter();
    groups
        .map(|Group { check, findings }| Block {
            check,
            anchor: anchor(check),
            entries: findings.into_iter().map(entry).collect(),
        })
        .collect()
}

pub(super) fn section(assessment: &Assessment, options: &Options, blocks: &[Block<'_>]) -> Markup {
    let number: usize = blocks.iter().map(|block| block.entries.len()).sum();
    let accounts = rows::accounts(assessment) > 1;
    let shown = TERMS.labels.iter().zip(STATUSES).filter(|(_, status)| options.show.contains(status));
    let shown: Vec<&Label> = shown.map(|(label, _)| label).collect();
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            @if blocks.is_empty() {
                p .note { "There is no finding to list." }
            } @else {
                (filters("Findings", ("Status", &shown), blocks))
                p #shown role="status" {
                    (words::count(number, TERMS.noun)) " in " (words::count(blocks.len(), "check"))
                }
                p #none .note hidden { "No finding is like that." }
                div #checks { @for block in blocks { (check(block, &TERMS, accounts)) } }
            }
        }
    }
}

/// Shown by the script, because nothing filters without it.
pub(super) fn filters(name: &str, (labelled, labels): (&str, &[&Label]), blocks: &[Block<'_>]) -> Markup {
    let all = || blocks.iter().flat_map(|block| &block.entries);
    let severities: BTreeSet<_> = all().map(|entry| Reverse(entry.finding.severity)).collect();
    let services: BTreeSet<&str> = blocks.iter().map(|block| block.check.service.as_str()).collect();
    let mut regions: BTreeSet<&str> = BTreeSet::new();
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for entry in all() {
        let resource = entry.assessment.inventory.resource(entry.finding.resource);
        regions.extend(resource.region.as_deref());
        kinds.insert(&resource.kind);
    }
    let owned = |name: &str| (safe(name).into_owned(), safe(name).into_owned());
    let choices = [
        ("severity", "Severity", severities.iter().map(|s| owned(s.0.id())).collect::<Vec<_>>()),
        ("status", labelled, labels.iter().map(|label| (label.id.to_owned(), label.word.to_owned())).collect()),
        ("pillar", "Pillar", Pillar::ALL.iter().map(|pillar| owned(pillar.name())).collect()),
        ("service", "Service", services.into_iter().map(owned).collect()),
        ("region", "Region", regions.into_iter().map(owned).collect()),
        ("kind", "Resource type", kinds.into_iter().map(owned).collect()),
    ];
    html! {
        form #filters role="search" aria-label=(name) hidden {
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

pub(super) fn check(block: &Block<'_>, terms: &Terms, accounts: bool) -> Markup {
    let Block { check, anchor, entries } = block;
    let more = entries.len().saturating_sub(STANDING);
    html! {
        details .check {
            summary {
                (badge(check.severity))
                h3 { (safe(&check.claim)) }
                span .counts { (counts(entries, terms)) }
            }
            div .body id=(anchor) {
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
                    @for entry in entries.iter().take(STANDING) { (row(entry, accounts, terms)) }
                } }
                @if more > 0 {
                    p .more { "and " (more) " more, which a browser that runs scripts lists" }
                }
            }
        }
    }
}

fn counts(entries: &[Entry<'_>], terms: &Terms) -> String {
    let noun = |same: &[Entry<'_>]| terms.labels.get(same.first()?.label).map(|label| label.noun);
    let by_label = entries.chunk_by(|a, b| a.label == b.label);
    let counts: Vec<String> = by_label.filter_map(|same| Some(format!("{} {}", same.len(), noun(same)?))).collect();
    counts.join(" · ")
}

fn row(entry: &Entry<'_>, accounts: bool, terms: &Terms) -> Markup {
    let row = entry.row(accounts);
    let is_long = |s: &Statement| [&s.path, &s.observed, &s.expected, &s.place].iter().any(|text| text.len() > LONG);
    html! {
        li .long[row.statements.iter().any(is_long)] tabindex=[row.statements.iter().any(is_long).then_some("0")] {
            p .head {
                @if let Some(label) = terms.labels.get(entry.label) {
                    span class={ "status " (label.id) } { (label.word) }
                }
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
