//! The report as one page.
//!
//! All that is needed is in it, and its policy lets a browser load and run nothing else. It is read without its
//! script, too: the script filters, and lists the findings of checks that have too many to stand in the page. Those
//! are kept as JSON and become elements where they come into view, because tens of thousands of elements make every
//! keystroke slow.

mod changes;
mod comparison;
mod data;
mod findings;
mod opening;
mod policy;
mod practices;
mod prose;
mod risks;
mod savings;

use std::fmt;

use assessment::{Assessment, Comparison};
use framework::Severity;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::charts;
use crate::rows;
use crate::safe::safe;
use crate::{Options, ReportError};

/// What runs in the page.
const SCRIPT: &str = include_str!("html/page.js");
/// What it looks like, beside its charts.
const STYLE: &str = include_str!("html/page.css");

/// Writes the page of an assessment.
pub(crate) fn page(assessment: &Assessment, options: &Options) -> Result<String, ReportError> {
    let blocks = findings::blocks(assessment, options);
    let accounts = rows::accounts(assessment) > 1;
    let page = Page {
        kind: "Well-architected assessment",
        subject: rows::subject(assessment),
        lead: rows::read(assessment),
        assessment,
        sections: &sections(assessment),
        main: html! {
            (opening::coverage(assessment, options))
            (opening::scores(assessment, options))
            (risks::risks(assessment, options))
            (savings::section(assessment, &blocks))
            (practices::practices(assessment))
            (findings::section(assessment, options, &blocks))
        },
        reading: html! {
            "A score is the share of what was decided that passed, each check weighed by its severity and counted \
             once, whatever the number of its resources. What is unknown or waived does not move it; how much could \
             be decided stands below it. Practices that no check can see are not assessed, and nothing is said of \
             them."
        },
        data: data::data(&blocks, &findings::TERMS, accounts)?,
    };
    Ok(page.write())
}

/// Writes the page of what changed.
pub(crate) fn comparison(comparison: &Comparison<'_>, options: &Options) -> Result<String, ReportError> {
    comparison::page(comparison, options)
}

fn sections(assessment: &Assessment) -> Vec<(&'static str, &'static str)> {
    let mut sections = vec![("coverage", "Coverage"), ("scores", "Scores"), ("risks", "Risks")];
    if !assessment.savings().findings.is_empty() {
        sections.push(("savings", "Savings"));
    }
    sections.extend([("practices", "Practices"), ("findings", "Findings")]);
    sections
}

/// A page, apart from what all have.
struct Page<'a> {
    kind: &'static str,
    /// What it is about, harmless, as what follows.
    subject: String,
    lead: String,
    /// The one that it is of.
    assessment: &'a Assessment,
    /// The places it links to: their names in the page and for readers.
    sections: &'a [(&'static str, &'static str)],
    main: Markup,
    /// How to read it.
    reading: Markup,
    /// What the script knows.
    data: String,
}

impl Page<'_> {
    fn write(self) -> String {
        let style = format!("{STYLE}{}", charts::STYLE);
        let Self { kind, subject, lead, assessment, sections, main, reading, data } = self;
        let version = safe(&assessment.version);
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, SCRIPT));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content={ "Pilaster " (version) };
                    title { (kind) " of " (subject) ", " (assessment.today) }
                    style { (PreEscaped(style)) }
                }
                body {
                    a .skip href="#main" { "Skip to the report" }
                    header .top {
                        p .brand { (kind) }
                        h1 { (subject) }
                        p .lead { (lead) }
                        nav aria-label="Sections" {
                            ul {
                                @for (id, name) in sections {
                                    li { a href={ "#" (id) } { (name) } }
                                }
                            }
                        }
                    }
                    main #main tabindex="-1" { (main) }
                    footer .bottom {
                        h2 { "How to read this" }
                        p { (reading) }
                        p .dim {
                            "Pilaster " (version) ". The practices are those of the AWS Well-Architected Framework. \
                             All texts are those of its checks; no model wrote any of them."
                        }
                    }
                    script type="application/json" #data { (PreEscaped(data)) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string()
    }
}

/// A severity as a badge; the word says what the colour says.
fn badge(severity: Severity) -> Markup {
    html! { span class={ "badge " (severity.id()) } { (severity) } }
}

/// A column of a table: its name, and whether it holds numbers.
type Column = (&'static str, bool);

/// The names of columns.
fn head(columns: &[Column]) -> Markup {
    html! {
        thead { tr { @for (name, is_number) in columns { th scope="col" class=[is_number.then_some("number")] { (name) } } } }
    }
}

/// A cell that tells its column, too, where a table is read as a list for want of room.
fn cell((name, is_number): Column, content: impl fmt::Display) -> Markup {
    html! { td class=[is_number.then_some("number")] data-label=(name) { (content) } }
}

/// A chart as it stands.
fn chart(svg: String) -> Markup {
    PreEscaped(svg)
}
