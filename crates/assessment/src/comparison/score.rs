//! What moved the scores.

use std::collections::HashMap;

use findings::Status;
use framework::{Pillar, Severity};

use crate::pillar::weight;
use crate::{Assessment, CheckResult};

use super::Cause;

/// The score of a pillar before and after, and what moved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PillarChange {
    /// The pillar.
    pub pillar: Pillar,
    /// The score before in tenths of a point, rounded down; nothing where nothing was decided.
    pub before: Option<i32>,
    /// The score after, likewise.
    pub after: Option<i32>,
    /// What moved it, in the order of [`Mover::ALL`], without what did not. Where both scores are known,
    /// these add up to their difference exactly; otherwise there are none.
    pub steps: Vec<Step>,
}

impl PillarChange {
    /// By how much it rose, in tenths.
    pub fn change(&self) -> Option<i32> {
        Some(self.after? - self.before?)
    }
}

/// A step from one score to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What moved it.
    pub mover: Mover,
    /// How far, in tenths of a point.
    pub tenths: i32,
}

/// What moves a score. Steps are taken in this order, each from where the one before it led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mover {
    /// What failed and holds, or no longer applies.
    Fixed,
    /// What held and fails.
    Failed,
    /// What held and no longer applies, or the other way round.
    Applies,
    /// What was waived, or is no longer.
    Waived,
    /// What became unknown, or known.
    Known,
    /// Resources that appeared.
    Appeared,
    /// Resources that went.
    Gone,
    /// Checks that only one of the two has, or that weigh otherwise or bear on other pillars.
    Checks,
}

impl Mover {
    /// Every one, in order.
    pub const ALL: [Mover; 8] = [
        Mover::Fixed,
        Mover::Failed,
        Mover::Applies,
        Mover::Waived,
        Mover::Known,
        Mover::Appeared,
        Mover::Gone,
        Mover::Checks,
    ];

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Mover::Fixed => "fixed",
            Mover::Failed => "failed",
            Mover::Applies => "applies",
            Mover::Waived => "waived",
            Mover::Known => "known",
            Mover::Appeared => "appeared",
            Mover::Gone => "gone",
            Mover::Checks => "checks",
        }
    }
}

/// How many passed and failed.
#[derive(Debug, Clone, Copy, Default)]
struct Decided {
    passed: i64,
    failed: i64,
}

impl Decided {
    fn of(status: Status) -> Self {
        Self { passed: i64::from(status == Status::Pass), failed: i64::from(status == Status::Fail) }
    }

    fn add(&mut self, other: Self, times: i64) {
        self.passed += other.passed * times;
        self.failed += other.failed * times;
    }
}

/// A check as both assessments have it.
struct Line<'a> {
    before: Option<&'a CheckResult>,
    after: Option<&'a CheckResult>,
    /// What each mover adds to passed and failed.
    moves: [Decided; Mover::ALL.len()],
}

