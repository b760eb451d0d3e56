//! Verdicts and the evidence they stand on.

use std::ops::{BitAnd, BitOr};

use serde::{Deserialize, Serialize};

use crate::{At, Origin, ResourceId};

/// What a question came to.
///
/// [`Outcome::and`], [`Outcome::or`] and [`Outcome::not`] are Kleene's strong three-valued logic;
/// `NotApplicable` is neutral in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It cannot be known from what was read.
    Unknown,
    /// The question does not arise.
    NotApplicable,
}

impl Outcome {
    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        use Outcome::{Fail, NotApplicable, Pass, Unknown};
        match (self, other) {
            (NotApplicable, x) | (x, NotApplicable) => x,
            (Fail, _) | (_, Fail) => Fail,
            (Unknown, _) | (_, Unknown) => Unknown,
            (Pass, Pass) => Pass,
        }
    }

    /// At least one holds.
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The opposite holds.
    #[expect(clippy::should_implement_trait, reason = "reads like `and` and `or`")]
    pub fn not(self) -> Self {
        match self {
            Outcome::Pass => Outcome::Fail,
            Outcome::Fail => Outcome::Pass,
            other => other,
        }
    }
}

/// One fact a verdict stands on. It is built by the fact itself; checks write none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The resource the fact is of; a relation may bring in another than the one judged.
    pub resource: ResourceId,
    /// The property: `VersioningConfiguration.Status`.
    pub path: String,
    /// What was found: a value, `unset`, or the reason why it is not known.
    pub observed: String,
    /// What was wanted.
    pub expected: String,
    /// Where it stands: the property, or the nearest thing around it that was written.
    pub origin: Origin,
    /// The line may show a secret: excerpts mask it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
}

/// The answer to a question, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Verdict {
    /// What it came to.
    pub outcome: Outcome,
    /// What it stands on: of a combined verdict only the parts that decided it.
    pub evidence: Vec<Evidence>,
}

impl Verdict {
    /// A verdict on one piece of evidence.
    pub fn new(outcome: Outcome, evidence: Evidence) -> Self {
        Self { outcome, evidence: vec![evidence] }
    }

    /// The question does not arise.
    pub fn not_applicable() -> Self {
        Self { outcome: Outcome::NotApplicable, evidence: Vec::new() }
    }

    /// A failure of one entry among several that are searched: what the search as a whole lacked is
    /// evidence, not what each entry was instead.
    pub fn no() -> Self {
        Self { outcome: Outcome::Fail, evidence: Vec::new() }
    }

    /// Both hold. Evidence of every part that led to the outcome is kept.
    pub fn and(mut self, other: Self) -> Self {
        let outcome = self.outcome.and(other.outcome);
        if self.outcome != outcome {
            self.evidence.clear();
        }
        if other.outcome == outcome {
            self.evidence.extend(other.evidence);
        }
        self.outcome = outcome;
        self
    }

    /// At least one holds.
    pub fn or(mut self, other: Self) -> Self {
        let outcome = self.outcome.or(other.outcome);
        if self.outcome != outcome {
            self.evidence.clear();
        }
        if other.outcome == outcome {
            self.evidence.extend(other.evidence);
        }
        self.outcome = outcome;
        self
    }

    /// Where the question arises for nothing at `at`, a pass: there is nothing against it.
    pub fn or_clear(self, at: &At<'_>) -> Self {
        match self.outcome {
            Outcome::NotApplicable => {
                let (observed, expected) = ("none of the kind", "nothing to the contrary");
                at.verdict(Outcome::Pass, observed.to_owned(), expected.to_owned())
            }
            _ => self,
        }
    }

    /// The same, without showing the values it stands on: they may be secrets.
    pub fn concealed(mut self) -> Self {
        for evidence in &mut self.evidence {
            evidence.sensitive = true;
            evidence.observed = "a value that is not shown".to_owned();
        }
        self
    }

    /// At least one holds, where `other` is a way out few can take: that it is certainly closed is no
    /// evidence.
    pub fn or_perhaps(self, other: Self) -> Self {
        if other.outcome == Outcome::Fail { self } else { self.or(other) }
    }

    /// The same evidence, with a failure made unknown: for what rests on something uncertain.
    pub fn weakened(mut self) -> Self {
        if self.outcome == Outcome::Fail {
            self.outcome = Outcome::Unknown;
        }
        self
    }
}

impl BitAnd for Verdict {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOr for Verdict {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

/// All hold; not applicable when there are none.
pub fn all(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    verdicts.into_iter().fold(Verdict::not_applicable(), Verdict::and)
}

/// At least one holds; not applicable when there are none.
pub fn any(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    verdicts.into_iter().fold(Verdict::not_applicable(), Verdict::or)
}

/// Asks `then` only where `condition` holds.
///
/// Where the condition fails the question does not arise. Where the condition is unknown, a `then`
/// that holds anyway is a pass; otherwise the answer is unknown, on the evidence of the condition.
pub fn when(condition: Verdict, then: impl FnOnce() -> Verdict) -> Verdict {
    match condition.outcome {
        Outcome::Pass => then(),
        Outcome::Fail | Outcome::NotApplicable => Verdict::not_applicable(),
        Outcome::Unknown => match then() {
            verdict @ Verdict { outcome: Outcome::Pass | Outcome::NotApplicable, .. } => verdict,
            _ => condition,
        },
    }
}
