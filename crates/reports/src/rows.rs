//! What a report shows as one: the same thing said of several regions.
//!
//! An account and its regions are no resources that anybody made: they are called by their names alone.

use std::collections::{BTreeSet, HashMap};

use assessment::Assessment;
use findings::Finding;
use model::Gap;

use crate::safe::safe;
use crate::{Past, comparison, words};

/// How many regions are named where not all have to be.
const NAMED: usize = 6;

/// A finding, or several of one check that say the same of regions of one account.
pub(crate) struct Row<'a> {
    pub(crate) finding: &'a Finding,
    /// The regions it is about, where it is about regions.
    regions: Vec<&'a str>,
    /// The account, where several were read.
    account: Option<&'a str>,
}

impl Row<'_> {
    /// `15 regions: eu-west-1, ... and 9 more`, harmless; nothing for a finding on a resource.
    pub(crate) fn whole(&self, assessment: &Assessment, all: bool) -> Option<String> {
        let account = self.account.map(|account| format!("{account}, ")).unwrap_or_default();
        let whole = match self.regions.as_slice() {
            [] => {
                let resource = assessment.inventory.resource(self.finding.resource);
                let is_account = resource.kind == "Pilaster::Account";
                return is_account.then(|| format!("account {}", safe(&resource.id)));
            }
            [region] => format!("{account}region {region}"),
            regions => format!("{account}{} regions: {}", regions.len(), named(regions, all)),
        };
        Some(safe(&whole).into_owned())
    }
}

/// Findings of one check and status as they are shown: those of several regions first, then in their order.
pub(crate) fn rows<'a>(assessment: &'a Assessment, findings: &[&'a Finding]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut known: HashMap<(Option<&str>, String), usize> = HashMap::new();
    let accounts = accounts(assessment);
    for finding in findings {
        let resource = assessment.inventory.resource(finding.resource);
        let account = resource.account.as_deref();
        let own = Row { finding, regions: Vec::new(), account: account.filter(|_| accounts > 1) };
        // What there is one of in every region is called like it.
        let Some(region) = resource.region.as_deref().filter(|region| *region == resource.id) else {
            rows.push(own);
            continue;
        };
        let next = rows.len();
        let number = *known.entry((account, words::statements(finding))).or_insert(next);
        match rows.get_mut(number) {
            Some(row) => row.regions.push(region),
            None => rows.push(Row { regions: vec![region], ..own }),
        }
    }
    rows.sort_by_key(|row| row.regions.len() < 2);
    rows
}

/// Gaps that differ in nothing but their region.
pub(crate) struct GapRow<'a> {
    pub(crate) gap: &'a Gap,
    regions: Vec<&'a str>,
}

impl GapRow<'_> {
    /// Where it is, harmless: `shop.yaml:12`, or `s3:ListBuckets (eu-west-1, us-east-1)`.
    pub(crate) fn place(&self, all: bool) -> String {
        place(self.gap, &self.regions, all)
    }
}

/// Where a gap is, harmless: `shop.yaml:12`, or `s3:ListBuckets (eu-west-1)`.
pub(crate) fn gap_place(gap: &Gap) -> String {
    let regions: Vec<&str> = gap.region.as_deref().into_iter().collect();
    place(gap, &regions, true)
}

fn place(gap: &Gap, regions: &[&str], all: bool) -> String {
    let place = match (&gap.file, gap.line, &gap.service, &gap.call) {
        (Some(file), Some(line), ..) => format!("{file}:{line}"),
        (Some(file), None, ..) => file.clone(),
        (None, _, Some(service), Some(call)) => format!("{service}:{call}"),
        (None, _, Some(only), None) | (None, _, None, Some(only)) => only.clone(),
        (None, ..) => "somewhere".to_owned(),
    };
    match regions {
        [] => safe(&place).into_owned(),
        regions => safe(&format!("{place} ({})", named(regions, all))).into_owned(),
    }
}