/// What moves the tallies of checks.
pub(super) struct Moves<'a> {
    /// Those of the later assessment, then those that only the earlier one has.
    lines: Vec<Line<'a>>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Moves<'a> {
    pub(super) fn new(before: &'a Assessment, after: &'a Assessment) -> Self {
        let mut moves = Self { lines: Vec::new(), numbers: HashMap::new() };
        for check in &after.checks {
            moves.numbers.insert(&check.id, moves.lines.len());
            moves.lines.push(Line { before: None, after: Some(check), moves: Default::default() });
        }
        for check in &before.checks {
            match moves.numbers.get(check.id.as_str()).and_then(|number| moves.lines.get_mut(*number)) {
                Some(line) => line.before = Some(check),
                None => moves.lines.push(Line { before: Some(check), after: None, moves: Default::default() }),
            }
        }
        moves
    }

    /// The verdict of a check of the later assessment on a resource that both have.
    pub(super) fn verdict(&mut self, check: u32, before: Status, after: Status) {
        use Status::{Fail, Unknown, Waived};
        let mover = match (before, after) {
            (before, after) if before == after => return,
            (Waived, _) | (_, Waived) => Mover::Waived,
            (Unknown, _) | (_, Unknown) => Mover::Known,
            (Fail, _) => Mover::Fixed,
            (_, Fail) => Mover::Failed,
            _ => Mover::Applies,
        };
        if let Some(line) = self.lines.get_mut(check as usize) {
            line.moves[mover as usize].add(Decided::of(before), -1);
            line.moves[mover as usize].add(Decided::of(after), 1);
        }
    }

    /// A finding that only the later assessment has.
    pub(super) fn appeared(&mut self, check: u32, status: Status, cause: Cause) {
        // The rest is said by what becomes of the check.
        if let (Cause::Resource | Cause::Gap, Some(line)) = (cause, self.lines.get_mut(check as usize)) {
            line.moves[Mover::Appeared as usize].add(Decided::of(status), 1);
        }
    }

    /// A finding that only the earlier assessment has.
    pub(super) fn gone(&mut self, check: &CheckResult, status: Status, cause: Cause) {
        let line = self.numbers.get(check.id.as_str()).and_then(|number| self.lines.get_mut(*number));
        if let (Cause::Resource | Cause::Gap, Some(line)) = (cause, line) {
            line.moves[Mover::Gone as usize].add(Decided::of(status), -1);
        }
    }

    /// Scores and steps: from the earlier tallies, mover by mover, to the later ones.
    pub(super) fn pillars(&self) -> Vec<PillarChange> {
        Pillar::ALL.into_iter().map(|pillar| self.pillar(pillar)).collect()
    }

    fn pillar(&self, pillar: Pillar) -> PillarChange {
        let old: Vec<(&Line<'_>, &CheckResult)> =
            self.lines.iter().filter_map(|line| Some((line, line.before?))).filter(|(_, c)| bears(c, pillar)).collect();
        let mut tallies: Vec<(Severity, Decided)> = old.iter().map(|(_, check)| of_check(check)).collect();
        let before = score(&tallies);
        let new = self.lines.iter().filter_map(|line| line.after).filter(|check| bears(check, pillar));
        let after = score(&new.map(of_check).collect::<Vec<_>>());
        let mut steps = Vec::new();
        if let (Some(mut last), Some(end)) = (before, after) {
            for mover in Mover::ALL {
                // Of a check that only one has nothing is moved before the end.
                for ((line, _), (_, tally)) in
                    old.iter().zip(&mut tallies).filter(|((line, _), _)| line.after.is_some())
                {
                    tally.add(line.moves[mover as usize], 1);
                }
                // Where nothing is decided for a while, the score waits for what is.
                let next = if mover == Mover::Checks { end } else { score(&tallies).unwrap_or(last) };
                if next != last {
                    steps.push(Step { mover, tenths: next - last });
                }
                last = next;
            }
        }
        PillarChange { pillar, before, after, steps }
    }
}

fn bears(check: &CheckResult, pillar: Pillar) -> bool {
    check.practices.iter().any(|practice| practice.pillar() == pillar)
}

fn of_check(check: &CheckResult) -> (Severity, Decided) {
    let decided = Decided { passed: i64::from(check.tally.passed), failed: i64::from(check.tally.failed) };
    (check.severity, decided)
}

/// The formula of `docs/scoring.md` in tenths of a point. Rounded down once more it is the score that an
/// assessment shows.
fn score(checks: &[(Severity, Decided)]) -> Option<i32> {
    let (mut passed, mut decided) = (0.0, 0.0);
    for (severity, tally) in checks.iter().filter(|(_, tally)| tally.passed + tally.failed > 0) {
        let weight = weight(*severity);
        passed += weight * tally.passed as f64 / (tally.passed + tally.failed) as f64;
        decided += weight;
    }
    (decided > 0.0).then(|| (1000.0 * passed / decided + 1e-8).floor() as i32)
}
