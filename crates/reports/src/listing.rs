//! Which findings a report lists, and in which order.

use std::cmp::Reverse;

use assessment::{Assessment, CheckResult};
use findings::{Finding, Status};
use framework::Pillar;
use model::{Evidence, Origin, Resource};

use crate::{Options, words};

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

/// The listed findings by check, in it by status: first what fails, the worst before all.
pub(crate) fn by_check<'a>(assessment: &'a Assessment, options: &Options) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> =
        assessment.checks.iter().map(|check| Group { check, findings: Vec::new() }).collect();
    for finding in assessment.findings.iter().filter(|finding| options.lists(finding)) {
        if let Some(group) = groups.get_mut(finding.check as usize) {
            group.findings.push(finding);
        }
    }
    groups.retain(|group| !group.findings.is_empty());
    for group in &mut groups {
        group.findings.sort_by_key(|finding| finding.status());
    }
    groups.sort_by_key(|group| {
        let first = group.findings.first().map(|finding| finding.status());
        (first, Reverse(group.check.severity), Reverse(group.findings.len()), group.check.id.as_str())
    });
    groups
}

/// `3 failed · 1 unknown`, of findings sorted by status.
pub(crate) fn counts(group: &Group<'_>) -> String {
    let by_status = group.findings.chunk_by(|a, b| a.status() == b.status());
    let counts: Vec<String> = by_status
        .filter_map(|same| {
            same.first().map(|finding| format!("{} {}", same.len(), words::status_of_many(finding.status())))
        })
        .collect();
    counts.join(" · ")
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

/// The file and line a reader is sent to; nothing in an account.
pub(crate) fn file<'a>(assessment: &'a Assessment, finding: &Finding) -> Option<(&'a str, u32)> {
    let origin = place(assessment, finding);
    match assessment.inventory.sources.get(origin.source.0 as usize)? {
        model::Source::File { path, .. } => Some((path, origin.line.max(1))),
        model::Source::Call { .. } => None,
    }
}

/// The file and line as one writes them: `shop.yaml:12`; nothing in an account.
pub(crate) fn line_of_code(assessment: &Assessment, finding: &Finding) -> Option<String> {
    file(assessment, finding).map(|(file, line)| format!("{file}:{line}"))
}

/// The account of a resource, or the one that code is for.
pub(crate) fn account<'a>(assessment: &'a Assessment, resource: &'a Resource) -> Option<&'a str> {
    // Of several accounts, the target holds a list.
    let is_one = |id: &&str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    resource.account.as_deref().or(assessment.target.account.as_deref().filter(is_one))
}

/// The region of a resource, or the one that code is for.
pub(crate) fn region<'a>(assessment: &'a Assessment, resource: &'a Resource) -> Option<&'a str> {
    resource.region.as_deref().or(assessment.target.region.as_deref())
}

/// The partition of a resource: that of its ARN, or that of a region with such a name.
pub(crate) fn partition<'a>(resource: &'a Resource, region: Option<&str>) -> &'a str {
    if let Some(("arn", rest)) = resource.arn.as_deref().and_then(|arn| arn.split_once(':'))
        && let Some((partition, _)) = rest.split_once(':')
        && partition.starts_with("aws")
    {
        return partition;
    }
    match region {
        Some(region) if region.starts_with("cn-") => "aws-cn",
        Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
        Some(region) if region.starts_with("us-iso-") => "aws-iso",
        Some(region) if region.starts_with("us-isob-") => "aws-iso-b",
        Some(region) if region.starts_with("eusc-") => "aws-eusc",
        _ => "aws",
    }
}

/// The pillars a check bears on, each once, in the order of its practices.
pub(crate) fn pillars(check: &CheckResult) -> Vec<Pillar> {
    let mut pillars = Vec::new();
    for practice in &check.practices {
        if !pillars.contains(&practice.pillar()) {
            pillars.push(practice.pillar());
        }
    }
    pillars
}

/// Their names: `Reliability, Security`.
pub(crate) fn pillar_names(check: &CheckResult) -> String {
    pillars(check).into_iter().map(|pillar| pillar.name()).collect::<Vec<_>>().join(", ")
}
