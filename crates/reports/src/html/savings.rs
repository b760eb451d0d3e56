//! What ending failures would save.

use std::collections::HashSet;

use assessment::{Assessment, SavingOfFinding, Savings};
use maud::{Markup, html};

use super::findings::Block;
use super::{Column, cell, chart, head};
use crate::detail::anchor;
use crate::safe::safe;
use crate::{figures, listing, savings, words};

/// The resources that are named.
const FIRST: usize = 10;

const BY_CHECK: [Column; 5] = [
    ("What does not hold", false),
    ("Resources", true),
    ("USD a month", true),
    ("USD a year", true),
    ("Effort", false),
];
const LARGEST: [Column; 4] = [("Resource", false), ("Where", false), ("USD a month", true), ("Computed from", false)];

/// Nothing where there is nothing to save.
pub(super) fn section(assessment: &Assessment, blocks: &[Block<'_>]) -> Markup {
    let savings = assessment.savings();
    if savings.findings.is_empty() {
        return html! {};
    }
    html! {
        section #savings aria-labelledby="savings-title" {
            h2 #savings-title { "Savings" }
            dl .figures.amounts {
                div { dt { "USD a month" } dd { (savings.monthly) } }
                div { dt { "USD a year" } dd { (savings.monthly * 12) } }
                div { dt { (if savings.resources == 1 { "resource" } else { "resources" }) } dd { (savings.resources) } }
                div { dt { "more without a figure" } dd { (savings.undetermined) } }
            }
            p .dim {
                "What ending failures would save, " (savings::prices(&savings)) ". Of failures on one resource the one that \
                 would save most counts; what is waived or in the baseline does not. Discounts and what a change costs \
                 are not in it."
            }
            div .charts {
                figure { figcaption { "USD a month by service" } (chart(figures::savings_by_service(&savings))) }
                figure { figcaption { "USD a month by effort" } (chart(figures::savings_by_effort(&savings))) }
            }
            (by_check(&savings, blocks))
            (first(assessment, &savings))
        }
    }
}

fn by_check(savings: &Savings<'_>, blocks: &[Block<'_>]) -> Markup {
    // What is not listed has no place in the page.
    let listed: HashSet<&str> = blocks.iter().map(|block| block.check.id.as_str()).collect();
    html! {
        div .scroll tabindex="0" role="group" aria-label="Savings by check" {
            table .first {
                caption { "By check, the largest first" }
                (head(&BY_CHECK))
                tbody { @for of in &savings.by_check {
                    tr {
                        th scope="row" {
                            @if listed.contains(of.check.id.as_str()) {
                                a href={ "#" (anchor(of.check)) } { (safe(&of.check.claim)) }
                            } @else {
                                (safe(&of.check.claim))
                            }
                        }
                        (cell(BY_CHECK[1], of.findings))
                        (cell(BY_CHECK[2], of.monthly))
                        (cell(BY_CHECK[3], of.monthly * 12))
                        (cell(BY_CHECK[4], words::cost_of_fix(of.check)))
                    }
                } }
            }
        }
    }
}

fn first(assessment: &Assessment, savings: &Savings<'_>) -> Markup {
    let counted: Vec<&SavingOfFinding<'_>> = savings.findings.iter().filter(|of| of.counts).collect();
    html! {
        div .scroll tabindex="0" role="group" aria-label="The largest savings" {
            table .first {
                caption {
                    @if counted.len() > FIRST { "The " (FIRST) " largest of " (counted.len()) } @else { "The largest" }
                }
                (head(&LARGEST))
                tbody { @for of in counted.iter().take(FIRST) {
                    @let resource = assessment.inventory.resource(of.finding.resource);
                    tr {
                        th scope="row" { b { (safe(&resource.id)) } " " span .kind { (safe(&resource.kind)) } }
                        (cell(LARGEST[1], safe(&place(assessment, of))))
                        (cell(LARGEST[2], of.saving.monthly))
                        (cell(LARGEST[3], savings::basis(of.saving)))
                    }
                } }
            }
        }
    }
}

/// Account and region, as far as they are known, and the line of code.
fn place(assessment: &Assessment, of: &SavingOfFinding<'_>) -> String {
    let resource = assessment.inventory.resource(of.finding.resource);
    let line = listing::line_of_code(assessment, of.finding);
    let place = [listing::account(assessment, resource), listing::region(assessment, resource), line.as_deref()];
    place.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
