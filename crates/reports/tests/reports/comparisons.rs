//! What changed, in every format.

use std::collections::BTreeMap;

use assessment::{Assessment, Comparison, Tally};
use findings::{Finding, Status};
use framework::Severity;
use model::{Gap, Outcome};
use reports::Options;
use serde_json::Value;

use crate::schemas::{assert_valid, sarif_schema};
use crate::{golden, workbook};

pub(crate) fn render(id: &str, comparison: &Comparison<'_>, options: &Options) -> String {
    let mut out = Vec::new();
    (reports::format(id).unwrap().compare)(comparison, options, &mut out).unwrap();
    workbook::text(id, out)
}

/// The findings of a check on a resource.
fn finding<'a>(assessment: &'a mut Assessment, check: &str, resource: &str) -> &'a mut Finding {
    let number = assessment.checks.iter().position(|one| one.id == check).unwrap() as u32;
    let inventory = &assessment.inventory;
    let mut found = assessment.findings.iter_mut();
    found.find(|one| one.check == number && inventory.resource(one.resource).id == resource).unwrap()
}

fn count_again(assessment: &mut Assessment) {
    for check in &mut assessment.checks {
        check.tally = Tally::default();
    }
    for finding in &assessment.findings {
        assessment.checks[finding.check as usize].tally.count(finding.status());
    }
}

pub(crate) fn before() -> Assessment {
    let mut before = golden::assessment();
    finding(&mut before, "s3_bucket_versioning", "Uploads").outcome = Outcome::Pass;
    finding(&mut before, "rds_backup_retention", "Replica").outcome = Outcome::Pass;
    count_again(&mut before);
    before
}

/// The golden assessment a week later: something of everything has changed.
pub(crate) fn after() -> Assessment {
    let mut after = golden::assessment();
    after.today = jiff::civil::date(2026, 11, 8);
    after.target.region = Some("eu-central-1".to_owned());
    after.target.parameters.pop();
    finding(&mut after, "s3_bucket_versioning", "Images").outcome = Outcome::Pass;
    finding(&mut after, "s3_bucket_versioning", "AccessLogs").waiver = None;
    finding(&mut after, "s3_bucket_versioning", "Invoices").waiver = Some(0);
    let data = after.inventory.resources.iter().position(|one| one.id == "Data").unwrap();
    let encrypted = after.findings.iter_mut().find(|one| one.resource.0 as usize == data).unwrap();
    encrypted.outcome = Outcome::Fail;
    finding(&mut after, "rds_instance_not_public", "Database").outcome = Outcome::Unknown;
    finding(&mut after, "rds_instance_not_public", "Replica").severity = Severity::Low;
    let exports = after.inventory.resources.iter_mut().find(|one| one.id == "Exports").unwrap();
    exports.id = "Archive".to_owned();
    after.inventory.gaps.pop();
    after.inventory.gaps.push(Gap::in_file("examples/shop/new.yaml", Some(1), "the file is empty"));
    count_again(&mut after);
    after
}

#[test]
fn text() {
    let (earlier, before, after) = (golden::assessment(), before(), after());
    let comparison = Comparison::with_history(&[&earlier], &before, &after);
    insta::assert_snapshot!(render("text", &comparison, &Options::default()));
}

