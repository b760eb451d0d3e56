//! A risk per question.

use framework::{Question, Risk};
use serde::{Deserialize, Serialize};

use crate::{PracticeResult, PracticeVerdict};

/// What the practices of a question come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionResult {
    /// The question's id: `SEC 8`.
    pub question: Question,
    /// The risk.
    pub risk: QuestionRisk,
    /// How many of its practices were assessed: met, at risk or unknown.
    pub assessed: u32,
    /// How many practices it has.
    pub practices: u32,
}

/// The risk of a question: the highest risk of a practice that is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionRisk {
    /// A practice with a high risk is not met.
    High,
    /// A practice with a medium risk is not met.
    Medium,
    /// A practice with a low risk is not met.
    Low,
    /// What was assessed of it is met.
    None,
    /// Nothing speaks against it, but something could not be known.
    Unknown,
    /// Nothing of it was assessed.
    NotAssessed,
}

pub(crate) fn results(practices: &[PracticeResult]) -> Vec<QuestionResult> {
    let mut results: Vec<QuestionResult> = Vec::new();
    let mut start = 0;
    while let Some(first) = practices.get(start) {
        let question = first.practice.question();
        let of_question: Vec<&PracticeResult> =
            practices.iter().skip(start).take_while(|p| p.practice.question() == question).collect();
        start += of_question.len();
        let has = |verdict| of_question.iter().any(|p| p.verdict == verdict);
        let at_risk =
            |risk| of_question.iter().any(|p| p.verdict == PracticeVerdict::AtRisk && p.practice.risk() == risk);
        let risk = if at_risk(Risk::High) {
            QuestionRisk::High
        } else if at_risk(Risk::Medium) {
            QuestionRisk::Medium
        } else if at_risk(Risk::Low) {
            QuestionRisk::Low
        } else if has(PracticeVerdict::Unknown) {
            QuestionRisk::Unknown
        } else if has(PracticeVerdict::Met) {
            QuestionRisk::None
        } else {
            QuestionRisk::NotAssessed
        };
        let assessed = of_question.iter().filter(|p| p.verdict != PracticeVerdict::NotAssessed).count() as u32;
        results.push(QuestionResult { question, risk, assessed, practices: of_question.len() as u32 });
    }
    results
}
