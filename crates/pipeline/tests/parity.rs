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
use model::Resource;
use pipeline::{Judging, Request, Services, Stream};

/// A verdict's place: the check, the type and the name of the resource.
type Place = (String, String, String);

fn families() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity");
    let mut families: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    families.sort();
    families
}

fn judging() -> Judging {
    Judging {
        config: Config::default(),
        baseline: None,
        today: jiff::civil::date(2026, 11, 1),
        keep_passes: true,
        version: String::new(),
    }
}

/// Assesses a file, or, where it is JSON, what it holds, as if it lay nowhere: a plan is not helped by the code beside it.
fn assess(path: PathBuf) -> Assessment {
    let is_stream = path.extension().is_some_and(|extension| extension == "json");
    let stream =
        is_stream.then(|| Stream { name: "stream".to_owned(), reader: Box::new(fs::File::open(&path).unwrap()) });
    let request = Request {
        paths: if is_stream { Vec::new() } else { vec![path] },
        stream,
        parameters: Default::default(),
        variables: Default::default(),
        account: None,
        region: Some("eu-west-1".to_owned()),
        judging: judging(),
    };
    let assessment = pipeline::assess(request, &mut |_| {}).unwrap();
    assert_eq!(assessment.inventory.gaps, []);
    assessment
}

/// The names that the code has for what is in the account, by what the account calls it.
fn names_by_id(state: &Path) -> BTreeMap<String, String> {
    let state: serde_json::Value = serde_json::from_reader(fs::File::open(state).unwrap()).unwrap();
    let mut names = BTreeMap::new();
    let resources = state["values"]["root_module"]["resources"].as_array().cloned().unwrap_or_default();
    for resource in resources {
        let ids = ["arn", "id", "name", "bucket", "url"].iter().filter_map(|key| resource["values"][*key].as_str());
        for id in ids {
            names.entry(id.to_owned()).or_insert_with(|| name(resource["address"].as_str().unwrap()));
        }
    }
    names
}

/// `aws_sqs_queue.dead_letters["x"]` and `DeadLettersX` come to the same, and so do `aws_route_table.private.route[0]` and
/// `PrivateRoute0`.
fn name(id: &str) -> String {
    let id = id.rsplit_once('/').map_or(id, |(_, id)| id);
    let id = id.find("aws_").and_then(|start| id[start..].split_once('.')).map_or(id, |(_, own)| own);
    id.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase()
}

type Verdicts = BTreeMap<Place, Vec<Status>>;

/// Verdicts by place, of those resources that have a name.
fn verdicts(assessment: &Assessment, name: impl Fn(&Resource) -> Option<String>) -> Verdicts {
    let mut verdicts = Verdicts::new();
    for finding in &assessment.findings {
        let resource = assessment.inventory.resource(finding.resource);
        let Some(name) = name(resource) else { continue };
        let place = (assessment.check(finding).id.clone(), resource.kind.clone(), name);
        verdicts.entry(place).or_default().push(finding.status());
    }
    verdicts.values_mut().for_each(|list| list.sort());
    verdicts
}

fn of_code(assessment: &Assessment) -> Verdicts {
    verdicts(assessment, |resource| Some(name(&resource.id)))
}

/// What a scan of the account that the code was applied to came to.
fn of_account(folder: &Path) -> Option<Verdicts> {
    let answers = folder.join("answers");
    if !answers.exists() {
        return None;
    }
    let names = names_by_id(&folder.join("state.json"));
    let day = Some(judging().today);
    let assessment = pipeline::replay(&answers, &Services::default(), day, judging(), &|_, _| {}).unwrap();
    let mut found = verdicts(&assessment, |resource| {
        let ids = [resource.arn.as_deref(), Some(resource.id.as_str()), resource.name.as_deref()];
        ids.into_iter().flatten().find_map(|id| names.get(id).cloned())
    });
    // What an account or a region has to have one of is judged of the whole there, of each in code.
    let of_whole = assessment.findings.iter().filter(|finding| {
        matches!(
            assessment.inventory.resource(finding.resource).kind.as_str(),
            "Pilaster::Account" | "Pilaster::Region"
        )
    });
    let of_whole: BTreeSet<&str> = of_whole.map(|finding| assessment.check(finding).id.as_str()).collect();
    found.retain(|(check, ..), _| !of_whole.contains(check.as_str()));
    Some(found)
}

