//! What to do when: failing checks over half a year, and the scores that would lead to.

use std::cmp::Reverse;

use findings::Effort;
use framework::{Pillar, Severity};

use crate::{Assessment, CheckResult, Tally, pillar};

/// When something is done. The days count from the assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Horizon {
    /// In the first 30 days.
    First,
    /// From day 30 to day 90.
    Second,
    /// From day 90 to day 180.
    Third,
}

impl Horizon {
    /// Every horizon, the nearest first.
    pub const ALL: [Horizon; 3] = [Horizon::First, Horizon::Second, Horizon::Third];

    /// The days from which and to which it reaches.
    pub fn days(self) -> (u32, u32) {
        match self {
            Horizon::First => (0, 30),
            Horizon::Second => (30, 90),
            Horizon::Third => (90, 180),
        }
    }

    /// When a failing check is mended: what matters more comes first, and of that what takes less.
    fn of(check: &CheckResult) -> Self {
        // A small change that needs an outage, money or tests has to be arranged first.
        let effort = if check.needs.is_empty() { check.effort } else { check.effort.max(Effort::Medium) };
        match (check.severity, effort) {
            (Severity::Critical, Effort::Small | Effort::Medium) | (Severity::High, Effort::Small) => Horizon::First,
            (Severity::Critical, Effort::Large)
            | (Severity::High, Effort::Medium)
            | (Severity::Medium, Effort::Small) => Horizon::Second,
            (Severity::High, Effort::Large)
            | (Severity::Medium, Effort::Medium | Effort::Large)
            | (Severity::Low, _) => Horizon::Third,
        }
    }
}

/// A failing check to mend.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// The check.
    pub check: &'a CheckResult,
    /// How many of its findings fail and are not in the baseline.
    pub failing: u32,
}

/// What is done within a horizon.
#[derive(Debug, Clone)]
pub struct Stage<'a> {
    /// When.
    pub horizon: Horizon,
    /// What, the worst first, then the least work, then the most resources.
    pub measures: Vec<Measure<'a>>,
    /// The score of each pillar once this stage and those before it are done and nothing else has changed, in the
    /// framework's order.
    pub scores: Vec<(Pillar, Option<u8>)>,
}

impl Assessment {
    /// The failing checks by the time at which to mend them, computed from severity, effort and needs.
    pub fn roadmap(&self) -> Vec<Stage<'_>> {
        let failing = self.failing();
        let measures = || self.checks.iter().zip(&failing).map(|(check, failing)| Measure { check, failing: *failing });
        let stage = |horizon| {
            let mut own: Vec<Measure<'_>> =
                measures().filter(|m| m.failing > 0 && Horizon::of(m.check) == horizon).collect();
            own.sort_by_key(|m| (Reverse(m.check.severity), m.check.effort, Reverse(m.failing), m.check.id.as_str()));
            let done = |measure: Measure<'_>| match Horizon::of(measure.check) <= horizon {
                true => mended(measure.check.tally, measure.failing),
                false => measure.check.tally,
            };
            let tallies = || measures().map(|measure| (measure.check, done(measure)));
            let scores = Pillar::ALL.into_iter().map(|pillar| (pillar, pillar::score(pillar, tallies())));
            Stage { horizon, measures: own, scores: scores.collect() }
        };
        Horizon::ALL.into_iter().map(stage).collect()
    }
}

/// A tally once failing findings pass.
fn mended(tally: Tally, failing: u32) -> Tally {
    let failing = failing.min(tally.failed);
    Tally { passed: tally.passed + failing, failed: tally.failed - failing, ..tally }
}

#[cfg(test)]
mod tests {
    use findings::{Need, Status};

    use super::*;
    use crate::comparison::tests::Draft;

    /// A failing check of each severity and effort.
    fn assessment() -> Assessment {
        let mut draft = Draft::default();
        draft.bucket("a", "a.yaml", "x").bucket("b", "a.yaml", "y");
        for severity in Severity::ALL {
            for effort in [Effort::Small, Effort::Medium, Effort::Large] {
                let id = format!("{}-{effort:?}", severity.id()).to_lowercase();
                draft.check(&id, severity, "SEC08-BP02").says(0, Status::Fail).says(1, Status::Pass);
                draft.last_check().effort = effort;
            }
        }
        draft.check("waived", Severity::Critical, "SEC08-BP02").says(0, Status::Waived).says(1, Status::Unknown);
        draft.done()
    }

    fn ids<'a>(stages: &[Stage<'a>]) -> Vec<Vec<&'a str>> {
        stages.iter().map(|stage| stage.measures.iter().map(|m| m.check.id.as_str()).collect()).collect()
    }

    #[test]
    fn what_matters_most_and_takes_least_comes_first() {
        let mut assessment = assessment();
        assert_eq!(
            ids(&assessment.roadmap()),
            [
                vec!["critical-small", "critical-medium", "high-small"],
                vec!["critical-large", "high-medium", "medium-small"],
                vec!["high-large", "medium-medium", "medium-large", "low-small", "low-medium", "low-large"],
            ]
        );
        for check in &mut assessment.checks {
            check.needs = vec![Need::Downtime];
        }
        let stages = assessment.roadmap();
        assert_eq!(ids(&stages)[0], ["critical-small", "critical-medium"]);
        assert!(ids(&stages)[1].contains(&"high-small") && ids(&stages)[2].contains(&"medium-small"));
    }

    #[test]
    fn scores_rise_to_a_hundred_where_everything_is_done() {
        let assessment = assessment();
        let now = assessment.pillars.iter().map(|result| result.score);
        let stages = assessment.roadmap();
        let after = |number: usize| stages[number].scores.iter().map(|(_, score)| *score);
        assert!(now.zip(after(0)).all(|(now, then)| now <= then));
        assert!(after(0).zip(after(1)).all(|(now, then)| now <= then));
        assert!(after(0).any(|score| score.is_some_and(|score| score < 100)));
        assert!(after(2).all(|score| score.is_none_or(|score| score == 100)));
    }

    #[test]
    fn what_the_baseline_has_is_not_planned_and_stays_as_it_is() {
        let mut assessment = assessment();
        for finding in &mut assessment.findings {
            finding.known = true;
        }
        let stages = assessment.roadmap();
        assert!(stages.iter().all(|stage| stage.measures.is_empty()));
        let scores: Vec<Option<u8>> = assessment.pillars.iter().map(|result| result.score).collect();
        assert_eq!(stages[2].scores.iter().map(|(_, score)| *score).collect::<Vec<_>>(), scores);
    }
}
