use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Kind, Unknown};

/// How much a finding matters; the greater is the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth doing when the resource is touched anyway.
    Low,
    /// Worth planning.
    Medium,
    /// Worth doing soon.
    High,
    /// Worth interrupting other work for.
    Critical,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: [Severity; 4] = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// The word in files and options, such as `high`.
    pub const fn id(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Severity {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.id().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| Unknown::new(Kind::Severity, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_rise_and_round_trip() {
        assert!(Severity::ALL.is_sorted());
        for severity in Severity::ALL {
            assert_eq!(severity.to_string().to_uppercase().parse(), Ok(severity));
        }
    }
}