#[test]
fn text_in_colour() {
    let (before, after) = (before(), after());
    let options = Options { color: true, width: 100, min_severity: Some(Severity::High), ..Options::default() };
    let text = render("text", &Comparison::between(&before, &after), &options);
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn markdown() {
    let (before, after) = (before(), after());
    insta::assert_snapshot!(render("markdown", &Comparison::between(&before, &after), &Options::default()));
}

#[test]
fn json() {
    let (earlier, before, after) = (golden::assessment(), before(), after());
    let comparison = Comparison::with_history(&[&earlier], &before, &after);
    insta::assert_snapshot!(render("json", &comparison, &Options::default()));
}

#[test]
fn json_is_as_its_schema_says() {
    let validator = jsonschema::validator_for(&reports::comparison_schema()).unwrap();
    let all = [before(), after(), golden::hostile()];
    for before in &all {
        for after in &all {
            let text = render("json", &Comparison::between(before, after), &Options::default());
            let document: Value = serde_json::from_str(&text).unwrap();
            let errors: Vec<String> =
                validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
    let mut wrong: Value =
        serde_json::from_str(&render("json", &Comparison::between(&all[0], &all[1]), &Options::default())).unwrap();
    wrong["changes"][0]["kind"] = "better".into();
    assert!(!validator.is_valid(&wrong));
}

/// A comparison of code that is given an account, as Security Hub wants one.
fn in_an_account(id: &str) -> String {
    let (mut before, mut after) = (before(), after());
    before.target.account = Some("111122223333".to_owned());
    after.target.account = Some("111122223333".to_owned());
    render(id, &Comparison::between(&before, &after), &Options::default())
}

#[test]
fn csv() {
    insta::assert_snapshot!(in_an_account("csv").replace('\u{feff}', "<BOM>").replace("\r\n", "<CRLF>\n"));
}

#[test]
fn github() {
    insta::assert_snapshot!(in_an_account("github"));
}

#[test]
fn junit() {
    insta::assert_snapshot!(in_an_account("junit"));
}

#[test]
fn json_lines() {
    let lines = in_an_account("json-lines");
    let all: Value = serde_json::from_str(&in_an_account("json")).unwrap();
    let changes = all["changes"].as_array().unwrap();
    assert_eq!(lines.lines().count(), changes.len());
    for (line, change) in lines.lines().zip(changes) {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let own = line.as_object_mut().unwrap();
        assert_eq!(own.remove("schema").unwrap(), "pilaster.change/1");
        assert_eq!(own.remove("before").unwrap()["date"], "2026-11-01");
        assert_eq!(own.remove("after").unwrap()["date"], "2026-11-08");
        assert_eq!(&line, change);
    }
}

#[test]
fn sarif_tells_results_from_those_before() {
    let log: Value = serde_json::from_str(&in_an_account("sarif")).unwrap();
    assert_valid(&sarif_schema(), &log);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.iter().all(|one| rules[one["ruleIndex"].as_u64().unwrap() as usize]["id"] == one["ruleId"]));
    let of = |state: &str| -> Vec<String> {
        let of_state = results.iter().filter(|one| one["baselineState"] == state);
        let name = |one: &Value| one["locations"][0]["logicalLocations"][0]["name"].as_str().unwrap().to_owned();
        of_state.map(|one| format!("{} {}", one["ruleId"].as_str().unwrap(), name(one))).collect()
    };
    insta::assert_debug_snapshot!(["new", "updated", "absent", "unchanged"].map(|state| (state, of(state))));
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("Regions differ: only before eu-west-1; only after eu-central-1"), "{told}");
}

/// What a store of findings holds that is told of every event.
fn kept(events: &str, mut store: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    for line in events.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let id = event["finding_info"]["uid"].as_str().unwrap().to_owned();
        let was = match event["activity_name"].as_str().unwrap() {
            "Close" => store.remove(&id),
            _ => store.insert(id, event["compliance"]["status"].clone()),
        };
        assert_eq!(was.is_some(), event["activity_id"] != 1, "{event}");
    }
    store
}

