//! Reports of an account: what is said of many regions is said once.

use assessment::{Assessment, Input, Target};
use findings::{Finding, Status};
use indexmap::IndexMap;
use model::{Builder, Evidence, Gap, Medium, Node, Origin, Outcome, Presence, Resource, ResourceId, Source, Value};
use reports::Options;

use crate::{golden, workbook};

const REGIONS: [&str; 9] = [
    "ap-northeast-1",
    "ap-south-1",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-2",
];

fn render(id: &str, assessment: &Assessment, options: &Options) -> String {
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, options, &mut out).unwrap();
    workbook::text(id, out)
}

fn resource(kind: &str, id: &str, account: &str, region: Option<&str>, origin: Origin) -> Resource {
    Resource {
        kind: kind.to_owned(),
        id: id.to_owned(),
        name: Some(id.to_owned()),
        arn: None,
        account: Some(account.to_owned()),
        region: region.map(str::to_owned),
        origin,
        presence: Presence::Certain,
        medium: Medium::Account,
        properties: Node::new(Value::Map(IndexMap::new()), origin),
        attributes: IndexMap::new(),
    }
}

fn call(builder: &mut Builder, operation: &str) -> Origin {
    let source = Source::Call { operation: operation.to_owned(), region: "us-east-1".to_owned() };
    Origin::new(builder.source(source), 0, 0)
}

fn finding(number: usize, resource: ResourceId, outcome: Outcome, observed: &str, origin: Origin) -> Finding {
    Finding {
        id: format!("{number:020x}"),
        check: 0,
        resource,
        outcome,
        severity: golden::ALL[0].severity(),
        evidence: vec![Evidence {
            resource,
            path: String::new(),
            observed: observed.to_owned(),
            expected: "a detector that is on".to_owned(),
            origin,
            sensitive: false,
        }],
        waiver: None,
        known: false,
        saving: None,
    }
}

/// In each account: seven regions lack something, one has it turned off, of one it is not known.
fn assessment(accounts: &[&str]) -> Assessment {
    let mut builder = Builder::new();
    let identity = call(&mut builder, "sts:GetCallerIdentity");
    let regions = call(&mut builder, "ec2:DescribeRegions");
    let mut findings = Vec::new();
    for account in accounts {
        builder.resource(resource("Pilaster::Account", account, account, None, identity));
        for (number, region) in REGIONS.iter().enumerate() {
            let id = builder.resource(resource("Pilaster::Region", region, account, Some(region), regions));
            let (outcome, observed) = match number {
                7 => (Outcome::Fail, "Enable is false"),
                8 => (Outcome::Unknown, "denied: guardduty:ListDetectors"),
                _ => (Outcome::Fail, "no detector"),
            };
            findings.push(finding(findings.len(), id, outcome, observed, regions));
        }
        let bucket = builder.resource(resource("AWS::S3::Bucket", "orders", account, Some("eu-west-1"), regions));
        findings.push(finding(findings.len(), bucket, Outcome::Fail, "no versions", regions));
        for (number, region) in REGIONS.iter().enumerate() {
            let denied = |call: &str, action: &str| Gap {
                service: Some(action.split(':').next().unwrap().to_owned()),
                account: Some((*account).to_owned()),
                region: Some((*region).to_owned()),
                call: Some(call.to_owned()),
                action: Some(action.to_owned()),
                ..Gap { file: None, ..Gap::in_file("", None, "denied") }
            };
            builder.gap(denied("ListFunctions", "lambda:ListFunctions"));
            if number < 2 {
                builder.gap(denied("DescribeTrails", "cloudtrail:DescribeTrails"));
            }
        }
    }
    Assessment::new(Input {
        version: "0.1.0".to_owned(),
        today: jiff::civil::date(2026, 11, 1),
        target: Target { paths: Vec::new(), parameters: Vec::new(), account: Some(accounts.join(", ")), region: None },
        inventory: builder.build(),
        checks: vec![(golden::ALL[0], golden::ALL[0].severity())],
        findings,
        waivers: Vec::new(),
        waiver_problems: Vec::new(),
        has_baseline: false,
    })
}

#[test]
fn text_of_an_account() {
    insta::assert_snapshot!(render("text", &assessment(&["111122223333"]), &Options::default()));
}

#[test]
fn markdown_of_an_account() {
    insta::assert_snapshot!(render("markdown", &assessment(&["111122223333"]), &Options::default()));
}

#[test]
fn every_region_is_named_on_demand() {
    let text = render("text", &assessment(&["111122223333"]), &Options { verbose: 1, ..Options::default() });
    assert!(!text.contains("more"), "{text}");
    assert!(REGIONS.iter().all(|region| text.contains(region)));
}

#[test]
fn regions_of_two_accounts_are_told_apart() {
    let text = render("text", &assessment(&["111122223333", "444455556666"]), &Options::default());
    for account in ["111122223333", "444455556666"] {
        let row = format!("{account}, 7 regions: ap-northeast-1");
        assert_eq!(text.matches(&row).count(), 1, "{text}");
    }
    assert!(text.contains("2 accounts, 18 regions, 2 operations"), "{text}");
}

#[test]
fn json_keeps_each_finding_and_gap() {
    let json: serde_json::Value =
        serde_json::from_str(&render("json", &assessment(&["111122223333"]), &Options::default())).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 10);
    assert_eq!(json["gaps"].as_array().unwrap().len(), 11);
    let fails = |entry: &&serde_json::Value| entry["status"] == Status::Fail.id();
    assert_eq!(json["findings"].as_array().unwrap().iter().filter(fails).count(), 9);
}
