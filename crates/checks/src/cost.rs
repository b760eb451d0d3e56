//! What things cost a month by the list prices of AWS, and what is saved without them.
//!
//! A cost is told where everything that decides it is known, and not otherwise: here, unlike in a verdict,
//! unset and unknown come to the same.

use findings::{Saving, SavingSource};
use model::{Fact, Outcome, Scalar, State, Verdict};
use pricing::{HOURS_PER_MONTH, Usd};

/// A cost a month, and how it comes about.
#[derive(Debug)]
pub(crate) struct Cost {
    monthly: Usd,
    words: String,
}

impl Cost {
    /// So many of something that is charged by the hour, for all hours of a month: `2 db.m5.large at 0.171 USD an hour`.
    /// None of what is more than can be held: nobody pays that.
    pub(crate) fn hourly(count: i64, what: &str, price: Usd) -> Option<Self> {
        let number = if count == 1 { String::new() } else { format!("{count} ") };
        let words = format!("{number}{what} at {} USD an hour", price.exact());
        Some(Self { monthly: price.checked_mul(count)?.checked_mul(HOURS_PER_MONTH)?, words })
    }

    /// So much of something that is charged by the month: `100 GiB of gp2 at 0.10 USD a month`.
    /// None of what is more than can be held.
    pub(crate) fn monthly(amount: i64, what: &str, price: Usd) -> Option<Self> {
        let words = format!("{amount} {what} at {} USD a month", price.exact());
        Some(Self { monthly: price.checked_mul(amount)?, words })
    }

    /// Both together.
    pub(crate) fn and(self, other: Option<Self>) -> Self {
        match other {
            Some(other) => {
                Self { monthly: self.monthly + other.monthly, words: format!("{} and {}", self.words, other.words) }
            }
            None => self,
        }
    }

    /// What is saved where all of it ends.
    pub(crate) fn saved(self) -> Option<Saving> {
        Saving::new(self.monthly, self.words, SavingSource::ListPrice)
    }

    /// What is saved where `instead` takes its place.
    pub(crate) fn less(self, instead: Self) -> Option<Saving> {
        let words = format!("{}, less {}", self.words, instead.words);
        Saving::new(self.monthly - instead.monthly, words, SavingSource::ListPrice)
    }
}

/// A value, where it is known.
pub(crate) fn known<'a, T: Scalar<'a>>(fact: &Fact<'a, T>) -> Option<T> {
    match fact.state() {
        State::Set(value) => Some(value),
        State::Unset | State::Unknown(_) => None,
    }
}

/// Goes on where something certainly holds.
pub(crate) fn given(verdict: Verdict) -> Option<()> {
    (verdict.outcome == Outcome::Pass).then_some(())
}

/// A number, where AWS would take so many.
pub(crate) fn within(number: i64, least: i64, most: i64) -> Option<i64> {
    (least..=most).contains(&number).then_some(number)
}
