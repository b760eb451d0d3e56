//! Words for what has none of its own.

use std::borrow::Cow;

use assessment::{CheckResult, PracticeVerdict, QuestionRisk};
use findings::{Effort, Finding, Need, Status};
use model::{Evidence, Resource};

use crate::safe::safe;

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

pub(crate) fn effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Small => "small",
        Effort::Medium => "medium",
        Effort::Large => "large",
    }
}

/// A status as what a claim does.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Fail => "fails",
        Status::Unknown => "unknown",
        Status::Waived => "waived",
        Status::Pass => "passes",
        Status::NotApplicable => "does not apply",
    }
}

/// A status behind a number.
pub(crate) fn status_of_many(status: Status) -> &'static str {
    match status {
        Status::Fail => "failed",
        Status::Unknown => "unknown",
        Status::Waived => "waived",
        Status::Pass => "passed",
        Status::NotApplicable => "did not apply",
    }
}

/// The risk of a question, for programs.
pub(crate) fn risk(risk: QuestionRisk) -> &'static str {
    match risk {
        QuestionRisk::High => "high",
        QuestionRisk::Medium => "medium",
        QuestionRisk::Low => "low",
        QuestionRisk::None => "none",
        QuestionRisk::Unknown => "unknown",
        QuestionRisk::NotAssessed => "not_assessed",
    }
}

/// The risk of a question, for people.
pub(crate) fn risk_found(risk: QuestionRisk) -> &'static str {
    match risk {
        QuestionRisk::High => "high risk",
        QuestionRisk::Medium => "medium risk",
        QuestionRisk::Low => "low risk",
        QuestionRisk::None => "no risk found",
        QuestionRisk::Unknown => "unknown",
        QuestionRisk::NotAssessed => "not assessed",
    }
}

/// The verdict on a practice.
pub(crate) fn verdict(verdict: PracticeVerdict) -> &'static str {
    match verdict {
        PracticeVerdict::Met => "met",
        PracticeVerdict::AtRisk => "at risk",
        PracticeVerdict::Unknown => "unknown",
        PracticeVerdict::NotAssessed => "not assessed",
    }
}

pub(crate) fn need(need: Need) -> &'static str {
    match need {
        Need::Downtime => "downtime",
        Need::Money => "money",
        Need::Testing => "testing",
    }
}

/// `small, needs downtime and money`.
pub(crate) fn cost_of_fix(check: &CheckResult) -> String {
    let needs: Vec<&str> = check.needs.iter().map(|n| need(*n)).collect();
    match needs.is_empty() {
        true => effort(check.effort).to_owned(),
        false => format!("{}, needs {}", effort(check.effort), list(&needs)),
    }
}

/// `BackupRetentionPeriod is 0, expected at least 7`, harmless.
pub(crate) fn statement(evidence: &Evidence) -> String {
    let Evidence { path, observed, expected, .. } = evidence;
    let text = match path.as_str() {
        "" => format!("{observed}; expected {expected}"),
        path => format!("{path} is {observed}; expected {expected}"),
    };
    safe(&text).into_owned()
}

/// `BackupRetentionPeriod is 0`, harmless: where what is expected stands nearby.
pub(crate) fn observation(evidence: &Evidence) -> String {
    match evidence.path.as_str() {
        "" => safe(&evidence.observed).into_owned(),
        path => safe(&format!("{path} is {}", evidence.observed)).into_owned(),
    }
}

/// What a finding says in one line, harmless.
pub(crate) fn statements(finding: &Finding) -> String {
    let all: Vec<String> = finding.evidence.iter().map(statement).collect();
    all.join(". ")
}

/// `AWS::S3::Bucket Logs`, harmless.
pub(crate) fn resource(resource: &Resource) -> String {
    format!("{} {}", safe(&resource.kind), safe(&resource.id))
}

/// Markdown without its line breaks, a paragraph or an item of a list at a time.
pub(crate) fn paragraphs(markdown: &str) -> Vec<Cow<'_, str>> {
    let mut result: Vec<Cow<'_, str>> = Vec::new();
    let mut open = false;
    for line in markdown.lines().map(str::trim) {
        let starts = line.starts_with("- ") || line.starts_with("* ") || line.starts_with('#');
        match result.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open && !starts => {
                let last = last.to_mut();
                last.push(' ');
                last.push_str(line);
            }
            _ => {
                result.push(Cow::Borrowed(line));
                open = true;
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_well() {
        assert_eq!(count(0, "file"), "0 files");
        assert_eq!(count(1, "file"), "1 file");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list(&["a"]), "a");
    }

    #[test]
    fn paragraphs_join_their_lines() {
        assert_eq!(paragraphs("One\ntwo.\n\nThree:\n- a\n  b\n- c\n"), ["One two.", "Three:", "- a b", "- c"]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
