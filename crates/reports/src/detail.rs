//! A finding in words, for formats that show one at a time.

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};

use crate::safe::safe;
use crate::settle::settle;
use crate::{listing, savings, words};

/// The name of a check's place in a page or a document. What no id of a check has is written by its number, so that
/// two ids never share a place.
pub(crate) fn anchor(check: &CheckResult) -> String {
    anchor_of(&check.id)
}

fn anchor_of(id: &str) -> String {
    let mut name = String::from("check-");
    for character in id.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => name.push(character),
            other => name.push_str(&format!("-{:x}-", u32::from(other))),
        }
    }
    name
}

/// What is shown of a finding, harmless.
pub(crate) struct Row {
    /// Its type; nothing where the name says all.
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Where it is: file and line, account, region, ARN.
    pub(crate) places: Vec<String>,
    pub(crate) statements: Vec<Statement>,
    /// What would settle it, what ending it would save, or why it is waived.
    pub(crate) notes: Vec<String>,
}

/// A piece of evidence.
pub(crate) struct Statement {
    pub(crate) path: String,
    pub(crate) observed: String,
    pub(crate) expected: String,
    /// Where it was seen, if that is not where the finding is.
    pub(crate) place: String,
}

impl Row {
    /// Accounts are named where several were read.
    pub(crate) fn new(assessment: &Assessment, finding: &Finding, accounts: bool) -> Self {
        let inventory = &assessment.inventory;
        let resource = inventory.resource(finding.resource);
        let text = |text: &str| safe(text).into_owned();
        let (kind, name) = match resource.kind.as_str() {
            "Pilaster::Account" => (String::new(), format!("account {}", text(&resource.id))),
            "Pilaster::Region" => (String::new(), format!("region {}", text(&resource.id))),
            kind => (text(kind), text(&resource.id)),
        };
        let place = text(&inventory.place(listing::place(assessment, finding)));
        let mut places = vec![place.clone()];
        if let Some(other) = resource.name.as_deref().filter(|other| *other != resource.id) {
            places.push(text(other));
        }
        places.extend(resource.account.as_deref().filter(|account| accounts && *account != resource.id).map(text));
        // The place of a call has the region already.
        let said = |region: &&str| *region != resource.id && !place.ends_with(&format!("({region})"));
        places.extend(resource.region.as_deref().filter(said).map(text));
        places.retain(|place| !place.is_empty());
        let statements = finding
            .evidence
            .iter()
            .map(|evidence| {
                let own = text(&inventory.place(evidence.origin));
                let other = (evidence.resource != finding.resource).then(|| inventory.resource(evidence.resource));
                let other = other.map(words::resource).unwrap_or_default();
                let seen = [other, if own == place { String::new() } else { own }];
                Statement {
                    path: text(&evidence.path),
                    observed: text(&evidence.observed),
                    expected: text(&evidence.expected),
                    place: seen.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
                }
            })
            .collect();
        Self { kind, name, places, statements, notes: notes(assessment, finding) }
    }
}

fn notes(assessment: &Assessment, finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    if finding.status() == Status::Unknown {
        let mut hints: Vec<String> =
            finding.evidence.iter().filter_map(|evidence| settle(&assessment.inventory, evidence)).collect();
        hints.dedup();
        notes.extend(hints.into_iter().map(|hint| format!("To settle: {hint}")));
    }
    notes.extend(savings::of_finding(finding));
    if let (Status::Waived, Some(waiver)) = (finding.status(), assessment.waiver(finding)) {
        let until = waiver.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
        let owner = waiver.owner.as_ref().map(|owner| format!(", owner {owner}")).unwrap_or_default();
        notes.push(safe(&format!("Waived: {}{until}{owner} ({})", waiver.reason, waiver.place)).into_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::anchor_of;

    #[test]
    fn places_of_checks_are_apart() {
        assert_eq!(anchor_of("s3_bucket_versioning"), "check-s3_bucket_versioning");
        assert_eq!(anchor_of("a.b"), "check-a-2e-b");
        assert_ne!(anchor_of("a.b"), anchor_of("a:b"));
        assert_ne!(anchor_of("a-2e-b"), anchor_of("a.b"));
    }
}
