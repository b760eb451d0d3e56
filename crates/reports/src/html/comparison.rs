//! What changed between two assessments, as a page.

use assessment::{Assessment, ChangeKind, Comparison, Difference, PillarChange};
use maud::{Markup, html};
use model::ResourceId;

use super::changes::{self, TERMS};
use super::{Column, Page, chart, data, head};
use crate::charts;
use crate::comparison::{self, below, moved, noun, numbers, only, score, signed, waterfall};
use crate::safe::safe;
use crate::words::{self, count};
use crate::{Options, ReportError, rows};

const SECTIONS: [(&str, &str); 4] =
    [("scope", "Scope"), ("scores", "Scores"), ("changes", "Changes"), ("resources", "Resources")];

/// Resources beyond these are counted: the page is to be read, and JSON has all.
const NAMED: usize = 500;

pub(super) fn page(comparison: &Comparison<'_>, options: &Options) -> Result<String, ReportError> {
    let (before, after) = (comparison.before, comparison.after);
    let (kinds, blocks) = changes::blocks(comparison, options);
    let accounts = rows::accounts(before).max(rows::accounts(after)) > 1;
    let page = Page {
        kind: "Well-architected comparison",
        subject: rows::subject(after),
        lead: format!("{} → {} · {} failing as before", before.today, after.today, comparison.still_failing),
        assessment: after,
        sections: &SECTIONS,
        main: html! {
            (scope(comparison, options))
            (scores(comparison))
            (changes::section(&kinds, &blocks, accounts))
            (resources(comparison))
        },
        reading: html! {
            "A finding is a check on a resource, found again wherever the resource has moved. What is gone was not \
             fixed: its resource is no longer there, or no longer judged. Scores are shown to a tenth of a point; the \
             steps between two of them are taken one after the other, each from where the one before it led, and add \
             up exactly."
        },
        data: data::data(&blocks, &TERMS, accounts)?,
    };
    Ok(page.write())
}

fn scope(comparison: &Comparison<'_>, options: &Options) -> Markup {
    let below = below(comparison, options);
    html! {
        section #scope aria-labelledby="scope-title" {
            h2 #scope-title { "What was compared" }
            @if comparison.differences.is_empty() {
                p { "Both are of the same scope." }
            } @else {
                div .gaps {
                    h3 { "Not of the same scope (" (comparison.differences.len()) ")" }
                    p { "Some of what follows may come of that." }
                    dl .differences { @for one in &comparison.differences { (difference(one)) } }
                }
            }
            dl .figures {
                @for (kind, number) in numbers(comparison) {
                    div class=(tone(kind)) { dt { (noun(kind)) } dd { (number) } }
                }
            }
            (sides(comparison.before, comparison.after))
            @if let (1.., Some(least)) = (below, options.min_severity) {
                p .dim { (count(below, "change")) " below " (least) " not listed." }
            }
        }
    }
}

fn difference(difference: &Difference) -> Markup {
    html! {
        div {
            dt { (comparison::subject(difference.scope)) }
            @for (label, entries, left) in only(difference, false) {
                dd {
                    (label) " "
                    @for (number, entry) in entries.iter().enumerate() {
                        @if number > 0 { ", " } code { (safe(entry)) }
                    }
                    @if left > 0 { " and " (left) " more" }
                }
            }
        }
    }
}

fn tone(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New | ChangeKind::Reopened | ChangeKind::Unwaived => "fail",
        ChangeKind::Unknown => "unknown",
        ChangeKind::Fixed => "pass",
        ChangeKind::Waived => "waived",
        ChangeKind::Known | ChangeKind::Severity | ChangeKind::Gone => "not_applicable",
    }
}

fn sides(before: &Assessment, after: &Assessment) -> Markup {
    let names = |names: &[String]| words::list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let of = |one: &Assessment| {
        let tally = one.tally();
        [
            ("Day", one.today.to_string()),
            ("Pilaster", one.version.clone()),
            ("Paths", names(&one.target.paths)),
            ("Account", one.target.account.clone().unwrap_or_default()),
            ("Region", one.target.region.clone().unwrap_or_default()),
            ("Parameters given", names(&one.target.parameters)),
            ("Read", rows::sources(one).join(", ")),
            ("Resources", one.resources().to_string()),
            ("Checks", one.checks.len().to_string()),
            ("Not assessed", count(one.inventory.gaps.len(), "gap")),
            ("Failed", tally.failed.to_string()),
            ("Unknown", tally.unknown.to_string()),
            ("Waived", tally.waived.to_string()),
        ]
    };
    let both = of(before).into_iter().zip(of(after));
    html! {
        table .sides {
            caption { "The two assessments" }
            (head(&[("", false), ("Before", false), ("After", false)]))
            tbody { @for ((label, was), (_, is)) in both {
                @if !(was.is_empty() && is.is_empty()) {
                    tr { th scope="row" { (label) } td { (safe(&was)) } td { (safe(&is)) } }
                }
            } }
        }
    }
}

