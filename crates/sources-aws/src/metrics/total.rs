//! Values of days, made into what they come to.

use indexmap::IndexMap;
use jiff::civil::Date;
use model::{Node, Value, Why};

use super::table::Statistic;
use crate::shape::items;

/// What the values of a metric come to.
#[derive(Debug, Default)]
pub(crate) struct Total {
    /// The days that have a value, a bit for each.
    days: u64,
    maximum: Option<f64>,
    minimum: Option<f64>,
    sum: Option<f64>,
    averages: f64,
    averaged: u32,
    pub(crate) unknown: Option<Why>,
}

impl Total {
    /// Of something that was not read.
    pub(crate) fn unread() -> Self {
        Self { unknown: Some(Why::NotRead), ..Self::default() }
    }

    /// Takes in what an answer says of one statistic; nothing comes of values that cannot be read.
    pub(crate) fn take(&mut self, statistic: Statistic, first: Date, result: &Node) -> Option<()> {
        let (days, values) = (items(result, "Timestamps"), items(result, "Values"));
        if days.len() != values.len() {
            return None;
        }
        for (day, value) in days.iter().zip(values) {
            let (Value::Text(day), Value::Text(value) | Value::Number(value)) = (&day.value, &value.value) else {
                return None;
            };
            let value: f64 = value.parse().ok().filter(|value: &f64| value.is_finite())?;
            let day: Date = day.get(..10)?.parse().ok()?;
            let number = first.until(day).ok()?.get_days();
            self.days |= 1_u64.checked_shl(u32::try_from(number).ok()?)?;
            match statistic {
                Statistic::Maximum => self.maximum = Some(self.maximum.map_or(value, |all| all.max(value))),
                Statistic::Minimum => self.minimum = Some(self.minimum.map_or(value, |all| all.min(value))),
                Statistic::Sum => self.sum = Some(self.sum.unwrap_or_default() + value),
                Statistic::Average => {
                    self.averages += value;
                    self.averaged += 1;
                }
            }
        }
        Some(())
    }

    /// Takes in what another series came to.
    pub(crate) fn add(&mut self, other: &Self) {
        let either = |one: Option<f64>, two: Option<f64>, both: fn(f64, f64) -> f64| match (one, two) {
            (Some(one), Some(two)) => Some(both(one, two)),
            (one, two) => one.or(two),
        };
        self.days |= other.days;
        self.maximum = either(self.maximum, other.maximum, f64::max);
        self.minimum = either(self.minimum, other.minimum, f64::min);
        self.sum = either(self.sum, other.sum, |one, two| one + two);
        self.averages += other.averages;
        self.averaged += other.averaged;
        if self.unknown.is_none() {
            self.unknown.clone_from(&other.unknown);
        }
    }

    pub(crate) fn node(self, statistics: &[Statistic], origin: model::Origin) -> Node {
        if let Some(why) = self.unknown {
            return Node::new(Value::Unknown(why), origin);
        }
        let number = |text: String| Node::new(Value::Number(text.into()), origin);
        let mut entries = IndexMap::new();
        for statistic in statistics {
            let value = match statistic {
                Statistic::Maximum => self.maximum,
                Statistic::Minimum => self.minimum,
                Statistic::Sum => self.sum,
                Statistic::Average => (self.averaged > 0).then(|| self.averages / f64::from(self.averaged)),
            };
            value.map(|value| entries.insert(statistic.name().to_owned(), number(value.to_string())));
        }
        entries.insert("Days".to_owned(), number(self.days.count_ones().to_string()));
        Node::new(Value::Map(entries), origin)
    }
}
