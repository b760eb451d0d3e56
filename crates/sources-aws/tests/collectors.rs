//! What holds for every collector.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use aws_wire::{Call, Pages, Protocol};
use model::Inventory;
use serde_json::json;
use sources_aws::{CellState, Stop, collectors};
use support::{found, parameter, scanned_in, scanned_with};
use testbed::cloud::{Asked, Reply};

/// The file of every collector, by its name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/collectors");
    let files = fs::read_dir(folder).expect("the collectors").map(|file| file.expect("a file").path());
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut files: Vec<_> = files.map(|path| (name(&path), fs::read_to_string(&path).expect("text"))).collect();
    files.retain(|(name, _)| name != "mod");
    files.sort();
    files
}

#[test]
fn every_file_says_what_it_reads() {
    for (name, text) in files() {
        let first = text.lines().next().unwrap_or_default();
        let said = first.strip_prefix("//! ").unwrap_or_default();
        assert!(said.len() > 10, "{name}: {first}");
    }
}

/// In other partitions, ARNs begin in other ways.
#[test]
fn no_arn_is_taken_to_be_of_one_partition() {
    for (name, text) in files() {
        assert!(!text.contains("\"arn:aws:"), "{name}: use `Run::arn` or `Run::partition`");
    }
}

#[test]
fn every_call_is_declared_as_its_protocol_and_its_permission_want() {
    for collector in collectors() {
        let mut operations = BTreeSet::new();
        for call in collector.calls {
            let what = format!("{}: {}", collector.name, call.operation);
            assert!(operations.insert((call.service.endpoint, call.operation, call.path)), "{what}: declared twice");
            let (prefix, action) = call.action.split_once(':').expect("a prefix");
            assert_eq!(prefix, prefix_of(call.service.signing), "{what}");
            // Amazon API Gateway has permissions for methods, AWS Budgets one for all, and Amazon S3 older names.
            if !["apigateway", "budgets", "s3"].contains(&prefix) {
                assert_eq!(action, call.operation, "{what}");
            }
            let reads = READING.iter().any(|verb| call.operation.starts_with(verb));
            assert!(reads || call.operation == "GenerateCredentialReport", "{what}");
            match call.service.protocol {
                Protocol::RestJson | Protocol::RestXml { .. } => {
                    let (method, path) = call.path.split_once(' ').expect("a method and a path");
                    assert!(["GET", "POST"].contains(&method) && path.contains('/'), "{what}");
                }
                _ => assert_eq!(call.path, "", "{what}"),
            }
            if let Pages::Token { answer, parameter } = call.pages {
                assert!(!answer.is_empty() && !parameter.is_empty() && !answer.split('.').any(str::is_empty), "{what}");
            }
            assert!(call.yields.iter().all(|kind| kind.contains("::")), "{what}: {:?}", call.yields);
            assert!(call.unset.iter().all(|code| !code.is_empty()), "{what}");
        }
    }
}

/// What operations that read begin with.
const READING: [&str; 8] = ["BatchGet", "Check", "Describe", "Filter", "Get", "List", "Lookup", "Search"];

/// The prefix of a service's permissions: the name its calls are signed for, but for these (Service
/// Authorization Reference).
fn prefix_of(signing: &str) -> &str {
    match signing {
        "monitoring" => "cloudwatch",
        "tagging" => "tag",
        signing => signing,
    }
}

