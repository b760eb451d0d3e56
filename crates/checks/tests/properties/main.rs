//! Every property that a view reads is one that CloudFormation knows.
//!
//! A name that is spelt wrongly reads as unset, in silence. `known.txt` lists what the views read and the schemas of
//! CloudFormation confirm. To bring it up to date, unpack
//! <https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip> and run
//! `SCHEMAS=<folder> cargo test -p checks --test properties -- --ignored`.

mod schema;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use schema::Places;
use source::{Reading, View};

/// Views that are made by hand, and where: those of several types with the same properties in different places.
const MADE_BY_HAND: [(&str, &str, &str, &str); 9] = [
    ("AWS::AutoScaling::LaunchConfiguration", "", "views/ec2.rs", "Launch"),
    ("AWS::EC2::Instance", "", "views/ec2.rs", "Launch"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateData", "views/ec2.rs", "Launch"),
    ("AWS::EC2::SecurityGroupIngress", "", "views/security_group.rs", "Rule"),
    ("AWS::EC2::Volume", "", "views/ec2.rs", "EbsDevice"),
    ("AWS::DynamoDB::Table", "", "views/dynamodb.rs", "Replica"),
    ("AWS::DynamoDB::GlobalTable", "", "views/dynamodb.rs", "Table"),
    ("AWS::Route53::RecordSet", "", "route53/failover_health_checks.rs", "Record"),
    ("AWS::Route53::RecordSetGroup", "", "route53/failover_health_checks.rs", "RecordGroup"),
];

/// Views of what no schema tells the inside of: policies, definitions of workflows, the template itself.
const DOCUMENTS: [(&str, &str); 7] = [
    ("cloudformation/no_plaintext_secrets.rs", "Parameter"),
    ("cloudformation/no_plaintext_secrets.rs", "Template"),
    ("policy.rs", "Policy"),
    ("policy.rs", "Statement"),
    ("views/stepfunctions.rs", "Retrier"),
    ("views/stepfunctions.rs", "States"),
    ("views/stepfunctions.rs", "Step"),
];

type Views = BTreeMap<(String, String), View>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn line(view: &View, path: &str) -> String {
    format!("{} {} {path}", view.file, view.name)
}

/// Whether CloudFormation has none of a view's types.
fn is_foreign(view: &View) -> bool {
    !view.kinds.is_empty() && view.kinds.iter().all(|kind| kind.starts_with("Pilaster::"))
}

/// The parts that are read only of what no schema tells of: of foreign types, and of what is observed.
fn foreign_parts(views: &Views) -> BTreeSet<(&str, &str)> {
    let (mut foreign, mut described) = (BTreeSet::new(), BTreeSet::new());
    for view in views.values() {
        view.observed.iter().for_each(|field| parts(views, view, &field.reading, &mut foreign));
        let found = if is_foreign(view) { &mut foreign } else { &mut described };
        if !view.kinds.is_empty() {
            view.fields.iter().for_each(|field| parts(views, view, &field.reading, found));
        }
    }
    foreign.difference(&described).copied().collect()
}

/// Adds the part that a field is read as, and those within it.
fn parts<'v>(views: &'v Views, from: &View, reading: &Reading, found: &mut BTreeSet<(&'v str, &'v str)>) {
    match reading {
        Reading::Leaf => {}
        Reading::List(inner) | Reading::Entries(inner) => parts(views, from, inner, found),
        Reading::View(name) => {
            let Some(part) = named(views, from, name) else { return };
            if found.insert((&part.file, &part.name)) {
                part.fields.iter().for_each(|field| parts(views, part, &field.reading, found));
            }
        }
    }
}

/// A line for everything that is read.
fn read(views: &Views) -> BTreeSet<String> {
    let is_document = |view: &View| DOCUMENTS.contains(&(view.file.as_str(), view.name.as_str()));
    let foreign = foreign_parts(views);
    let is_described = |view: &&View| {
        !is_document(view) && !is_foreign(view) && !foreign.contains(&(view.file.as_str(), view.name.as_str()))
    };
    let described = views.values().filter(is_described);
    described.flat_map(|view| view.fields.iter().map(|field| line(view, &field.path))).collect()
}

