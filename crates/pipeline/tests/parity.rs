//! One system written several times is judged the same: as a template, as a plan, as a folder of Terraform.
//!
//! Each folder of `parity/` holds a family of resources as `template.yaml`, `main.tf` and the `plan.json` that Terraform
//! makes of it. Logical ids correspond: `aws_sqs_queue.dead_letters` is `DeadLetters`. A verdict that two sources
//! reach must be the same one; where it is not, `differences.txt` says why.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says why"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assessment::Assessment;
use findings::{Config, Status};
use pipeline::{Judging, Request};

/// A verdict's place: the check, the type and the name of the resource.
type Place = (String, String, String);

fn families() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity");
    let mut families: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    families.sort();
    families
}

fn assess(path: PathBuf) -> Assessment {
    let request = Request {
        paths: vec![path],
        stream: None,
        parameters: Default::default(),
        variables: Default::default(),
        account: None,
        region: Some("eu-west-1".to_owned()),
        judging: Judging {
            config: Config::default(),
            baseline: None,
            today: jiff::civil::date(2026, 11, 1),
            keep_passes: true,
            version: String::new(),
        },
    };
    let assessment = pipeline::assess(request, &mut |_| {}).unwrap();
    assert_eq!(assessment.inventory.gaps, []);
    assessment
}

/// `aws_sqs_queue.dead_letters["x"]` and `DeadLettersX` come to the same, and so do `aws_route_table.private.route[0]` and
/// `PrivateRoute0`.
fn name(id: &str) -> String {
    let id = id.rsplit_once('/').map_or(id, |(_, id)| id);
    let id = id.find("aws_").and_then(|start| id[start..].split_once('.')).map_or(id, |(_, own)| own);
    id.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase()
}

/// Verdicts by place.
fn verdicts(assessment: &Assessment) -> BTreeMap<Place, Vec<Status>> {
    let mut verdicts: BTreeMap<Place, Vec<Status>> = BTreeMap::new();
    for finding in &assessment.findings {
        let resource = assessment.inventory.resource(finding.resource);
        let place = (assessment.check(finding).id.clone(), resource.kind.clone(), name(&resource.id));
        verdicts.entry(place).or_default().push(finding.status());
    }
    verdicts.values_mut().for_each(|list| list.sort());
    verdicts
}

/// What a family's list of differences says of a place.
struct Known {
    lines: Vec<(String, String)>,
    used: BTreeSet<usize>,
}

impl Known {
    fn of(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("differences.txt")).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let split = |line: &str| {
            let mut words = line.split_whitespace();
            let words = (words.next().unwrap().to_owned(), words.next().unwrap_or_default().to_ascii_lowercase());
            assert!(line.split_whitespace().count() > 3, "no reason given: {line}");
            words
        };
        Self { lines: lines.map(split).collect(), used: BTreeSet::new() }
    }

    fn covers(&mut self, check: &str, name: &str) -> bool {
        let found = self
            .lines
            .iter()
            .position(|(known, resource)| known == check && (resource == "*" || resource.replace('_', "") == name));
        self.used.extend(found);
        found.is_some()
    }
}

/// The differences between two readings of one system.
fn compare(one: &Assessment, other: &Assessment, names: (&str, &str), known: &mut Known) -> Vec<String> {
    let (left, right) = (verdicts(one), verdicts(other));
    let mut different = Vec::new();
    let places: BTreeSet<&Place> = left.keys().chain(right.keys()).collect();
    for place in places {
        let (check, kind, name) = place;
        // What is about the way one of them is written, and types that have no mapping.
        if kind == "Pilaster::Template" || kind.starts_with("aws_") {
            continue;
        }
        let told = match (left.get(place), right.get(place)) {
            (Some(left), Some(right)) if left == right => continue,
            (Some(left), Some(right))
                if left.len() == right.len() && [left, right].iter().any(|side| side.contains(&Status::Unknown)) =>
            {
                continue;
            }
            (left, right) => format!("{} {left:?}, {} {right:?}", names.0, names.1),
        };
        if !known.covers(check, name) {
            different.push(format!("{check}  {kind} {name}: {told}"));
        }
    }
    different
}

fn main() -> ExitCode {
    // `cargo test -p pipeline --test parity -- <family>` looks at one.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut different = Vec::new();
    for folder in families() {
        let family = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !wanted.is_empty() && !wanted.contains(&family) {
            continue;
        }
        let mut known = Known::of(&folder);
        let template = assess(folder.join("template.yaml"));
        let directory = assess(folder.join("main.tf"));
        let plan = assess(folder.join("plan.json"));
        let pairs = [
            (&template, &directory, ("template", "directory")),
            (&template, &plan, ("template", "plan")),
            (&directory, &plan, ("directory", "plan")),
        ];
        for (one, other, names) in pairs {
            let found = compare(one, other, names, &mut known);
            different.extend(found.into_iter().map(|line| format!("{family}: {line}")));
        }
        for (number, (check, resource)) in known.lines.iter().enumerate() {
            if !known.used.contains(&number) {
                different.push(format!("{family}: there is no difference any more of {check} {resource}"));
            }
        }
    }
    println!("{} differences between the sources\n{}", different.len(), different.join("\n"));
    ExitCode::from(u8::from(!different.is_empty()))
}