#[test]
fn events_bring_a_store_from_one_assessment_to_the_other() {
    let (before, mut after) = (before(), after());
    for finding in &mut after.findings {
        // As a fingerprint of what is called otherwise is another.
        if after.inventory.resource(finding.resource).id == "Archive" {
            finding.id = format!("{:020x}", 0xabc);
        }
    }
    let store = |one: &Assessment| {
        let mut out = Vec::new();
        let shown = [Status::Fail, Status::Unknown, Status::Waived].into();
        let options = Options { show: shown, ..Options::default() };
        (reports::format("ocsf").unwrap().write)(one, &options, &mut out).unwrap();
        kept(&String::from_utf8(out).unwrap(), BTreeMap::new())
    };
    let events = render("ocsf", &Comparison::between(&before, &after), &Options::default());
    let schema: Value = serde_json::from_str(include_str!("schemas/ocsf-compliance-finding-1.5.0.json")).unwrap();
    for line in events.lines() {
        assert_valid(&schema, &serde_json::from_str(line).unwrap());
    }
    let by_status = |status: &str| events.matches(&format!("\"status\":\"{status}\"")).count();
    assert_eq!((by_status("Resolved"), by_status("Archived")), (1, 1), "{events}");
    assert_eq!(kept(&events, store(&before)), store(&after));
}

#[test]
fn what_a_gap_may_hide_is_not_closed() {
    let (before, mut after) = (before(), after());
    let mut gap = Gap::in_file("examples/shop/shop.yaml", None, "the file cannot be read");
    gap.hides = vec!["AWS::S3::Bucket".to_owned()];
    after.inventory.gaps.push(gap);
    let events = render("ocsf", &Comparison::between(&before, &after), &Options::default());
    assert!(!events.contains("Archived") && events.contains("Resolved"), "{events}");
}

#[test]
fn security_hub_is_told_what_to_archive() {
    let request: Value = serde_json::from_str(&in_an_account("asff")).unwrap();
    let schema: Value = serde_json::from_str(include_str!("schemas/asff-finding.json")).unwrap();
    let findings = request["Findings"].as_array().unwrap();
    let mut archived = 0;
    for finding in findings {
        assert_valid(&schema, finding);
        assert_eq!(finding["UpdatedAt"], "2026-11-08T00:00:00.000Z");
        archived += usize::from(finding["RecordState"] == "ARCHIVED");
    }
    assert!(archived > 0 && archived < findings.len(), "{archived} of {}", findings.len());
}

#[test]
fn hostile_names_come_out_harmless() {
    let (sound, hostile) = (golden::assessment(), golden::hostile());
    for (before, after) in [(&sound, &hostile), (&hostile, &sound), (&hostile, &hostile)] {
        let comparison = Comparison::between(before, after);
        for format in reports::formats() {
            let mut text = render(format.id, &comparison, &Options { verbose: 1, ..Options::default() });
            // The format asks for these, and a spreadsheet for that.
            if format.id == "csv" {
                text = text.replace("\r\n", "\n").trim_start_matches('\u{feff}').to_owned();
            }
            let acting = |c: &char| (c.is_control() && *c != '\n') || "\u{202e}\u{200b}\u{fffe}".contains(*c);
            let harmful = text.chars().filter(acting).filter(|_| format.id != "json").count();
            assert_eq!(harmful, 0, "{}\n{text}", format.id);
        }
        let text = render("markdown", &comparison, &Options::default());
        for line in text.lines() {
            let prose = crate::hostile::outside_code(line);
            for markup in ["<script", "](http://e.example", "@all"] {
                assert!(!prose.contains(markup), "{line}");
            }
        }
    }
}

#[test]
fn markdown_fits_into_a_comment() {
    let before = golden::assessment();
    let mut after = golden::assessment();
    let (checks, findings) = (after.checks.clone(), after.findings.clone());
    for copy in 1..200_u32 {
        let shift = copy * checks.len() as u32;
        after.checks.extend(checks.iter().cloned().map(|mut check| {
            check.id = format!("{}_{copy}", check.id);
            check.claim = "word ".repeat(1_000);
            check
        }));
        after.findings.extend(findings.iter().cloned().map(|mut finding| {
            finding.check += shift;
            finding
        }));
    }
    let text = render("markdown", &Comparison::between(&before, &after), &Options::default());
    assert!(text.chars().count() < 65_536, "{}", text.len());
    assert!(text.contains("the text report has them"));
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}
