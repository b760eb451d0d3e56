//! The findings as the script of the page reads them: numbers, and each text once.

use std::collections::HashMap;

use assessment::Assessment;
use findings::{Finding, Status};
use framework::{Pillar, Severity};
use serde::Serialize;

use crate::detail::Row;
use crate::listing::Group;
use crate::safe::safe;
use crate::{ReportError, rows, words};

/// All that the script knows.
#[derive(Serialize)]
struct Data<'a> {
    statuses: Vec<[&'static str; 3]>,
    severities: Vec<&'static str>,
    pillars: Vec<&'static str>,
    checks: Vec<CheckEntry<'a>>,
    texts: Vec<String>,
}

/// A check and its findings, in the order of the page.
#[derive(Serialize)]
struct CheckEntry<'a> {
    /// What a search finds it by.
    words: String,
    service: std::borrow::Cow<'a, str>,
    pillars: Vec<usize>,
    findings: Vec<Entry>,
}

/// Status, severity, kind, filter kind, name, region, places, statements of four texts each, notes.
#[derive(Serialize)]
struct Entry(u8, u8, u32, u32, u32, u32, Vec<u32>, Vec<[u32; 4]>, Vec<u32>);

const STATUSES: [Status; 5] = [Status::Fail, Status::Unknown, Status::Waived, Status::Pass, Status::NotApplicable];

/// Texts by number; the first is empty.
struct Texts {
    numbers: HashMap<String, u32>,
    all: Vec<String>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(text.to_owned(), number);
        self.all.push(text.to_owned());
        number
    }
}

/// The JSON, in which nothing can end the element it stands in.
pub(super) fn data(assessment: &Assessment, groups: &[Group<'_>]) -> Result<String, ReportError> {
    let mut texts = Texts { numbers: HashMap::new(), all: Vec::new() };
    texts.number("");
    let accounts = rows::accounts(assessment) > 1;
    let checks = groups
        .iter()
        .map(|group| {
            let check = group.check;
            let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
            let words = format!("{} {} {}", check.id, check.claim, practices.join(" "));
            let mut pillars: Vec<usize> =
                check.practices.iter().filter_map(|p| Pillar::ALL.iter().position(|x| *x == p.pillar())).collect();
            pillars.sort_unstable();
            pillars.dedup();
            CheckEntry {
                words: safe(&words).to_lowercase(),
                service: safe(&check.service),
                pillars,
                findings: group
                    .findings
                    .iter()
                    .map(|finding| entry(assessment, finding, accounts, &mut texts))
                    .collect(),
            }
        })
        .collect();
    let data = Data {
        statuses: STATUSES.map(|s| [s.id(), words::status(s), words::status_of_many(s)]).to_vec(),
        severities: Severity::ALL.map(Severity::id).to_vec(),
        pillars: Pillar::ALL.iter().map(|pillar| pillar.name()).collect(),
        checks,
        texts: texts.all,
    };
    Ok(contained(&serde_json::to_string(&data)?))
}

fn entry(assessment: &Assessment, finding: &Finding, accounts: bool, texts: &mut Texts) -> Entry {
    let resource = assessment.inventory.resource(finding.resource);
    let Row { status, kind, name, places, statements, notes } = Row::new(assessment, finding, accounts);
    Entry(
        STATUSES.iter().position(|other| *other == status).unwrap_or_default() as u8,
        Severity::ALL.iter().position(|other| *other == finding.severity).unwrap_or_default() as u8,
        texts.number(&kind),
        texts.number(&safe(&resource.kind)),
        texts.number(&name),
        texts.number(&safe(resource.region.as_deref().unwrap_or_default())),
        places.iter().map(|place| texts.number(place)).collect(),
        statements
            .iter()
            .map(|s| [&s.path, &s.observed, &s.expected, &s.place].map(|text| texts.number(text)))
            .collect(),
        notes.iter().map(|note| texts.number(note)).collect(),
    )
}

/// These characters stand only in strings, where an escape is the same.
fn contained(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