/// Gaps as they are shown, in their order.
pub(crate) fn gaps(assessment: &Assessment) -> Vec<GapRow<'_>> {
    let mut rows: Vec<GapRow<'_>> = Vec::new();
    let mut known = HashMap::new();
    for gap in &assessment.inventory.gaps {
        // What a gap hides follows from the call.
        let Gap { file, line, service, account, call, reason, action, .. } = gap;
        let next = rows.len();
        let number = *known.entry((file, line, service, account, call, reason, action)).or_insert(next);
        if number == next {
            rows.push(GapRow { gap, regions: Vec::new() });
        }
        if let Some(row) = rows.get_mut(number) {
            row.regions.extend(gap.region.as_deref());
        }
    }
    rows
}

/// The IAM actions that would close gaps, sorted.
pub(crate) fn missing_actions(assessment: &Assessment) -> Vec<&str> {
    let actions: BTreeSet<&str> = assessment.inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect();
    actions.into_iter().collect()
}

/// What was assessed, harmless.
pub(crate) fn subject(assessment: &Assessment) -> String {
    let target = &assessment.target;
    let paths: Vec<&str> = target.paths.iter().map(String::as_str).collect();
    let subject = match (&target.account, paths.as_slice()) {
        (Some(account), []) if account.contains(',') => format!("accounts {account}"),
        (Some(account), []) => format!("account {account}"),
        (None, []) => "what was read".to_owned(),
        (_, paths) => words::list(paths),
    };
    safe(&subject).into_owned()
}

/// What earlier assessments saw otherwise: `2026-08-01: paths differ`.
pub(crate) fn differing(past: &[Past]) -> Vec<String> {
    let differing = past.iter().filter(|past| !past.differs.is_empty());
    let said = |past: &Past| {
        let scopes: Vec<String> = past.differs.iter().map(|scope| comparison::subject(*scope).to_lowercase()).collect();
        format!("{}: {}", past.today, scopes.join(", "))
    };
    differing.map(said).collect()
}

/// The day, and what was read and by how many checks it was judged.
pub(crate) fn read(assessment: &Assessment) -> String {
    let mut read = sources(assessment);
    read.push(words::count(assessment.resources(), "resource"));
    read.push(words::count(assessment.checks.len(), "check"));
    format!("{} · {}", assessment.today, read.join(" · "))
}

/// What was read, apart from resources: `2 files`, or `1 account, 17 regions, 120 operations`.
pub(crate) fn sources(assessment: &Assessment) -> Vec<String> {
    let mut operations: BTreeSet<&str> = BTreeSet::new();
    let mut files = 0;
    for source in &assessment.inventory.sources {
        match source {
            model::Source::File { .. } => files += 1,
            model::Source::Call { operation, .. } => {
                operations.insert(operation);
            }
        }
    }
    let mut read = Vec::new();
    if files > 0 || operations.is_empty() {
        read.push(words::count(files, "file"));
    }
    if !operations.is_empty() {
        let of = |kind| assessment.inventory.of_kind(kind).count();
        read.push(words::count(accounts(assessment), "account"));
        read.push(words::count(of("Pilaster::Region"), "region"));
        read.push(words::count(operations.len(), "operation"));
    }
    read
}

/// How many accounts were read.
pub(crate) fn accounts(assessment: &Assessment) -> usize {
    let inventory = &assessment.inventory;
    let accounts: BTreeSet<&str> =
        inventory.of_kind("Pilaster::Account").map(|id| inventory.resource(id).id.as_str()).collect();
    accounts.len()
}

/// `a, b and c`, or the first ones and how many more there are.
fn named(names: &[&str], all: bool) -> String {
    let shown = if all || names.len() <= NAMED { names.len() } else { NAMED - 1 };
    match names.len() - shown {
        0 => names.join(", "),
        left => format!("{} and {left} more", names.get(..shown).unwrap_or_default().join(", ")),
    }
}
