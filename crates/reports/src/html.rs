//! The report as one page.
//!
//! All that is needed is in it, and its policy lets a browser load and run nothing else. It is read without its
//! script, too: the script filters, and lists the findings of checks that have too many to stand in the page. Those
//! are kept as JSON and become elements where they come into view, because tens of thousands of elements make every
//! keystroke slow.

mod data;
mod findings;
mod opening;
mod policy;
mod practices;
mod prose;
mod risks;
mod savings;

use assessment::Assessment;
use framework::Severity;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::charts;
use crate::safe::safe;
use crate::{Options, ReportError};
use crate::{listing, rows};

/// What runs in the page.
const SCRIPT: &str = include_str!("html/page.js");
/// What it looks like, beside its charts.
const STYLE: &str = include_str!("html/page.css");

/// Writes the page.
pub(crate) fn page(assessment: &Assessment, options: &Options) -> Result<String, ReportError> {
    let style = format!("{STYLE}{}", charts::STYLE);
    let groups = listing::by_check(assessment, options);
    let data = data::data(assessment, &groups)?;
    let title = format!("Well-architected assessment of {}", rows::subject(assessment));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "Pilaster " (safe(&assessment.version)) };
                title { (title) ", " (assessment.today) }
                style { (PreEscaped(style)) }
            }
            body {
                a .skip href="#main" { "Skip to the report" }
                header .top {
                    p .brand { "Well-architected assessment" }
                    h1 { (rows::subject(assessment)) }
                    p .lead { (rows::read(assessment)) }
                    nav aria-label="Sections" {
                        ul {
                            @for (id, name) in sections(assessment) {
                                li { a href={ "#" (id) } { (name) } }
                            }
                        }
                    }
                }
                main #main tabindex="-1" {
                    (opening::coverage(assessment, options))
                    (opening::scores(assessment, options))
                    (risks::risks(assessment, options))
                    (savings::section(assessment, &groups))
                    (practices::practices(assessment))
                    (findings::section(assessment, options, &groups))
                }
                (footer(assessment))
                script type="application/json" #data { (PreEscaped(data)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(page.into_string())
}

fn sections(assessment: &Assessment) -> Vec<(&'static str, &'static str)> {
    let mut sections = vec![("coverage", "Coverage"), ("scores", "Scores"), ("risks", "Risks")];
    if !assessment.savings().findings.is_empty() {
        sections.push(("savings", "Savings"));
    }
    sections.extend([("practices", "Practices"), ("findings", "Findings")]);
    sections
}

fn footer(assessment: &Assessment) -> Markup {
    html! {
        footer .bottom {
            h2 { "How to read this" }
            p {
                "A score is the share of what was decided that passed, each check weighed by its severity and counted \
                 once, whatever the number of its resources. What is unknown or waived does not move it; how much could \
                 be decided stands below it. Practices that no check can see are not assessed, and nothing is said of \
                 them."
            }
            p .dim {
                "Pilaster " (safe(&assessment.version)) ". The practices are those of the AWS Well-Architected Framework. \
                 All texts are those of its checks; no model wrote any of them."
            }
        }
    }
}

/// A severity as a badge; the word says what the colour says.
fn badge(severity: Severity) -> Markup {
    html! { span class={ "badge " (severity.id()) } { (severity) } }
}

/// A chart as it stands.
fn chart(svg: String) -> Markup {
    PreEscaped(svg)
}