#[test]
fn every_property_is_known() {
    let known = fs::read_to_string(folder().join("tests/properties/known.txt")).expect("known.txt");
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    let read = read(&source::views(&folder().join("src")));
    assert!(read.len() > 400, "{} properties were found", read.len());
    let unknown: Vec<&String> = read.difference(&known).collect();
    assert!(unknown.is_empty(), "not confirmed by the schemas, see the head of this test: {unknown:#?}");
    let stale: Vec<&String> = known.difference(&read).collect();
    assert!(stale.is_empty(), "no longer read, remove from known.txt: {stale:#?}");
}

#[test]
#[ignore = "needs the schemas of CloudFormation: SCHEMAS=<folder>"]
#[expect(clippy::disallowed_methods, reason = "SCHEMAS tells where the schemas were unpacked to")]
fn known_properties_are_those_of_the_schemas() {
    let schemas = schema::read(Path::new(&std::env::var("SCHEMAS").expect("SCHEMAS=<folder>")));
    let views = source::views(&folder().join("src"));
    let mut confirmed = BTreeSet::new();
    for view in views.values() {
        for schema in view.kinds.iter().filter_map(|kind| schemas.get(kind)) {
            confirm(&views, view, &Places::root(schema), &mut confirmed, 0);
        }
    }
    for (kind, place, file, name) in MADE_BY_HAND {
        let root = Places::root(schemas.get(kind).expect(kind));
        let places = if place.is_empty() { Some(root) } else { root.property(place) };
        let view = views.get(&(file.to_owned(), name.to_owned())).expect(name);
        confirm(&views, view, &places.expect(place), &mut confirmed, 0);
    }
    let read = read(&views);
    let wrong: Vec<&String> = read.difference(&confirmed).collect();
    assert!(wrong.is_empty(), "in no schema of their types: {wrong:#?}");
    let text: String = read.iter().map(|line| format!("{line}\n")).collect();
    fs::write(folder().join("tests/properties/known.txt"), text).expect("known.txt");
}

/// Adds what a view reads at `places` and the schema has there.
fn confirm(views: &Views, view: &View, places: &Places<'_>, confirmed: &mut BTreeSet<String>, depth: usize) {
    if depth > 16 {
        return;
    }
    for field in &view.fields {
        let found = field.path.split('.').try_fold(places.clone(), |places, name| places.property(name));
        let Some(found) = found else { continue };
        if let Some((within, inner)) = inside(&field.reading, found) {
            confirmed.insert(line(view, &field.path));
            if let Some(name) = inner
                && let Some(inner) = named(views, view, name)
            {
                confirm(views, inner, &within, confirmed, depth + 1);
            }
        }
    }
}

/// What lists and maps are of, and the view it is read by; none where the schema has no list or map.
fn inside<'a, 'r>(reading: &'r Reading, places: Places<'a>) -> Option<(Places<'a>, Option<&'r str>)> {
    match reading {
        Reading::Leaf => Some((places, None)),
        // A single value may stand where a list is read.
        Reading::List(inner) => inside(inner, places.items().unwrap_or(places)),
        Reading::Entries(inner) => inside(inner, places.values()?),
        Reading::View(name) => Some((places, Some(name))),
    }
}

/// The view of a name as a file sees it: its own, or the one of another file.
fn named<'a>(views: &'a Views, from: &View, name: &str) -> Option<&'a View> {
    let own = views.get(&(from.file.clone(), name.to_owned()));
    own.or_else(|| {
        let service = from.file.split('/').next()?;
        let mut others = views.values().filter(|view| view.name == name);
        let shared = views.get(&(format!("views/{service}.rs"), name.to_owned()));
        shared.or_else(|| others.next())
    })
}
