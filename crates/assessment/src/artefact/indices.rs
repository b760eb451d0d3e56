//! Whether what an artefact names by index is in it. Everything behind takes that for granted.
//!
//! Values of properties are left out: nothing looks up what they point to without asking whether it is there.

use std::collections::HashSet;

use findings::WaiverScope;
use model::{Origin, ResourceId};

use crate::{ArtefactError, Assessment};

/// Holds every index to what it points into, and the ids of checks to naming one each.
pub(super) fn verify(assessment: &Assessment) -> Result<(), ArtefactError> {
    let Assessment { inventory, checks, findings, waivers, practices, .. } = assessment;
    let within = |kind: &'static str, number: u32, all: usize| match (number as usize) < all {
        true => Ok(()),
        false => Err(ArtefactError::Dangling { kind, number, all }),
    };
    let is_resource = |id: ResourceId| within("resource", id.0, inventory.resources.len());
    let is_place = |origin: Origin| within("source", origin.source.0, inventory.sources.len());
    for resource in &inventory.resources {
        is_place(resource.origin)?;
    }
    for resource in inventory.formerly.keys() {
        is_resource(*resource)?;
    }
    for suppression in &inventory.suppressions {
        suppression.resource.map_or(Ok(()), is_resource)?;
        is_place(suppression.origin)?;
    }
    let mut ids = HashSet::new();
    for check in checks {
        if !ids.insert(&check.id) {
            return Err(ArtefactError::SameCheck { id: check.id.clone() });
        }
    }
    for waiver in waivers {
        if let WaiverScope::Resource(resource) = waiver.scope {
            is_resource(resource)?;
        }
    }
    for finding in findings {
        within("check", finding.check, checks.len())?;
        is_resource(finding.resource)?;
        finding.waiver.map_or(Ok(()), |waiver| within("waiver", waiver, waivers.len()))?;
        for evidence in &finding.evidence {
            is_resource(evidence.resource)?;
            is_place(evidence.origin)?;
        }
        for resource in finding.saving.iter().flat_map(|saving| &saving.also) {
            is_resource(*resource)?;
        }
    }
    for finding in practices.iter().flat_map(|practice| &practice.findings) {
        within("finding", *finding, findings.len())?;
    }
    Ok(())
}
