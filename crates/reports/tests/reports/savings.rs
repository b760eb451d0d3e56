//! What may be saved, in every format that says so.

use assessment::{Assessment, Input, Target};
use findings::{Check, Effort, Finding, Need, Saving, SavingSource};
use framework::{Severity, practices};
use indexmap::IndexMap;
use model::{Builder, Evidence, Medium, Node, Origin, Outcome, Presence, Resource, Source, Value};
use pricing::Usd;
use reports::Options;

use crate::{golden, workbook};

static IDLE: Check = golden::check(
    "ec2_instance_idle",
    "checks::ec2::instance_idle",
    "Instances have something to do\n\nThey are charged anyway.\n\n## Fix\nTerminate them.",
    &[practices::COST04_BP03],
    Severity::Medium,
    Effort::Small,
    &[Need::Testing],
);

static OVERSIZED: Check = golden::check(
    "rds_oversized",
    "checks::rds::oversized",
    "Databases are as large as they have to be\n\nTwice as large costs twice as much.\n\n## Fix\nTake a smaller class.",
    &[practices::COST06_BP02],
    Severity::Medium,
    Effort::Medium,
    &[Need::Downtime],
);

static GRAVITON: Check = saving(golden::check(
    "ec2_instance_graviton_candidate",
    "checks::ec2::instance_graviton_candidate",
    "Instances run on Graviton\n\nIt costs less.\n\n## Fix\nChange the type.",
    &[practices::COST06_BP02],
    Severity::Low,
    Effort::Medium,
    &[],
));

/// One that tells what ending its failures would save.
const fn saving(check: Check) -> Check {
    Check { saves: Some(|_, _, _| None), ..check }
}

/// Two instances that are idle and candidates for Graviton, the second waived in part, a third candidate whose size is not
/// known, and a database.
pub(crate) fn assessment(basis: &str) -> Assessment {
    let mut builder = Builder::new();
    let mut findings = Vec::new();
    let checks = [&GRAVITON, &IDLE, &OVERSIZED];
    for (id, kind, said) in [
        ("i-1", "AWS::EC2::Instance", vec![(0, Some(1051)), (1, Some(7008))]),
        ("i-2", "AWS::EC2::Instance", vec![(0, Some(1051)), (1, Some(7008))]),
        ("i-3", "AWS::EC2::Instance", vec![(0, None)]),
        ("orders", "AWS::RDS::DBInstance", vec![(2, Some(123_456))]),
    ] {
        let source = Source::Call { operation: "ec2:DescribeInstances".to_owned(), region: "eu-west-1".to_owned() };
        let origin = Origin::new(builder.source(source), 0, 0);
        let resource = builder.resource(Resource {
            kind: kind.to_owned(),
            id: id.to_owned(),
            name: Some(id.to_owned()),
            arn: None,
            account: Some("111122223333".to_owned()),
            region: Some("eu-west-1".to_owned()),
            origin,
            presence: Presence::Certain,
            medium: Medium::Account,
            properties: Node::new(Value::Map(IndexMap::new()), origin),
            attributes: IndexMap::new(),
        });
        for (check, cents) in said {
            let source = if check == 2 { SavingSource::ComputeOptimizer } else { SavingSource::ListPrice };
            findings.push(Finding {
                id: format!("{:020x}", findings.len() + 1),
                check,
                resource,
                outcome: Outcome::Fail,
                severity: checks[check as usize].severity(),
                evidence: vec![Evidence {
                    resource,
                    path: "InstanceType".to_owned(),
                    observed: "m6i.large".to_owned(),
                    expected: "something that costs less".to_owned(),
                    origin,
                    sensitive: false,
                }],
                waiver: (id == "i-2" && check == 1).then_some(0),
                known: false,
                saving: cents.and_then(|cents| Saving::new(Usd::from_cents(cents), basis.to_owned(), source)),
            });
        }
    }
    findings.sort_by_key(|finding| (finding.check, finding.resource));
    Assessment::new(Input {
        version: "0.1.0".to_owned(),
        today: jiff::civil::date(2026, 11, 1),
        target: Target {
            paths: Vec::new(),
            parameters: Vec::new(),
            account: Some("111122223333".to_owned()),
            region: None,
        },
        inventory: builder.build(),
        checks: checks.map(|check| (check, check.severity())).to_vec(),
        findings,
        waivers: vec![findings::Waiver {
            check: "ec2_instance_idle".to_owned(),
            scope: findings::WaiverScope::Pattern { resource: Some("i-2".to_owned()), tag: None },
            reason: "it waits for a fire".to_owned(),
            owner: None,
            until: None,
            place: "pilaster.toml:4".to_owned(),
        }],
        waiver_problems: Vec::new(),
        has_baseline: false,
    })
}

fn render(id: &str, assessment: &Assessment, verbose: u8) -> String {
    let mut out = Vec::new();
    let options = Options { verbose, ..Options::default() };
    (reports::format(id).unwrap().write)(assessment, &options, &mut out).unwrap();
    workbook::text(id, out)
}

