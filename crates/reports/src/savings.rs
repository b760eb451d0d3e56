//! What may be saved, as reports say it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use assessment::Savings;
use findings::{Finding, Saving, SavingSource};
use pricing::Usd;

use crate::safe::safe;
use crate::words::count;

/// `1,234.50 USD a month on 3 resources, at list prices of us-east-1`, and what it does not hold; nothing where there is
/// nothing to save.
pub(crate) fn total(savings: &Savings<'_>) -> Option<String> {
    if savings.findings.is_empty() {
        return None;
    }
    let monthly = savings.monthly;
    let mut text = format!("{monthly} USD a month on {}, {}", count(savings.resources, "resource"), prices(savings));
    if savings.findings.iter().any(|of| !of.counts) {
        text.push_str("; of several failures on one resource only the largest counts");
    }
    if savings.undetermined > 0 {
        text.push_str(&format!("; {} without a figure", count(savings.undetermined, "more failure")));
    }
    Some(text)
}

/// Whose figures they are.
pub(crate) fn prices(savings: &Savings<'_>) -> String {
    let has = |source| savings.findings.iter().any(|of| of.counts && of.saving.source == source);
    let listed = format!("at list prices of {}", pricing::REGION);
    match (has(SavingSource::ListPrice), has(SavingSource::ComputeOptimizer)) {
        (true, true) => format!("{listed} and by estimates of AWS Compute Optimizer"),
        (false, true) => "by estimates of AWS Compute Optimizer".to_owned(),
        (_, false) => listed,
    }
}

/// What a saving is computed from, harmless: `NAT gateway at 0.045 USD an hour (list prices of us-east-1)`.
pub(crate) fn basis(saving: &Saving) -> String {
    let basis = safe(&saving.basis);
    match saving.source {
        SavingSource::ListPrice => format!("{basis} (list prices of {})", pricing::REGION),
        SavingSource::ComputeOptimizer => basis.into_owned(),
    }
}

/// `Saves 32.85 USD a month: NAT gateway at 0.045 USD an hour (list prices of us-east-1)`, harmless.
pub(crate) fn of_finding(finding: &Finding) -> Option<String> {
    let saving = finding.saving.as_ref()?;
    Some(format!("Saves {} USD a month: {}", saving.monthly, basis(saving)))
}

/// What may be saved by service, the most first.
pub(crate) fn by_service<'a>(savings: &Savings<'a>) -> Vec<(&'a str, Usd)> {
    let mut services: BTreeMap<&str, Usd> = BTreeMap::new();
    for of in &savings.by_check {
        let monthly = services.entry(&of.check.service).or_default();
        *monthly = *monthly + of.monthly;
    }
    let mut services: Vec<_> = services.into_iter().collect();
    services.sort_by_key(|(_, monthly)| Reverse(*monthly));
    services
}

/// `65.70 USD a month on 2 of 3 resources`: what ending these failures of one check would save. Nothing where none has a
/// figure.
pub(crate) fn of_group(findings: &[&Finding]) -> Option<String> {
    let savings: Vec<Usd> = findings.iter().filter_map(|finding| Some(finding.saving.as_ref()?.monthly)).collect();
    let (number, all) = (savings.len(), findings.len());
    let of = if number < all { format!("{number} of ") } else { String::new() };
    let sum: Usd = savings.into_iter().sum();
    (number > 0).then(|| format!("{sum} USD a month on {of}{}", count(all, "resource")))
}
