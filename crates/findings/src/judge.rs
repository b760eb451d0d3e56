//! Running checks over an inventory.

use std::collections::HashMap;

use framework::Severity;
use jiff::civil::Date;
use model::{At, Inventory, Outcome, Resource, ResourceId};

use crate::finding::fingerprint;
use crate::{Check, Config, Finding, Settings};

/// What a run of the checks came to.
#[derive(Debug)]
pub struct Judged {
    /// The checks that ran, in the order of their ids, each with its severity in this run.
    pub checks: Vec<(&'static Check, Severity)>,
    /// Findings in the order of checks, then of resources.
    pub findings: Vec<Finding>,
}

/// Judges every resource by every check that is enabled and made for its type.
///
/// With `keep_passes`, passes keep their evidence.
pub fn judge(
    checks: impl IntoIterator<Item = &'static Check>,
    inventory: &Inventory,
    config: &Config,
    today: Date,
    keep_passes: bool,
) -> Judged {
    let mut run: Vec<&'static Check> = checks.into_iter().filter(|check| config.enabled(check)).collect();
    run.sort_by_key(|check| check.id);
    let twins = twins(inventory);
    let mut judged = Judged { checks: Vec::with_capacity(run.len()), findings: Vec::new() };
    for check in run {
        let severity = config.severity(check);
        let settings = Settings { today, thresholds: config.thresholds(check) };
        let number = judged.checks.len() as u32;
        for id in subjects(check, inventory) {
            let at = At::root(id, inventory.resource(id));
            let verdict = at.concluded((check.judge)(at.clone(), inventory, &settings));
            let settled = matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable);
            judged.findings.push(Finding {
                id: fingerprint(check.id, inventory.resource(id), twins[id.0 as usize]),
                check: number,
                resource: id,
                outcome: verdict.outcome,
                severity,
                evidence: if settled && !keep_passes { Vec::new() } else { verdict.evidence },
                waiver: None,
                known: false,
            });
        }
        judged.checks.push((check, severity));
    }
    judged
}

/// The resources a check judges, in order.
fn subjects(check: &Check, inventory: &Inventory) -> Vec<ResourceId> {
    if check.kinds == ["*"] {
        let is_real = |resource: &Resource| !resource.kind.starts_with("Pilaster::");
        let all = inventory.resources.iter().enumerate();
        return all.filter(|(_, r)| is_real(r)).map(|(number, _)| ResourceId(number as u32)).collect();
    }
    let mut ids: Vec<ResourceId> = check.kinds.iter().flat_map(|kind| inventory.of_kind(kind)).collect();
    ids.sort_unstable();
    ids
}

/// For every resource, how many before it have the same identity.
fn twins(inventory: &Inventory) -> Vec<usize> {
    let mut seen = HashMap::new();
    let mut twin = |resource: &Resource| {
        let Resource { kind, id, account, region, .. } = resource;
        let count = seen.entry((kind.clone(), id.clone(), account.clone(), region.clone())).or_insert(0);
        *count += 1;
        *count - 1
    };
    inventory.resources.iter().map(&mut twin).collect()
}
