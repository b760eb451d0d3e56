//! What is wrong, by how much it matters and what it takes to mend.

use assessment::Assessment;
use findings::Status;
use maud::{Markup, html};

use super::{Column, badge, cell, chart, head};
use crate::detail::anchor;
use crate::listing::{Group, first_steps, groups};
use crate::safe::safe;
use crate::{Options, figures, listing, words};

/// The checks to begin with.
const FIRST: usize = 10;

const TOP: [Column; 5] =
    [("Severity", false), ("What does not hold", false), ("Resources", true), ("Effort", false), ("Pillars", false)];

pub(super) fn risks(assessment: &Assessment, options: &Options) -> Markup {
    let failing = groups(assessment, options, Status::Fail);
    html! {
        section #risks aria-labelledby="risks-title" {
            h2 #risks-title { "Risks" }
            @if failing.is_empty() {
                p .note { "Nothing that is listed here fails." }
            } @else {
                div .charts {
                    figure {
                        figcaption { "Failures by severity" }
                        (chart(figures::by_severity(assessment)))
                        p { "Findings by status" }
                        (chart(figures::by_status(assessment)))
                    }
                    figure { figcaption { "Failing checks by impact and effort" } (chart(figures::by_effort(assessment))) }
                    figure { figcaption { "Failures by service" } (chart(figures::by_service(assessment))) }
                }
                @if let Some(svg) = figures::by_region(assessment) {
                    figure .wide {
                        figcaption { "Failures by service and region" }
                        div .scroll tabindex="0" role="group" aria-label="Failures by service and region" { (chart(svg)) }
                    }
                }
                (first(&failing))
            }
        }
    }
}

fn first(failing: &[Group<'_>]) -> Markup {
    html! {
        h3 { "Top risks" }
        div .scroll tabindex="0" role="group" aria-label="Top risks" {
            table .first {
                caption { "What to do first: the worst, and of those what takes least effort" }
                (head(&TOP))
                tbody { @for group in first_steps(failing, FIRST) {
                    @let check = group.check;
                    tr {
                        td { (badge(check.severity)) }
                        th scope="row" { a href={ "#" (anchor(check)) } { (safe(&check.claim)) } }
                        (cell(TOP[2], group.findings.len()))
                        (cell(TOP[3], words::cost_of_fix(check)))
                        (cell(TOP[4], listing::pillar_names(check)))
                    }
                } }
            }
        }
    }
}
