//! The findings by check, as far as there is paper for them.

use assessment::{Assessment, CheckResult};
use findings::Status;
use framework::Pillar;
use serde::Serialize;

use super::breaks::{printed, printed_name};
use crate::detail::{Row, Statement, anchor};
use crate::listing::Group;
use crate::prose::{Block, blocks};
use crate::{listing, rows, words};

/// So many findings are listed; of more, each check lists its share.
const LISTED: usize = 2_500;

/// A finding of so many bytes takes less than a third of a page.
const SHORT: usize = 1_200;

/// What is said of the findings of a check.
#[derive(Serialize)]
pub(super) struct Check {
    id: String,
    anchor: String,
    claim: String,
    severity: &'static str,
    effort: String,
    /// Ids and addresses.
    practices: Vec<(&'static str, String)>,
    controls: Vec<String>,
    counts: String,
    why: Vec<Block>,
    fix: Vec<Block>,
    rows: Vec<Entry>,
    more: usize,
}

#[derive(Serialize)]
struct Entry {
    status: &'static str,
    said: &'static str,
    kind: String,
    name: String,
    places: Vec<String>,
    evidence: Vec<Evidence>,
    notes: Vec<String>,
    /// Whether it fits any page, and stays in one piece.
    is_short: bool,
}

#[derive(Serialize)]
struct Evidence {
    path: String,
    observed: String,
    expected: String,
    place: String,
}

/// The listed findings of every check.
pub(super) struct Checks<'a> {
    assessment: &'a Assessment,
    groups: &'a [Group<'a>],
    /// How many of a check are listed.
    most: usize,
    accounts: bool,
}

impl<'a> Checks<'a> {
    pub(super) fn new(assessment: &'a Assessment, groups: &'a [Group<'a>]) -> Self {
        let lengths: Vec<usize> = groups.iter().map(|group| group.findings.len()).collect();
        Self { assessment, groups, most: share(lengths, LISTED), accounts: rows::accounts(assessment) > 1 }
    }

    /// Those whose main practice is of a pillar.
    pub(super) fn of(&self, pillar: Pillar) -> Vec<Check> {
        let own = self.groups.iter().filter(|group| listing::pillars(group.check).first() == Some(&pillar));
        own.map(|group| self.check(group)).collect()
    }

    fn check(&self, group: &Group<'_>) -> Check {
        let check = group.check;
        let shown = group.findings.iter().take(self.most);
        Check {
            id: printed(&check.id),
            anchor: anchor(check),
            claim: printed(&check.claim),
            severity: check.severity.id(),
            effort: words::cost_of_fix(check),
            practices: check.practices.iter().map(|practice| (practice.id(), practice.url())).collect(),
            controls: controls(check),
            counts: listing::counts(group),
            why: blocks(&check.why),
            fix: blocks(&check.fix),
            rows: shown
                .map(|finding| entry(finding.status(), Row::new(self.assessment, finding, self.accounts)))
                .collect(),
            more: group.findings.len().saturating_sub(self.most),
        }
    }
}

/// How many of each may be shown, so that all together are no more than there is room for.
pub(super) fn share(mut lengths: Vec<usize>, room: usize) -> usize {
    lengths.sort_unstable();
    let mut left = room;
    for (number, length) in lengths.iter().enumerate() {
        let each = left / (lengths.len() - number);
        if *length > each {
            return each.max(1);
        }
        left -= length;
    }
    usize::MAX
}

fn controls(check: &CheckResult) -> Vec<String> {
    let named = |name: &str, ids: &[String]| (!ids.is_empty()).then(|| printed(&format!("{name} {}", ids.join(", "))));
    [named("Security Hub", &check.fsbp), named("CIS", &check.cis)].into_iter().flatten().collect()
}

fn entry(status: Status, row: Row) -> Entry {
    let text = |text: &str| printed(text);
    let evidence = |statement: &Statement| Evidence {
        path: text(&statement.path),
        observed: text(&statement.observed),
        expected: text(&statement.expected),
        place: printed_name(&statement.place),
    };
    let said = row.statements.iter().flat_map(|s| [&s.path, &s.observed, &s.expected, &s.place]);
    let length: usize = said.chain(&row.notes).chain(&row.places).chain([&row.name]).map(String::len).sum();
    Entry {
        is_short: length < SHORT,
        status: status.id(),
        said: words::status(status),
        kind: printed_name(&row.kind),
        name: printed_name(&row.name),
        places: row.places.iter().map(|place| printed_name(place)).collect(),
        evidence: row.statements.iter().map(evidence).collect(),
        notes: row.notes.iter().map(|note| text(note)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_fits_and_what_fits_is_shown() {
        assert_eq!(share(vec![], 10), usize::MAX);
        assert_eq!(share(vec![5, 5], 10), usize::MAX);
        assert_eq!(share(vec![1, 20], 10), 9);
        assert_eq!(share(vec![30, 2, 30], 10), 4);
        assert_eq!(share(vec![3; 100], 10), 1);
    }
}