#[test]
fn collectors_are_named_as_their_files() {
    let names: Vec<String> = collectors().iter().map(|collector| collector.name.to_owned()).collect();
    assert_eq!(names, files().into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}

/// An answer in the protocol of what is asked that holds nothing.
fn nothing(asked: &Asked) -> Reply {
    match (asked.operation(), parameter(asked, "Action"), speaks_xml(asked)) {
        ("", "", true) => Reply::Answer(200, "<Answer><RequestId>1</RequestId></Answer>".to_owned()),
        (_, "", _) => Reply::json(json!({})),
        (_, name, _) => {
            Reply::Answer(200, format!("<{name}Response><{name}Result/><requestId>1</requestId></{name}Response>"))
        }
    }
}

/// Whether a request goes to a service whose answers are XML.
fn speaks_xml(asked: &Asked) -> bool {
    let service = asked.headers.get("authorization").and_then(|signature| signature.split('/').nth(3));
    let calls = || collectors().iter().flat_map(|collector| collector.calls);
    let of_service = |name: &str| calls().find(|call| call.service.signing == name).map(|call| call.service.protocol);
    let protocol = service.and_then(of_service);
    !matches!(protocol, None | Some(Protocol::Json { .. } | Protocol::RestJson))
}

/// The types that were found, but for those that every account or region has.
fn kinds(inventory: &Inventory) -> Vec<&str> {
    let kinds = found(inventory).into_iter().map(|found| found.kind.as_str());
    kinds.filter(|kind| !kind.starts_with("Pilaster::") && !SETTINGS.contains(kind)).collect()
}

#[tokio::test]
async fn where_there_is_nothing_nothing_is_found() {
    let (inventory, states) = scanned_with(&Stop::default(), |_| true, &["us-east-1"], nothing).await;
    assert!(kinds(&inventory).is_empty() && inventory.gaps.is_empty(), "{:?} {:?}", kinds(&inventory), inventory.gaps);
    assert_eq!(states.len(), collectors().len());
    let other: Vec<_> = states.iter().filter(|(_, state)| *state != CellState::Done).collect();
    assert!(other.is_empty(), "{other:?}");
}

/// What CloudFormation has types for and every account or region has.
const SETTINGS: [&str; 1] = ["AWS::EC2::SnapshotBlockPublicAccess"];

#[tokio::test]
async fn what_cannot_be_read_is_a_gap() {
    for body in [
        "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>",
        "<html><body><p>Sign in</p></body></html>",
        "{\"Items\": [{\"Id\": ",
        "<Answer><Items><member>",
        "null",
        "[]",
        "7",
        "<Answer>7</Answer>",
        "\u{0}\u{1}",
    ] {
        let garbage = move |_: &Asked| Reply::Answer(200, body.to_owned());
        let (inventory, states) = scanned_with(&Stop::default(), |_| true, &["us-east-1"], garbage).await;
        assert!(kinds(&inventory).is_empty(), "{:?} in {body}", kinds(&inventory));
        // A cell that failed has a gap that says why.
        assert!(inventory.gaps.len() >= collectors().len(), "{} gaps in {body}", inventory.gaps.len());
        let other: Vec<_> = states.iter().filter(|(_, state)| *state != CellState::Failed).collect();
        assert!(other.is_empty(), "{body} was an answer to {other:?}");
    }
}

/// A number wherever a collector looks for a list or a structure.
#[tokio::test]
async fn numbers_in_the_place_of_lists_are_gaps() {
    let mut wrong = Vec::new();
    for (name, text) in files() {
        let collector = collectors().iter().find(|collector| collector.name == name).expect("the collector");
        let is_json = |call: &&Call| matches!(call.service.protocol, Protocol::Json { .. } | Protocol::RestJson);
        if !collector.calls.iter().any(is_json) {
            continue;
        }
        let token = |call: &&Call| match call.pages {
            Pages::Token { answer, .. } => Some(answer),
            Pages::One => None,
        };
        let tokens: Vec<&str> = collector.calls.iter().filter_map(token).collect();
        let quoted = text.split('"').skip(1).step_by(2);
        let paths = quoted.filter(|path| path.chars().all(|c| c.is_ascii_alphanumeric()) && !tokens.contains(path));
        let answer: serde_json::Map<_, _> = paths.map(|path| (path.to_owned(), json!(7))).collect();
        let body = serde_json::Value::Object(answer).to_string();
        let (inventory, _) =
            scanned_in(collector.name, &["us-east-1"], move |_| Reply::Answer(200, body.clone())).await;
        let found: Vec<&str> = found(&inventory).into_iter().map(|found| found.kind.as_str()).collect();
        if found.iter().any(|kind| !kind.starts_with("Pilaster::")) || (inventory.gaps.is_empty() && found.is_empty()) {
            wrong.push(format!("{name} found {found:?}, and has {} gaps", inventory.gaps.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