const BASIS: &str = "m6i.large at 0.096 USD an hour, less m7g.large at 0.0816 USD an hour";
/// 1,234.56 of the database, 70.08 of the first instance, and of the second only what is not waived.
const TOTAL: &str = "1,315.15";

#[test]
fn text() {
    insta::assert_snapshot!(render("text", &assessment(BASIS), 1));
}

#[test]
fn page() {
    let page = render("html", &assessment(BASIS), 0);
    let (_, section) = page.split_once("<section id=\"savings\"").unwrap();
    insta::assert_snapshot!(section.split("</section>").next().unwrap().replace("><", ">\n<"));
    let leads = |page: &str| page.contains("<a href=\"#savings\">");
    assert!(leads(&page) && !leads(&render("html", &golden::assessment(), 0)));
}

#[test]
fn sheet() {
    let sheets = workbook::sheets_of(&assessment(BASIS));
    let (_, rows) = sheets.iter().find(|(name, _)| name == "Savings").unwrap();
    insta::assert_snapshot!(rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
    let counted: f64 = rows[1..].iter().filter(|row| row.len() == 12).map(|row| row[2].parse::<f64>().unwrap()).sum();
    assert_eq!(format!("{counted:.2}"), TOTAL.replace(',', ""));
}

#[test]
fn bars_are_rounded_to_the_dollar() {
    // 1,234.56, 70.08 and 10.51.
    let page = render("html", &assessment(BASIS), 0);
    for wanted in ["rds 1235, ec2 81.", "small 70, medium 1245, large 0."] {
        assert!(page.contains(wanted), "{wanted}");
    }
}

#[test]
fn code_is_named_by_its_line() {
    let mut assessment = assessment(BASIS);
    for source in &mut assessment.inventory.sources {
        *source = Source::File { path: "shop.yaml".to_owned(), text: None };
    }
    let page = render("html", &assessment, 0);
    assert!(page.contains("data-label=\"Where\">111122223333, eu-west-1, shop.yaml:1</td>"), "{page}");
    let sheets = workbook::sheets_of(&assessment);
    let (_, rows) = sheets.iter().find(|(name, _)| name == "Savings").unwrap();
    assert!(rows[1..].iter().all(|row| row.iter().any(|cell| cell == "shop.yaml:1")), "{rows:?}");
}

#[test]
fn every_format_has_the_same_total() {
    let assessment = assessment(BASIS);
    for format in ["text", "markdown"] {
        let text = render(format, &assessment, 0).replace('\n', " ");
        assert!(text.contains(&format!("{TOTAL} USD a month on 3 resources")), "{format}: {text}");
        assert!(text.contains("of several failures on one resource only the largest counts"), "{format}: {text}");
        assert!(text.contains("1 more failure without a figure"), "{format}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&render("json", &assessment, 0)).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json["savings"]).unwrap());
    assert_eq!(json["savings"]["monthly_savings_usd"], 1315.15);
    let with_a_figure = |finding: &&serde_json::Value| finding.get("monthly_savings_usd").is_some();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.iter().filter(with_a_figure).count(), 5);
    let counted = findings.iter().filter(|finding| finding["savings_counted"] == true);
    let sum: f64 = counted.map(|finding| finding["monthly_savings_usd"].as_f64().unwrap()).sum();
    assert_eq!(format!("{sum:.2}"), TOTAL.replace(',', ""));
    let lines = render("json-lines", &assessment, 0);
    assert_eq!(lines.matches("\"savings_counted\":true").count(), 3);
}

#[test]
fn every_finding_carries_its_figure() {
    let assessment = assessment(BASIS);
    for (format, wanted) in [
        ("json-lines", "\"monthly_savings_usd\":1234.56,\"savings_basis\":\"m6i.large"),
        ("csv", "1234.56,\"m6i.large at 0.096 USD an hour, less"),
        ("sarif", "\"monthlySavingsUsd\": 1234.56"),
        ("ocsf", "\"monthly_savings_usd\":1234.56"),
        ("asff", "\"pilaster/monthly-savings-usd\":\"1234.56\""),
        ("html", "Saves 1,234.56 USD a month: m6i.large"),
    ] {
        let text = render(format, &assessment, 0);
        assert!(text.contains(wanted), "{format}: {text}");
    }
}

#[test]
fn what_a_figure_is_computed_from_may_be_hostile() {
    let assessment = assessment(golden::HOSTILE);
    let plain = self::assessment(BASIS);
    for format in reports::formats() {
        let text = render(format.id, &assessment, 1);
        // JSON escapes what is below the blank, and hands on the rest for programs to judge.
        let hides = format.id != "json" && text.contains('\u{202e}');
        assert!(!text.contains("\u{1b}[31m") && !hides, "{}", format.id);
        // Markup of others opens no element that would not be there otherwise.
        if ["html", "xlsx", "junit"].contains(&format.id) {
            let scripts = |text: &str| text.matches("<script").count();
            assert_eq!(scripts(&text), scripts(&render(format.id, &plain, 1)), "{}", format.id);
        }
    }
}
