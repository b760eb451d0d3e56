//! What a check is told beside the resource: the date, and its thresholds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The default of a threshold, as a check declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A number.
    Number(i64),
    /// A list of words.
    Words(&'static [&'static str]),
}

/// The value of a threshold in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Threshold {
    /// A number.
    Number(i64),
    /// A list of words.
    Words(Vec<String>),
}

impl From<Limit> for Threshold {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Number(number) => Threshold::Number(number),
            Limit::Words(words) => Threshold::Words(words.iter().map(|word| (*word).to_owned()).collect()),
        }
    }
}

/// What one check is told in a run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The day of the run.
    pub today: Date,
    /// The check's thresholds, in the order it declares them.
    pub(crate) thresholds: Vec<(&'static str, Threshold)>,
}

impl Settings {
    /// The number of a threshold that the check declares; 0 for one it does not.
    pub fn number(&self, name: &str) -> i64 {
        match self.threshold(name) {
            Some(Threshold::Number(number)) => *number,
            _ => 0,
        }
    }

    /// The words of a threshold that the check declares; none for one it does not.
    pub fn words(&self, name: &str) -> &[String] {
        match self.threshold(name) {
            Some(Threshold::Words(words)) => words,
            _ => &[],
        }
    }

    fn threshold(&self, name: &str) -> Option<&Threshold> {
        let found = self.thresholds.iter().find(|(declared, _)| *declared == name).map(|(_, value)| value);
        debug_assert!(found.is_some(), "threshold {name} is not declared");
        found
    }
}