/// What a family's list of differences says of a place.
struct Known {
    lines: Vec<Difference>,
    used: BTreeSet<usize>,
}

/// A check that comes to different verdicts on a resource, or on any (`*`), and why.
struct Difference {
    check: String,
    resource: String,
    reason: String,
}

impl Known {
    fn of(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("differences.txt")).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let read = |line: &str| {
            let mut words = line.split_whitespace();
            let (check, resource) = (words.next().unwrap().to_owned(), words.next().unwrap_or_default().to_owned());
            let reason = words.collect::<Vec<_>>().join(" ");
            assert!(reason.len() > 10, "no reason given: {line}");
            Difference { check, resource, reason }
        };
        Self { lines: lines.map(read).collect(), used: BTreeSet::new() }
    }

    fn covers(&mut self, check: &str, name: &str) -> bool {
        let found = self.lines.iter().position(|known| {
            let resource: String = known.resource.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            known.check == check && (known.resource == "*" || resource.eq_ignore_ascii_case(name))
        });
        self.used.extend(found);
        found.is_some()
    }
}

/// How two readings of one system compare.
#[derive(Default)]
struct Comparison {
    same: usize,
    /// One of them cannot know.
    undecided: usize,
    different: Vec<String>,
}

/// Compares two readings of one system. Of a state or an account only what was applied to moto, which lacks some things, and is
/// found there by its name.
fn compare(left: &Verdicts, right: &Verdicts, names: (&str, &str), known: &mut Known) -> Comparison {
    let mut comparison = Comparison::default();
    let places: BTreeSet<&Place> = left.keys().chain(right.keys()).collect();
    for place in places {
        let (check, kind, name) = place;
        // What is about the way one of them is written, and types that have no mapping.
        if kind == "Pilaster::Template" || kind.starts_with("aws_") {
            continue;
        }
        let told = match (left.get(place), right.get(place)) {
            (Some(left), Some(right)) if left == right => {
                comparison.same += 1;
                continue;
            }
            (Some(left), Some(right))
                if left.len() == right.len() && [left, right].iter().any(|side| side.contains(&Status::Unknown)) =>
            {
                comparison.undecided += 1;
                continue;
            }
            (None, _) | (_, None) if names.0 == "plan" => continue,
            (left, right) => format!("{} {left:?}, {} {right:?}", names.0, names.1),
        };
        if !known.covers(check, name) {
            comparison.different.push(format!("{check}  {kind} {name}: {told}"));
        }
    }
    comparison
}

const PAIRS: [(&str, &str); 5] =
    [("template", "directory"), ("template", "plan"), ("directory", "plan"), ("plan", "state"), ("plan", "account")];

/// What the document says of a family.
struct Row {
    family: String,
    types: usize,
    comparisons: Vec<Option<Comparison>>,
    differences: Vec<Difference>,
}

