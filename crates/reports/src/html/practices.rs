//! The practices of each pillar, by question.

use assessment::{Assessment, PracticeResult, PracticeVerdict, QuestionResult, QuestionRisk};
use framework::Pillar;
use maud::{Markup, html};

use crate::words;

pub(super) fn practices(assessment: &Assessment) -> Markup {
    html! {
        section #practices aria-labelledby="practices-title" {
            h2 #practices-title { "Practices by pillar" }
            p .paper .dim { "Practices that were not assessed are counted here and listed on the screen." }
            @for pillar in &assessment.pillars {
                details .pillar {
                    summary {
                        h3 { (pillar.pillar.name()) }
                        span .counts {
                            (pillar.at_risk) " at risk · " (pillar.assessed) " assessed · " (pillar.practices) " in all"
                        }
                    }
                    (of_pillar(assessment, pillar.pillar))
                }
            }
        }
    }
}

fn of_pillar(assessment: &Assessment, pillar: Pillar) -> Markup {
    html! {
        @for question in assessment.questions.iter().filter(|result| result.question.pillar() == pillar) {
            (of_question(assessment, question))
        }
    }
}

fn of_question(assessment: &Assessment, result: &QuestionResult) -> Markup {
    let question = result.question;
    let caption = format!("{}: {}", question.id(), question.text());
    html! {
        div .scroll tabindex="0" role="group" aria-label=(caption) {
            table .practices {
                caption { (caption) " " (risk(result.risk)) }
                thead { tr {
                    th scope="col" { "Practice" }
                    th scope="col" { "Verdict" }
                    th scope="col" .number { "Failed" }
                    th scope="col" .number { "Unknown" }
                    th scope="col" .number { "Passed" }
                } }
                tbody { @for practice in assessment.practices.iter().filter(|p| p.practice.question() == question) {
                    (row(practice))
                } }
            }
        }
    }
}

fn row(result: &PracticeResult) -> Markup {
    let practice = result.practice;
    let assessed = result.verdict != PracticeVerdict::NotAssessed;
    let number = |number: u32| if assessed { number.to_string() } else { "–".to_owned() };
    html! {
        tr .(result.verdict.id()) {
            th scope="row" {
                a href=(practice.url()) rel="noreferrer noopener" { (practice.id()) } " " (practice.title())
            }
            td { span class={ "verdict " (result.verdict.id()) } { (words::verdict(result.verdict)) } }
            td .number { (number(result.tally.failed)) }
            td .number { (number(result.tally.unknown)) }
            td .number { (number(result.tally.passed)) }
        }
    }
}

fn risk(risk: QuestionRisk) -> Markup {
    let class = if risk == QuestionRisk::None { "met" } else { words::risk(risk) };
    html! { span class={ "badge " (class) } { (words::risk_found(risk)) } }
}