fn scores(comparison: &Comparison<'_>) -> Markup {
    let moved = comparison.pillars.iter().filter_map(|pillar| Some((pillar, waterfall(pillar)?)));
    html! {
        section #scores aria-labelledby="scores-title" {
            h2 #scores-title { "Scores" }
            table .moves {
                caption { "Scores of 0 to 100 before and after" }
                (head(&[("Pillar", false), ("Before", true), ("After", true), ("Change", true)]))
                tbody { @for pillar in &comparison.pillars { (row(pillar)) } }
            }
            div .charts {
                @for (pillar, moved) in moved {
                    figure { figcaption { (pillar.pillar.name()) } (chart(charts::waterfall(&moved))) }
                }
            }
        }
    }
}

fn row(pillar: &PillarChange) -> Markup {
    let change = match pillar.change() {
        Some(change @ 1..) => format!("▲ {}", signed(change)),
        Some(change @ ..=-1) => format!("▼ {}", signed(change)),
        Some(_) => "=".to_owned(),
        None => "–".to_owned(),
    };
    let class = match pillar.change() {
        Some(1..) => "number rose",
        Some(..=-1) => "number fell",
        _ => "number",
    };
    let is_one_sided = pillar.before.is_some() != pillar.after.is_some();
    html! {
        tr {
            th scope="row" {
                (pillar.pillar.name())
                @if is_one_sided { span .dim { " " (moved(pillar)) } }
            }
            td .number { (score(pillar.before, "–")) }
            td .number { (score(pillar.after, "–")) }
            td class=(class) { (change) }
        }
    }
}

fn resources(comparison: &Comparison<'_>) -> Markup {
    let (before, after) = (comparison.before, comparison.after);
    html! {
        section #resources aria-labelledby="resources-title" {
            h2 #resources-title { "Resources" }
            @if comparison::resources(comparison).is_none() {
                p { "The same resources are in both." }
            }
            (listed("Appeared", after, &comparison.appeared))
            (listed("Gone", before, &comparison.gone))
            (renamed(comparison))
        }
    }
}

fn listed(title: &str, assessment: &Assessment, ids: &[ResourceId]) -> Markup {
    let inventory = &assessment.inventory;
    let shown = ids.iter().take(NAMED).map(|id| inventory.resource(*id));
    let rows = shown.map(|resource| {
        let place = inventory.place(resource.origin);
        html! { tr {
            th scope="row" { (safe(&resource.id)) }
            td { (safe(&resource.kind)) }
            td { (safe(&place)) }
        } }
    });
    folded(title, ids.len(), ["Resource", "Type", "Where"].map(text), rows)
}

fn renamed(comparison: &Comparison<'_>) -> Markup {
    let rows = comparison.moved.iter().take(NAMED).map(|(old, new)| {
        let (was, is) = (comparison.before.inventory.resource(*old), comparison.after.inventory.resource(*new));
        html! { tr {
            th scope="row" { (safe(&is.id)) }
            td { (safe(&is.kind)) }
            td { (safe(&was.id)) }
        } }
    });
    folded("Renamed or moved", comparison.moved.len(), ["Resource", "Type", "Was called"].map(text), rows)
}

fn text(name: &'static str) -> Column {
    (name, false)
}

fn folded(title: &str, number: usize, columns: [Column; 3], rows: impl Iterator<Item = Markup>) -> Markup {
    if number == 0 {
        return html! {};
    }
    html! {
        details .pillar {
            summary { h3 { (title) } span .counts { (count(number, "resource")) } }
            div .scroll tabindex="0" role="group" aria-label=(title) {
                table .resources {
                    caption { (title) }
                    (head(&columns))
                    tbody { @for row in rows { (row) } }
                }
                @if number > NAMED { p .more { "and " (number - NAMED) " more, which the JSON of the comparison has" } }
            }
        }
    }
}
