//! What a reader has to know before anything else: what was seen and what was not, and what it comes to.

use assessment::{Assessment, PillarResult, Tally};
use maud::{Markup, html};

use super::chart;
use crate::safe::safe;
use crate::words::count;
use crate::{Options, Past, figures, listing, rows};

/// Gaps beyond these are folded away.
const SHOWN: usize = 12;

pub(super) fn coverage(assessment: &Assessment, options: &Options) -> Markup {
    let tally = assessment.tally();
    let decided = tally.decided();
    let asked = decided + tally.unknown;
    let share = (asked > 0).then(|| format!("{}%", u64::from(decided) * 100 / u64::from(asked)));
    let gaps = &assessment.inventory.gaps;
    let figures = [
        (tally.failed, "failed", "fail"),
        (tally.unknown, "unknown", "unknown"),
        (tally.waived, "waived", "waived"),
        (tally.passed, "passed", "pass"),
        (tally.not_applicable, "did not apply", "not_applicable"),
    ];
    html! {
        section #coverage aria-labelledby="coverage-title" {
            h2 #coverage-title { "Coverage and gaps" }
            dl .figures {
                @for (number, name, class) in figures {
                    div class=(class) { dt { (name) } dd { (number) } }
                }
                @if let Some(share) = share {
                    div { dt { "could be decided" } dd { (share) } }
                }
            }
            @if assessment.resources() == 0 {
                p .note { "No resource was found, so nothing could be assessed." }
            }
            @if gaps.is_empty() {
                p { "Everything that was given could be read." }
            } @else {
                (not_assessed(assessment))
            }
            (scope(assessment))
            (also(assessment, options))
        }
    }
}

fn not_assessed(assessment: &Assessment) -> Markup {
    let all = rows::gaps(assessment);
    let (shown, folded) = all.split_at(all.len().min(SHOWN));
    let missing = rows::missing_actions(assessment);
    let number = assessment.inventory.gaps.len();
    html! {
        div .gaps {
            h3 { "Not assessed (" (number) ")" }
            p { "What stands here could not be read. It is not taken for absent: what depends on it is unknown." }
            (gap_table("What could not be read, and why", shown))
            @if !folded.is_empty() {
                details { summary { "and " (folded.len()) " more" } (gap_table("What else could not be read", folded)) }
            }
            @if !missing.is_empty() {
                p { "Allow: " @for (number, action) in missing.iter().enumerate() {
                    @if number > 0 { ", " } code { (safe(action)) }
                } }
            }
        }
    }
}

fn gap_table(caption: &str, gaps: &[rows::GapRow<'_>]) -> Markup {
    html! {
        div .scroll tabindex="0" role="group" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { "Where" } th scope="col" { "Why" } } }
                tbody { @for row in gaps {
                    tr { th scope="row" { code { (row.place(false)) } } td { (safe(&row.gap.reason)) } }
                } }
            }
        }
    }
}

fn scope(assessment: &Assessment) -> Markup {
    let target = &assessment.target;
    let names = |names: &[String]| {
        html! { @for (number, name) in names.iter().enumerate() { @if number > 0 { ", " } code { (safe(name)) } } }
    };
    html! {
        h3 { "Scope" }
        dl .facts {
            @if !target.paths.is_empty() { div { dt { "Paths" } dd { (names(&target.paths)) } } }
            @if let Some(account) = &target.account { div { dt { "Account" } dd { code { (safe(account)) } } } }
            @if let Some(region) = &target.region { div { dt { "Region" } dd { code { (safe(region)) } } } }
            @if !target.parameters.is_empty() {
                div { dt { "Parameters given" } dd { (names(&target.parameters)) } }
            }
            div { dt { "Read" } dd { (rows::sources(assessment).join(", ")) ", " (count(assessment.resources(), "resource")) } }
            div { dt { "Judged by" } dd { (count(assessment.checks.len(), "check")) } }
        }
    }
}

fn also(assessment: &Assessment, options: &Options) -> Markup {
    let inventory = &assessment.inventory;
    let problems = &assessment.waiver_problems;
    let below = listing::below(assessment, options);
    html! {
        @if !problems.is_empty() {
            div .gaps {
                h3 { "Waivers to mend (" (problems.len()) ")" }
                ul { @for problem in problems { li { code { (safe(&problem.place)) } ": " (safe(&problem.message)) } } }
            }
        }
        @if !inventory.suppressions.is_empty() {
            p .dim {
                (count(inventory.suppressions.len(), "suppression")) " of other tools seen: "
                @for (number, (tool, times)) in listing::suppressions(assessment).into_iter().enumerate() {
                    @if number > 0 { ", " } (safe(tool)) " " (times)
                } "."
            }
        }
        @if assessment.has_baseline {
            p .dim { (count(listing::known(assessment), "finding")) " in the baseline, counted and not listed." }
        }
        @if let (1.., Some(least)) = (below, options.min_severity) {
            p .dim { (count(below, "finding")) " below " (least) " not listed." }
        }
        @if !inventory.skipped.is_empty() {
            details {
                summary { (count(inventory.skipped.len(), "file")) " skipped" }
                ul { @for skipped in &inventory.skipped {
                    li { code { (safe(&skipped.file)) } ": " (safe(&skipped.reason)) }
                } }
            }
        }
    }
}

pub(super) fn scores(assessment: &Assessment, options: &Options) -> Markup {
    html! {
        section #scores aria-labelledby="scores-title" {
            h2 #scores-title { "Scores" }
            ul .pillars {
                @for pillar in &assessment.pillars { li { (card(assessment, pillar, &options.past)) } }
            }
            @let differing = rows::differing(&options.past);
            @if !differing.is_empty() {
                p .note { "Earlier assessments did not all see the same. " (differing.join("; ")) "." }
            }
        }
    }
}

fn card(assessment: &Assessment, result: &PillarResult, past: &[Past]) -> Markup {
    let Tally { passed, failed, unknown, waived, .. } = result.tally;
    let name = result.pillar.name();
    html! {
        h3 { (name) }
        (chart(figures::score(result)))
        @if let Some(trend) = figures::trend(assessment, result, past) { (chart(trend)) }
        dl {
            div { dt { "failed" } dd { (failed) } }
            div { dt { "unknown" } dd { (unknown) } }
            div { dt { "waived" } dd { (waived) } }
            div { dt { "passed" } dd { (passed) } }
        }
        p .dim { (result.at_risk) " of " (result.assessed) " assessed practices at risk, " (result.practices) " in all" }
    }
}
