//! Moments as AWS writes them, and how long ago they were.

use findings::Settings;
use jiff::Span;
use jiff::civil::{Date, date};
use model::{Fact, Text, Verdict, when};

/// The moment is at most `days` before the day of the run. Of what is no moment that is not known; where there is
/// none, it is not.
pub(crate) fn must_be_within(moment: &Fact<'_, Text<'_>>, days: i64, settings: &Settings) -> Verdict {
    let since = days_from(settings.today, days.saturating_neg());
    moment.must_surely(&format!("{since} or later"), |text| Some(day_of(text)? >= since))
}

/// The moment is at least `days` after the day of the run.
pub(crate) fn must_be_beyond(moment: &Fact<'_, Text<'_>>, days: i64, settings: &Settings) -> Verdict {
    let until = days_from(settings.today, days);
    moment.must_surely(&format!("{until} or later"), |text| Some(day_of(text)? >= until))
}

/// The moment is more than `days` before the day of the run.
pub(crate) fn must_be_past(moment: &Fact<'_, Text<'_>>, days: i64, settings: &Settings) -> Verdict {
    let since = days_from(settings.today, days.saturating_neg());
    moment.must_surely(&format!("before {since}"), |text| Some(day_of(text)? < since))
}

/// What was last used at `last`, and never where that is unset, was used in the last `days` days, or is not older
/// than that.
pub(crate) fn must_be_in_use(
    last: &Fact<'_, Text<'_>>,
    beginning: &Fact<'_, Text<'_>>,
    days: i64,
    settings: &Settings,
) -> Verdict {
    must_be_within(last, days, settings) | when(last.must_be_unset(), || must_be_within(beginning, days, settings))
}

/// Teams choose the days: there may be more of them than calendars have.
fn days_from(day: Date, days: i64) -> Date {
    let farthest = if days < 0 { Date::MIN } else { Date::MAX };
    Span::new().try_days(days).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(farthest)
}

/// The day of `2026-11-20T08:15:00Z`, or of seconds since 1970: services that speak JSON write them as a number.
fn day_of(text: &str) -> Option<Date> {
    if let Some(day) = text.get(..10).and_then(|day| day.parse().ok()) {
        return Some(day);
    }
    let seconds: f64 = text.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)?;
    let days = Span::new().try_days((seconds / 86_400.0) as i64).ok()?;
    date(1970, 1, 1).checked_add(days).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_way_that_services_write_them() {
        for text in
            ["2026-11-20", "2026-11-20T23:59:59Z", "2026-11-20T00:00:00.123+00:00", "1795219199.5", "1.7951328E9"]
        {
            assert_eq!(day_of(text), Some(date(2026, 11, 20)), "{text}");
        }
        for text in ["", "soon", "2026-13-40", "-5", "NaN", "inf", "1e300", "2026-11-2ü"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn no_number_of_days_is_too_many() {
        let day = date(2026, 11, 21);
        assert_eq!(days_from(day, -30), date(2026, 10, 22));
        assert_eq!(days_from(day, i64::MAX), Date::MAX);
        assert_eq!(days_from(day, i64::MIN), Date::MIN);
    }
}
