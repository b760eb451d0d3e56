//! Amounts of money.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

use serde::{Deserialize, Serialize};

/// The millionths of a dollar.
const MICROS: i64 = 1_000_000;
/// The millionths of a dollar in a cent.
const CENT: i64 = MICROS / 100;

/// US dollars, exact to the millionth: no price that is used here is finer, and sums of integers do not
/// drift. Amounts beyond nine million million stay there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(i64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents.saturating_mul(CENT))
    }

    /// So many times as much. None of what cannot be held.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// Reads `0.0816`. None of what is no such number, or finer than can be held.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 6 || !is_plain(whole) || !is_plain(fraction) {
            return None;
        }
        let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
        whole.parse::<i64>().ok()?.checked_mul(MICROS)?.checked_add(fraction).map(Self)
    }

    /// An amount that a service reports as a number of dollars. None of what is no amount.
    pub fn reported(dollars: f64) -> Option<Self> {
        let micros = (dollars * MICROS as f64).round();
        (micros.is_finite() && micros.abs() < i64::MAX as f64).then_some(Self(micros as i64))
    }

    /// The same to the nearest cent.
    pub fn rounded(self) -> Self {
        let (half, rest) = (CENT / 2, self.0.rem_euclid(CENT));
        let down = self.0.saturating_sub(rest);
        Self(if rest < half { down } else { down.saturating_add(CENT) })
    }

    /// In cents, rounded.
    pub fn cents(self) -> i64 {
        self.rounded().0 / CENT
    }

    /// As a number of dollars and cents for formats that have no other; of what a computer can hold, the nearest.
    pub fn dollars(self) -> f64 {
        self.cents() as f64 / 100.0
    }

    /// As price lists write it: two digits behind the point, and as many more as it has.
    pub fn exact(self) -> String {
        let digits = format!("{:06}", self.0.unsigned_abs() % MICROS.unsigned_abs());
        let (kept, rest) = digits.split_at(2);
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{kept}{}", self.0.unsigned_abs() / MICROS.unsigned_abs(), rest.trim_end_matches('0'))
    }
}

/// With cents and a comma between thousands: `1,234.50`.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.cents().unsigned_abs();
        let whole = (cents / 100).to_string();
        let mut text = String::from(if self.cents() < 0 { "-" } else { "" });
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&format!("{text}.{:02}", cents % 100))
    }
}

impl Add for Usd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Usd {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Usd {
    type Output = Self;

    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

/// Down to a millionth; by nothing, nothing is divided.
impl Div<i64> for Usd {
    type Output = Self;

    fn div(self, by: i64) -> Self {
        Self(self.0.checked_div(by).unwrap_or(self.0))
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written() {
        for (text, exact, shown) in [
            ("0.1", "0.10", "0.10"),
            ("0.0816", "0.0816", "0.08"),
            ("0.000111", "0.000111", "0.00"),
            ("3", "3.00", "3.00"),
            ("1234567.895", "1234567.895", "1,234,567.90"),
            ("999.994", "999.994", "999.99"),
        ] {
            let amount = Usd::parse(text).unwrap();
            assert_eq!((amount.exact().as_str(), amount.to_string().as_str()), (exact, shown), "{text}");
        }
        for text in ["", ".5", "-1", "1e3", "0.0000166667", "1,5", "99999999999999999999"] {
            assert_eq!(Usd::parse(text), None, "{text}");
        }
        assert_eq!((Usd::ZERO - Usd::from_cents(123_456)).to_string(), "-1,234.56");
    }

    #[test]
    fn sums_are_exact_and_end_somewhere() {
        let tenth = Usd::parse("0.1").unwrap();
        assert_eq!((0..1_000_000).map(|_| tenth).sum::<Usd>(), tenth * 1_000_000);
        assert_eq!(Usd::from_cents(i64::MAX) * i64::MAX, Usd(i64::MAX));
        assert_eq!((tenth.checked_mul(i64::MAX), tenth.checked_mul(3)), (None, Usd::parse("0.3")));
        assert_eq!(Usd::reported(12.345).map(Usd::cents), Some(1235));
        assert_eq!((Usd::reported(f64::NAN), Usd::reported(1e300)), (None, None));
    }
}
