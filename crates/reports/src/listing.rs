//! Which findings a report lists, and in which order.

use std::cmp::Reverse;

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};
use model::{Evidence, Origin};

use crate::Options;

/// The listed findings of one check that share a status.
pub(crate) struct Group<'a> {
    pub(crate) check: &'a CheckResult,
    /// In the order of resources; at least one.
    pub(crate) findings: Vec<&'a Finding>,
}

/// The listed findings of a status by check: the worst first, then those with most resources, then by id.
pub(crate) fn groups<'a>(assessment: &'a Assessment, options: &Options, status: Status) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> =
        assessment.checks.iter().map(|check| Group { check, findings: Vec::new() }).collect();
    for finding in assessment.findings.iter().filter(|f| f.status() == status && options.lists(f)) {
        if let Some(group) = groups.get_mut(finding.check as usize) {
            group.findings.push(finding);
        }
    }
    groups.retain(|group| !group.findings.is_empty());
    groups.sort_by_key(|g| (Reverse(g.check.severity), Reverse(g.findings.len()), g.check.id.as_str()));
    groups
}

/// How many groups hold how many findings.
pub(crate) fn total(groups: &[Group<'_>]) -> usize {
    groups.iter().map(|group| group.findings.len()).sum()
}

/// The failing checks to begin with: the worst first, then the least work, then the most resources.
pub(crate) fn first_steps<'a, 'g>(failing: &'g [Group<'a>], most: usize) -> Vec<&'g Group<'a>> {
    let mut order: Vec<&Group<'a>> = failing.iter().collect();
    order.sort_by_key(|g| (Reverse(g.check.severity), g.check.effort, Reverse(g.findings.len()), g.check.id.as_str()));
    order.truncate(most);
    order
}

/// How many findings the baseline has already.
pub(crate) fn known(assessment: &Assessment) -> usize {
    assessment.findings.iter().filter(|finding| finding.known).count()
}

/// How many findings of a status are not listed because they matter too little.
pub(crate) fn below(assessment: &Assessment, options: &Options) -> usize {
    let Some(least) = options.min_severity else { return 0 };
    let shown = |f: &&Finding| f.is_new() && options.show.contains(&f.status());
    assessment.findings.iter().filter(shown).filter(|f| f.severity < least).count()
}

/// Suppressions of other tools: how many by tool, in the order of names.
pub(crate) fn suppressions(assessment: &Assessment) -> Vec<(&str, usize)> {
    let mut tools: Vec<&str> = assessment.inventory.suppressions.iter().map(|s| s.tool.as_str()).collect();
    tools.sort_unstable();
    tools.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len()))).collect()
}

/// How many files were read.
pub(crate) fn files(assessment: &Assessment) -> usize {
    let is_file = |source: &&model::Source| matches!(source, model::Source::File { .. });
    assessment.inventory.sources.iter().filter(is_file).count()
}

/// The evidence a reader is sent to: the first in the code of the resource that was judged.
pub(crate) fn main_evidence(finding: &Finding) -> Option<&Evidence> {
    finding.evidence.iter().filter(|evidence| evidence.resource == finding.resource).min_by_key(|e| e.origin)
}

/// Where a reader is sent to: the main evidence, or the resource where all of it stands elsewhere.
pub(crate) fn place(assessment: &Assessment, finding: &Finding) -> Origin {
    let declared = || assessment.inventory.resource(finding.resource).origin;
    main_evidence(finding).map_or_else(declared, |evidence| evidence.origin)
}
