//! A score and a coverage per pillar.

use framework::{Pillar, Severity};
use serde::{Deserialize, Serialize};

use crate::{CheckResult, PracticeResult, PracticeVerdict, Tally};

/// What the checks that bear on a pillar come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PillarResult {
    /// The pillar.
    pub pillar: Pillar,
    /// 0 to 100, rounded down, so that 100 means that nothing failed; nothing where nothing was decided.
    pub score: Option<u8>,
    /// The share of what was asked that could be decided, 0 to 100, rounded down; nothing where nothing
    /// was asked.
    pub decided: Option<u8>,
    /// The findings that bear on it, by status.
    pub tally: Tally,
    /// How many of its practices were assessed.
    pub assessed: u32,
    /// How many practices it has.
    pub practices: u32,
    /// How many of them are at risk.
    pub at_risk: u32,
}

/// How much a check weighs, by severity.
pub(crate) fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 10.0,
        Severity::High => 5.0,
        Severity::Medium => 2.0,
        Severity::Low => 1.0,
    }
}

/// What weighed shares come to.
#[derive(Default)]
struct Share {
    part: f64,
    whole: f64,
}

impl Share {
    fn add(&mut self, weight: f64, part: u32, whole: u32) {
        if whole > 0 {
            self.part += weight * f64::from(part) / f64::from(whole);
            self.whole += weight;
        }
    }

    /// 0 to 100, rounded down.
    fn percent(&self) -> Option<u8> {
        (self.whole > 0.0).then(|| (100.0 * self.part / self.whole + 1e-9).floor() as u8)
    }
}

fn bears_on(check: &CheckResult, pillar: Pillar) -> bool {
    check.practices.iter().any(|practice| practice.pillar() == pillar)
}

/// The score of a pillar when checks come to these tallies.
pub(crate) fn score<'a>(pillar: Pillar, tallies: impl Iterator<Item = (&'a CheckResult, Tally)>) -> Option<u8> {
    let mut passed = Share::default();
    for (check, tally) in tallies.filter(|(check, _)| bears_on(check, pillar)) {
        passed.add(weight(check.severity), tally.passed, tally.decided());
    }
    passed.percent()
}

pub(crate) fn results(checks: &[CheckResult], practices: &[PracticeResult]) -> Vec<PillarResult> {
    let result = |pillar| {
        let mut tally = Tally::default();
        let mut decided = Share::default();
        for check in checks.iter().filter(|check| bears_on(check, pillar)) {
            tally = tally.plus(check.tally);
            let sure = check.tally.decided();
            decided.add(weight(check.severity), sure, sure + check.tally.unknown);
        }
        let of_pillar = || practices.iter().filter(move |p| p.practice.pillar() == pillar);
        let count = |wanted: fn(PracticeVerdict) -> bool| of_pillar().filter(|p| wanted(p.verdict)).count() as u32;
        PillarResult {
            pillar,
            score: score(pillar, checks.iter().map(|check| (check, check.tally))),
            decided: decided.percent(),
            tally,
            assessed: count(|verdict| verdict != PracticeVerdict::NotAssessed),
            practices: of_pillar().count() as u32,
            at_risk: count(|verdict| verdict == PracticeVerdict::AtRisk),
        }
    };
    Pillar::ALL.into_iter().map(result).collect()
}

#[cfg(test)]
mod tests {
    use findings::{DecidedBy, Effort, Level};
    use framework::BestPractice;
    use proptest::prelude::*;

    use super::*;

    fn check(severity: Severity, practice: &str, tally: Tally) -> CheckResult {
        let practices: Vec<BestPractice> = vec![practice.parse().expect("a practice")];
        let level = Level::Fully;
        CheckResult {
            id: String::new(),
            service: String::new(),
            claim: String::new(),
            why: String::new(),
            fix: String::new(),
            severity,
            effort: Effort::Small,
            needs: Vec::new(),
            practices,
            fsbp: Vec::new(),
            cis: Vec::new(),
            decided_by: DecidedBy { live: level, cloudformation: level, plan: level, directory: level },
            saves: false,
            tally,
        }
    }

    fn security(checks: &[CheckResult]) -> PillarResult {
        results(checks, &[]).into_iter().find(|result| result.pillar == Pillar::Security).expect("security")
    }

    fn tally(passed: u32, failed: u32, unknown: u32) -> Tally {
        Tally { passed, failed, unknown, ..Tally::default() }
    }

    #[test]
    fn a_check_counts_once_whatever_the_number_of_its_resources() {
        let many = check(Severity::Low, "SEC08-BP02", tally(1000, 0, 0));
        let one = check(Severity::Critical, "SEC08-BP02", tally(0, 1, 0));
        // 1 * 100 % + 10 * 0 %, of 11.
        assert_eq!(security(&[many, one]).score, Some(9));
    }

    #[test]
    fn nothing_decided_is_no_score() {
        assert_eq!(security(&[]).score, None);
        let unknown = security(&[check(Severity::High, "SEC08-BP02", tally(0, 0, 3))]);
        assert_eq!((unknown.score, unknown.decided), (None, Some(0)));
    }

    fn severity() -> impl Strategy<Value = Severity> {
        prop::sample::select(Severity::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn a_hundred_says_that_nothing_failed(
            parts in prop::collection::vec((severity(), 0u32..2000, 0u32..3, 0u32..50), 0..8)
        ) {
            let checks: Vec<CheckResult> =
                parts.iter().map(|(severity, p, f, u)| check(*severity, "SEC08-BP02", tally(*p, *f, *u))).collect();
            let result = security(&checks);
            let failed: u32 = parts.iter().map(|(_, _, failed, _)| failed).sum();
            let decided: u32 = parts.iter().map(|(_, p, f, _)| p + f).sum();
            prop_assert_eq!(result.score.is_some(), decided > 0);
            if decided > 0 {
                prop_assert_eq!(result.score == Some(100), failed == 0);
            }
        }

        #[test]
        fn unknown_and_waived_never_move_the_score(
            severity in severity(), passed in 0u32..50, failed in 0u32..50, unknown in 0u32..50, waived in 0u32..50
        ) {
            let bare = security(&[check(severity, "SEC08-BP02", tally(passed, failed, 0))]);
            let more = Tally { waived, ..tally(passed, failed, unknown) };
            let more = security(&[check(severity, "SEC08-BP02", more)]);
            prop_assert_eq!(bare.score, more.score);
            if unknown > 0 {
                prop_assert!(more.decided < Some(100));
            }
        }
    }
}
