//! The pillars, one after the other: their questions, their practices, and what does not hold.

use assessment::{Assessment, QuestionResult};
use framework::Pillar;
use serde::Serialize;

use super::findings::{Check, Checks};
use super::summary::Score;
use crate::{Past, words};

/// What is said of a pillar.
#[derive(Serialize)]
pub(super) struct Section {
    score: Score,
    questions: Vec<Question>,
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Question {
    id: &'static str,
    text: &'static str,
    risk: &'static str,
    risk_found: &'static str,
    practices: Vec<Practice>,
    not_assessed: usize,
}

/// A practice that was assessed.
#[derive(Serialize)]
struct Practice {
    id: &'static str,
    title: &'static str,
    url: String,
    verdict: &'static str,
    said: &'static str,
    failed: u32,
    unknown: u32,
    passed: u32,
}

pub(super) fn sections(assessment: &Assessment, past: &[Past], checks: &Checks<'_>) -> Vec<Section> {
    let section = |result: &assessment::PillarResult| Section {
        score: Score::new(assessment, result, past),
        questions: questions(assessment, result.pillar),
        checks: checks.of(result.pillar),
    };
    assessment.pillars.iter().map(section).collect()
}

fn questions(assessment: &Assessment, pillar: Pillar) -> Vec<Question> {
    let of_pillar = assessment.questions.iter().filter(|result| result.question.pillar() == pillar);
    of_pillar.map(|result| question(assessment, result)).collect()
}

fn question(assessment: &Assessment, result: &QuestionResult) -> Question {
    let own = assessment.practices.iter().filter(|practice| practice.practice.question() == result.question);
    let practices: Vec<Practice> = own
        .filter(|practice| practice.verdict != assessment::PracticeVerdict::NotAssessed)
        .map(|result| Practice {
            id: result.practice.id(),
            title: result.practice.title(),
            url: result.practice.url(),
            verdict: result.verdict.id(),
            said: words::verdict(result.verdict),
            failed: result.tally.failed,
            unknown: result.tally.unknown,
            passed: result.tally.passed,
        })
        .collect();
    Question {
        id: result.question.id(),
        text: result.question.text(),
        risk: words::risk(result.risk),
        risk_found: words::risk_found(result.risk),
        not_assessed: (result.practices as usize).saturating_sub(practices.len()),
        practices,
    }
}
