//! Days, as services write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::{Fact, Text, Verdict, when};

/// The day of a moment: in ISO 8601, or in seconds since 1970, as services that answer in JSON write it.
pub(crate) fn day(text: &str) -> Option<Date> {
    if let Some(date) = text.get(..10).and_then(|date| date.parse::<Date>().ok()) {
        return Some(date);
    }
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.is_finite())?;
    Some(Timestamp::from_second(seconds as i64).ok()?.to_zoned(TimeZone::UTC).date())
}

/// How many days a moment is before a day; below zero where it is after it.
pub(crate) fn days_since(text: &str, today: Date) -> Option<i64> {
    day(text)?.until(today).ok().map(|span| i64::from(span.get_days()))
}

/// The moment is one of the last `days` days.
pub(crate) fn must_be_within(moment: &Fact<'_, Text<'_>>, days: i64, today: Date) -> Verdict {
    let expected = format!("within the last {days} days");
    moment.must_surely(&expected, |text| days_since(text, today).map(|since| since <= days))
}

/// What last happened at `last`, and never where that is unset, did so in the last `days` days; or the
/// thing is not older than that.
pub(crate) fn must_be_in_use(
    last: &Fact<'_, Text<'_>>,
    beginning: &Fact<'_, Text<'_>>,
    days: i64,
    today: Date,
) -> Verdict {
    must_be_within(last, days, today) | when(last.must_be_unset(), || must_be_within(beginning, days, today))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn moments_in_both_ways_of_writing_them() {
        let today = date(2026, 11, 1);
        assert_eq!(days_since("2026-10-30T23:59:59+00:00", today), Some(2));
        assert_eq!(days_since("2025-11-01", today), Some(365));
        assert_eq!(days_since("1793318400.25", today), Some(2));
        assert_eq!(days_since("1.7933184E9", today), Some(2));
        assert_eq!(days_since("2026-11-02T00:00:00Z", today), Some(-1));
        for text in ["", "N/A", "NaN", "1e300", "2026-13-01T00:00:00Z", "ä2026-01-01"] {
            assert_eq!(days_since(text, today), None, "{text}");
        }
    }
}
