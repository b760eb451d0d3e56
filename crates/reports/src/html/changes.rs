//! The findings that changed, by what became of them.

use std::collections::BTreeSet;
use std::ops::Range;

use assessment::{ChangeKind, Comparison};
use maud::{Markup, html};

use super::findings::{Block, Entry, Label, Terms, check, filters};
use crate::comparison::{Group, groups, note, noun, title};
use crate::detail::anchor;
use crate::{Options, words};

/// How changes are called here: the kinds, in their order.
pub(super) const TERMS: Terms = Terms {
    noun: "change",
    labels: &[
        label(ChangeKind::New, "new"),
        label(ChangeKind::Reopened, "fails again"),
        label(ChangeKind::Unwaived, "no longer waived"),
        label(ChangeKind::Unknown, "no longer known"),
        label(ChangeKind::Known, "now known"),
        label(ChangeKind::Severity, "severity changed"),
        label(ChangeKind::Fixed, "fixed"),
        label(ChangeKind::Waived, "newly waived"),
        label(ChangeKind::Gone, "gone"),
    ],
};

const fn label(kind: ChangeKind, word: &'static str) -> Label {
    Label { id: kind.id(), word, noun: noun(kind) }
}

/// The listed changes by check, and which of these blocks are of which kind.
pub(super) fn blocks<'a>(
    comparison: &Comparison<'a>,
    options: &Options,
) -> (Vec<(ChangeKind, Range<usize>)>, Vec<Block<'a>>) {
    let (mut kinds, mut blocks) = (Vec::new(), Vec::new());
    for (label, kind) in ChangeKind::ALL.into_iter().enumerate() {
        let first = blocks.len();
        let groups = groups(comparison, options, kind);
        blocks.extend((first..).zip(&groups).map(|(number, group)| block(comparison, label, group, number)));
        if blocks.len() > first {
            kinds.push((kind, first..blocks.len()));
        }
    }
    (kinds, blocks)
}

fn block<'a>(comparison: &Comparison<'a>, label: usize, group: &Group<'_, 'a>, number: usize) -> Block<'a> {
    let entries = group.changes.iter().map(|change| Entry {
        assessment: comparison.holder(change),
        finding: comparison.finding(change),
        label,
        note: Some(note(comparison, change)),
    });
    let check = group.check;
    // A check may have changes of several kinds and severities.
    let anchor = format!("{}-{number}", anchor(check));
    Block { check, anchor, entries: entries.collect() }
}

pub(super) fn section(kinds: &[(ChangeKind, Range<usize>)], blocks: &[Block<'_>], accounts: bool) -> Markup {
    let number: usize = blocks.iter().map(|block| block.entries.len()).sum();
    let checks: BTreeSet<&str> = blocks.iter().map(|block| block.check.id.as_str()).collect();
    let labels = TERMS.labels.iter().zip(ChangeKind::ALL);
    let labels: Vec<&Label> =
        labels.filter(|(_, kind)| kinds.iter().any(|(other, _)| other == kind)).map(|(label, _)| label).collect();
    html! {
        section #changes aria-labelledby="changes-title" {
            h2 #changes-title { "Changes" }
            @if blocks.is_empty() {
                p .note { "No finding has changed." }
            } @else {
                (filters("Changes", ("Change", &labels), blocks))
                p #shown role="status" {
                    (words::count(number, TERMS.noun)) " in " (words::count(checks.len(), "check"))
                }
                p #none .note hidden { "No change is like that." }
                @for (kind, range) in kinds {
                    div .part {
                        h2 { (title(*kind)) }
                        @for block in blocks.get(range.clone()).unwrap_or_default() {
                            (check(block, &TERMS, accounts))
                        }
                    }
                }
            }
        }
    }
}
