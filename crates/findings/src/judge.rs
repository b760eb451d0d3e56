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
    let settings: Vec<Settings> =
        run.iter().map(|check| Settings { today, thresholds: config.thresholds(check) }).collect();
    let severities: Vec<Severity> = run.iter().map(|check| config.severity(check)).collect();
    let twins = twins(inventory);
    let by_kind = by_kind(&run);
    // Resource by resource, so that each is judged while it is at hand; the findings of a check are put
    // together again below.
    let mut by_check: Vec<Vec<Finding>> = run.iter().map(|_| Vec::new()).collect();
    for (index, (resource, twin)) in inventory.resources.iter().zip(twins).enumerate() {
        let at = At::root(ResourceId(index as u32), resource);
        let of_kind = by_kind.get(resource.kind.as_str());
        let of_any_kind = by_kind.get("*").filter(|_| !resource.kind.starts_with("Pilaster::"));
        for &number in of_kind.into_iter().chain(of_any_kind).flatten() {
            if !run[number].decided_by.decides(resource.medium) {
                continue;
            }
            let verdict = at.concluded((run[number].judge)(at.clone(), inventory, &settings[number]));
            let saving = match (verdict.outcome, run[number].saves) {
                (Outcome::Fail, Some(saves)) => saves(at.clone(), inventory, &settings[number]),
                _ => None,
            };
            let settled = matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable);
            by_check[number].push(Finding {
                id: fingerprint(run[number].id, resource, twin),
                check: number as u32,
                resource: at.id(),
                outcome: verdict.outcome,
                severity: severities[number],
                evidence: if settled && !keep_passes { Vec::new() } else { verdict.evidence },
                waiver: None,
                known: false,
                saving,
            });
        }
    }
    Judged { checks: run.into_iter().zip(severities).collect(), findings: by_check.into_iter().flatten().collect() }
}

/// The numbers of the checks that judge resources of a type, in order; `*` stands for every type.
fn by_kind(run: &[&'static Check]) -> HashMap<&'static str, Vec<usize>> {
    let mut by_kind: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (number, check) in run.iter().enumerate() {
        for kind in check.kinds {
            by_kind.entry(kind).or_default().push(number);
        }
    }
    by_kind
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
