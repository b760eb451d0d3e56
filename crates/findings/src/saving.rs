//! What ending a failure would save.

use model::ResourceId;
use pricing::Usd;
use serde::{Deserialize, Serialize};

/// What ending a failure would save a month, as far as facts and prices tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saving {
    /// The amount in whole cents, more than nothing.
    pub monthly: Usd,
    /// What it is computed from, so that a person can check it:
    /// `100 GiB of gp2 at 0.10 USD a month, less 100 GiB of gp3 at 0.08 USD a month`.
    pub basis: String,
    /// Whose figure it is.
    pub source: SavingSource,
    /// Other resources whose cost ends with it: the volumes of an instance that is terminated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ResourceId>,
}

/// Whose figure a saving is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavingSource {
    /// Computed from the list prices of us-east-1, whatever the region of the resource.
    ListPrice,
    /// AWS Compute Optimizer's, for the region of the resource.
    ComputeOptimizer,
}

impl SavingSource {
    /// Its name in reports.
    pub fn id(self) -> &'static str {
        match self {
            SavingSource::ListPrice => "list_price_us_east_1",
            SavingSource::ComputeOptimizer => "aws_compute_optimizer",
        }
    }
}

impl Saving {
    /// A saving of `monthly`; none where that is less than a cent.
    pub fn new(monthly: Usd, basis: String, source: SavingSource) -> Option<Self> {
        // Whole cents, so that what people add up is what reports add up.
        let monthly = monthly.rounded();
        (monthly > Usd::ZERO).then_some(Self { monthly, basis, source, also: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Finding;

    #[test]
    fn what_was_stored_before_there_were_savings_is_read() {
        let stored = r#"{"id":"1","check":0,"resource":0,"outcome":"fail","severity":"low","evidence":[]}"#;
        let mut finding: Finding = serde_json::from_str(stored).unwrap();
        assert_eq!(finding.saving, None);
        assert_eq!(serde_json::to_string(&finding).unwrap(), stored);
        finding.saving = Saving::new(Usd::from_cents(365), "address".to_owned(), SavingSource::ListPrice);
        let kept: Finding = serde_json::from_str(&serde_json::to_string(&finding).unwrap()).unwrap();
        assert_eq!(kept, finding);
    }

    #[test]
    fn nothing_and_less_is_no_saving() {
        let of = |text: &str| Saving::new(Usd::parse(text).unwrap(), String::new(), SavingSource::ListPrice);
        assert_eq!(of("0.0049"), None);
        assert_eq!(of("16.425").map(|saving| saving.monthly), Some(Usd::from_cents(1643)));
        let loss = Usd::ZERO - Usd::from_cents(100);
        assert_eq!(Saving::new(loss, String::new(), SavingSource::ComputeOptimizer), None);
    }
}
