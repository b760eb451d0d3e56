//! What ending failures would save in all, without counting anything twice.
//!
//! The rules are those of `docs/savings.md`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use findings::{Finding, Saving, Status};
use model::ResourceId;
use pricing::Usd;

use crate::{Assessment, CheckResult};

/// What an assessment says of possible savings.
#[derive(Debug)]
pub struct Savings<'a> {
    /// What may be saved a month in all.
    pub monthly: Usd,
    /// How many resources that is on.
    pub resources: usize,
    /// What it is made of by check, the largest first.
    pub by_check: Vec<SavingOfCheck<'a>>,
    /// Every failure with a figure, counted or not, the largest first.
    pub findings: Vec<SavingOfFinding<'a>>,
    /// How many failures have no figure though their checks tell what others would save.
    pub undetermined: usize,
}

/// What the counted failures of one check come to.
#[derive(Debug)]
pub struct SavingOfCheck<'a> {
    /// The check.
    pub check: &'a CheckResult,
    /// What they would save a month.
    pub monthly: Usd,
    /// How many they are.
    pub findings: usize,
}

/// A failure and what ending it would save.
#[derive(Debug)]
pub struct SavingOfFinding<'a> {
    /// The failure.
    pub finding: &'a Finding,
    /// Its figure.
    pub saving: &'a Saving,
    /// Whether it is part of the total. Where several failures would save on one resource, the largest is.
    pub counts: bool,
}

impl Assessment {
    /// What ending its failures would save. What is waived is kept on purpose, and what the baseline has is known: neither
    /// is part of it.
    pub fn savings(&self) -> Savings<'_> {
        Savings::of(&self.checks, &self.findings)
    }
}