fn document(rows: &[Row]) -> String {
    let mut text = "# One system, whatever it is read from\n\n\
        Generated by `cargo test -p pipeline --test parity`; do not edit.\n\n\
        The same check has to come to the same verdict before a deployment and after it, in CloudFormation and in Terraform. Each family of\n\
        resources in `crates/pipeline/tests/parity` is one system that is written twice, with a sound and a flawed one of every\n\
        type: as a CloudFormation template, and as Terraform with the `aws` provider. The Terraform is read as a folder of code, as the plan\n\
        and the state that Terraform makes of it, and as the account that is left after `terraform apply` (in moto, a stand-in for AWS; what\n\
        moto lacks is left out). `cargo xtask parity` makes plans, states and accounts anew.\n\n\
        Each column compares two readings: the verdicts on which both agree, and in brackets those that one of them\n\
        cannot know and says so.\n\n"
        .to_owned();
    let heads: Vec<String> = PAIRS.iter().map(|(one, other)| format!("{one} = {other}")).collect();
    text.push_str(&format!(
        "| family | types | {} |\n| --- | ---: |{}\n",
        heads.join(" | "),
        " ---: |".repeat(heads.len())
    ));
    for row in rows {
        let cells = row.comparisons.iter().map(|comparison| match comparison {
            Some(Comparison { same, undecided: 0, .. }) => same.to_string(),
            Some(Comparison { same, undecided, .. }) => format!("{same} ({undecided})"),
            None => String::new(),
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&format!("| {} | {} | {} |\n", row.family, row.types, cells.join(" | ")));
    }
    text.push_str("\n## Verdicts that differ, and why\n\n");
    for row in rows {
        for Difference { check, resource, reason } in &row.differences {
            let whose = if resource == "*" { String::new() } else { format!(", `{resource}`") };
            text.push_str(&format!("- `{check}` ({}{whose}): {reason}\n", row.family));
        }
    }
    text
}

/// A stack is read as a gap unless its template is at hand, and then it is what is in it.
const NOT_COMPARED: [&str; 1] = ["aws_cloudformation_stack"];

/// The types that are mapped and in none of the plans.
fn types_left_out() -> Vec<String> {
    let json = |path: PathBuf| -> serde_json::Value { serde_json::from_reader(fs::File::open(path).unwrap()).unwrap() };
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sources-terraform/tests/schema/aws.json");
    let mut mapped: BTreeSet<String> = json(schema).as_object().unwrap().keys().cloned().collect();
    for folder in families() {
        let plan = json(folder.join("plan.json"));
        for change in plan["resource_changes"].as_array().unwrap() {
            mapped.remove(change["type"].as_str().unwrap());
        }
    }
    mapped.into_iter().filter(|kind| !NOT_COMPARED.contains(&kind.as_str())).collect()
}

fn main() -> ExitCode {
    // `cargo test -p pipeline --test parity -- <family>` looks at one.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut different = Vec::new();
    let mut rows = Vec::new();
    for folder in families() {
        let family = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !wanted.is_empty() && !wanted.contains(&family) {
            continue;
        }
        let mut known = Known::of(&folder);
        let (template, state) = (folder.join("template.yaml"), folder.join("state.json"));
        let readings: BTreeMap<&str, Option<Verdicts>> = BTreeMap::from([
            ("template", template.exists().then(|| of_code(&assess(template)))),
            ("directory", Some(of_code(&assess(folder.join("main.tf"))))),
            ("plan", Some(of_code(&assess(folder.join("plan.json"))))),
            ("state", state.exists().then(|| of_code(&assess(state)))),
            ("account", of_account(&folder)),
        ]);
        let mut comparisons = Vec::new();
        for (one, other) in PAIRS {
            let comparison = match (&readings[one], &readings[other]) {
                (Some(left), Some(right)) => Some(compare(left, right, (one, other), &mut known)),
                _ => None,
            };
            for line in comparison.iter().flat_map(|comparison| &comparison.different) {
                different.push(format!("{family}: {line}"));
            }
            comparisons.push(comparison);
        }
        for (number, Difference { check, resource, .. }) in known.lines.iter().enumerate() {
            if !known.used.contains(&number) {
                different.push(format!("{family}: there is no difference any more of {check} {resource}"));
            }
        }
        let plan = readings["plan"].iter().flat_map(BTreeMap::keys);
        let types: BTreeSet<&String> = plan.map(|(_, kind, _)| kind).filter(|kind| !kind.starts_with("aws_")).collect();
        let types = types.len();
        rows.push(Row { family, types, comparisons, differences: known.lines });
    }
    if wanted.is_empty() {
        different.extend(types_left_out().into_iter().map(|kind| format!("{kind} is mapped, and in no family")));
    }
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/parity-of-sources.md");
    let text = document(&rows);
    if wanted.is_empty() && different.is_empty() && fs::read_to_string(&place).ok().as_ref() != Some(&text) {
        fs::write(&place, text).unwrap();
        different.push("docs/parity-of-sources.md was stale and has been written anew".to_owned());
    }
    println!("{} differences between the sources\n{}", different.len(), different.join("\n"));
    ExitCode::from(u8::from(!different.is_empty()))
}
