//! What Amazon CloudWatch has measured.

use model::{At, Fact, Verdict, View, when};

/// What one metric came to over the days before the scan.
#[derive(Debug, View)]
pub(crate) struct Metric<'a> {
    pub(crate) at: At<'a>,
    pub(crate) maximum: Fact<'a, f64>,
    pub(crate) minimum: Fact<'a, f64>,
    pub(crate) average: Fact<'a, f64>,
    pub(crate) sum: Fact<'a, f64>,
    /// How many days had anything to measure.
    pub(crate) days: Fact<'a, i64>,
}

impl<'a> Metric<'a> {
    /// Judges what was measured on `days` days or more. The question does not arise where it was fewer:
    /// what is new, or was switched off, has not been seen at work for long enough.
    pub(crate) fn over(&self, days: i64, judge: impl FnOnce(&Self) -> Verdict) -> Verdict {
        when(self.days.must_be_at_least(days), || judge(self))
    }

    /// Judges the sum, of a metric of which CloudWatch gets nothing while there is nothing to count: no
    /// value means none.
    pub(crate) fn total(&self, judge: impl FnOnce(&Fact<'a, f64>) -> Verdict) -> Verdict {
        when(self.days.must_be_set(), || judge(&self.sum.clone().with_default(0.0)))
    }

    /// As [`Metric::total`], for the largest value.
    pub(crate) fn peak(&self, judge: impl FnOnce(&Fact<'a, f64>) -> Verdict) -> Verdict {
        when(self.days.must_be_set(), || judge(&self.maximum.clone().with_default(0.0)))
    }

    /// There was something to count.
    pub(crate) fn must_count_something(&self) -> Verdict {
        self.total(|sum| sum.must("more than 0", |sum| *sum > 0.0))
    }
}