impl<'a> Savings<'a> {
    /// The ids of the findings that are part of the total.
    pub fn counted(&self) -> HashSet<&'a str> {
        self.findings.iter().filter(|of| of.counts).map(|of| of.finding.id.as_str()).collect()
    }

    fn of(checks: &'a [CheckResult], findings: &'a [Finding]) -> Self {
        let failures = || findings.iter().filter(|finding| finding.status() == Status::Fail && finding.is_new());
        let mut found: Vec<SavingOfFinding<'a>> = failures()
            .filter_map(|finding| Some(SavingOfFinding { finding, saving: finding.saving.as_ref()?, counts: false }))
            .collect();
        // The order of findings decides among equals.
        found.sort_by_key(|of| Reverse(of.saving.monthly));
        let mut taken: HashSet<ResourceId> = HashSet::new();
        let mut by_check: BTreeMap<u32, (Usd, usize)> = BTreeMap::new();
        for of in &mut found {
            let touched = || std::iter::once(of.finding.resource).chain(of.saving.also.iter().copied());
            of.counts = touched().all(|resource| !taken.contains(&resource));
            if of.counts {
                taken.extend(touched());
                let (monthly, number) = by_check.entry(of.finding.check).or_default();
                (*monthly, *number) = (*monthly + of.saving.monthly, *number + 1);
            }
        }
        let of_check = |(check, (monthly, findings)): (u32, _)| {
            Some(SavingOfCheck { check: checks.get(check as usize)?, monthly, findings })
        };
        let mut by_check: Vec<SavingOfCheck<'a>> = by_check.into_iter().filter_map(of_check).collect();
        by_check.sort_by_key(|of| Reverse(of.monthly));
        let lacks_a_figure =
            |f: &&Finding| f.saving.is_none() && checks.get(f.check as usize).is_some_and(|check| check.saves);
        Self {
            monthly: by_check.iter().map(|of| of.monthly).sum(),
            resources: found.iter().filter(|of| of.counts).count(),
            by_check,
            findings: found,
            undetermined: failures().filter(lacks_a_figure).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use findings::{DecidedBy, Effort, Level, SavingSource};
    use framework::Severity;
    use model::Outcome;
    use proptest::prelude::*;

    use super::*;
    use crate::Tally;

    fn check(id: &str, saves: bool) -> CheckResult {
        let level = Level::Fully;
        CheckResult {
            id: id.to_owned(),
            service: String::new(),
            claim: String::new(),
            why: String::new(),
            fix: String::new(),
            severity: Severity::Low,
            effort: Effort::Small,
            needs: Vec::new(),
            practices: Vec::new(),
            fsbp: Vec::new(),
            cis: Vec::new(),
            decided_by: DecidedBy { live: level, cloudformation: level, plan: level, directory: level },
            saves,
            tally: Tally::default(),
        }
    }

    /// A failure of a check on a resource that would save so many cents, on others, too.
    fn failure(check: u32, resource: u32, cents: i64, also: &[u32]) -> Finding {
        let saving = Saving::new(Usd::from_cents(cents), String::new(), SavingSource::ListPrice);
        Finding {
            id: format!("{check}/{resource}"),
            check,
            resource: ResourceId(resource),
            outcome: Outcome::Fail,
            severity: Severity::Low,
            evidence: Vec::new(),
            waiver: None,
            known: false,
            saving: saving.map(|saving| Saving { also: also.iter().copied().map(ResourceId).collect(), ..saving }),
        }
    }

    fn checks() -> [CheckResult; 3] {
        [check("idle", true), check("oversized", true), check("untagged", false)]
    }

    #[test]
    fn a_resource_is_counted_once() {
        let findings = [
            failure(0, 1, 3000, &[]),
            failure(0, 2, 500, &[]),
            failure(1, 1, 1000, &[]),
            failure(1, 2, 600, &[]),
            failure(1, 3, 100, &[]),
        ];
        let checks = checks();
        let savings = Savings::of(&checks, &findings);
        assert_eq!((savings.monthly, savings.resources), (Usd::from_cents(3700), 3));
        let by_check: Vec<_> = savings.by_check.iter().map(|of| (of.check.id.as_str(), of.findings)).collect();
        assert_eq!(by_check, [("idle", 1), ("oversized", 2)]);
        let order: Vec<_> = savings.findings.iter().map(|of| (of.finding.id.as_str(), of.counts)).collect();
        assert_eq!(savings.counted().len(), savings.resources);
        assert_eq!(order, [("0/1", true), ("1/1", false), ("1/2", true), ("0/2", false), ("1/3", true)]);
    }

    #[test]
    fn what_goes_with_another_resource_is_counted_with_it() {
        let findings = [failure(0, 1, 3000, &[2, 3]), failure(1, 2, 200, &[]), failure(1, 4, 100, &[3])];
        let checks = checks();
        assert_eq!(Savings::of(&checks, &findings).monthly, Usd::from_cents(3000));
    }

    #[test]
    fn what_is_accepted_or_known_is_no_saving() {
        let mut findings = [failure(0, 1, 3000, &[]), failure(0, 2, 500, &[]), failure(0, 3, 0, &[])];
        findings[0].waiver = Some(0);
        findings[1].known = true;
        let checks = checks();
        let savings = Savings::of(&checks, &findings);
        assert_eq!((savings.monthly, savings.findings.len(), savings.undetermined), (Usd::ZERO, 0, 1));
    }

    #[test]
    fn only_failures_that_could_have_a_figure_lack_one() {
        let findings = [failure(0, 1, 0, &[]), failure(2, 1, 0, &[]), failure(1, 2, 100, &[])];
        let checks = checks();
        assert_eq!(Savings::of(&checks, &findings).undetermined, 1);
    }

    proptest! {
        #[test]
        fn the_total_is_that_of_its_parts_and_no_more_than_all(
            parts in prop::collection::vec((0u32..3, 0u32..6, 0i64..100_000, prop::collection::vec(0u32..6, 0..2)), 0..20)
        ) {
            let findings: Vec<Finding> =
                parts.iter().map(|(check, resource, cents, also)| failure(*check, *resource, *cents, also)).collect();
            let checks = checks();
            let savings = Savings::of(&checks, &findings);
            let counted = savings.findings.iter().filter(|of| of.counts);
            prop_assert_eq!(savings.monthly, counted.clone().map(|of| of.saving.monthly).sum());
            // No resource is in two of them, and the largest is always one.
            let mut resources: Vec<ResourceId> =
                counted.flat_map(|of| {
                    let mut touched = vec![of.finding.resource];
                    touched.extend(&of.saving.also);
                    touched.sort_unstable();
                    touched.dedup();
                    touched
                }).collect();
            let all = resources.len();
            resources.sort_unstable();
            resources.dedup();
            prop_assert_eq!(resources.len(), all);
            prop_assert!(savings.monthly >= findings.iter().filter_map(|f| Some(f.saving.as_ref()?.monthly)).max().unwrap_or_default());
        }
    }
}
