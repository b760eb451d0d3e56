//! What changed, in every format that has a form for it.

use assessment::{Assessment, Comparison, Tally};
use findings::Finding;
use framework::Severity;
use model::{Gap, Outcome};
use reports::{Format, Options};
use serde_json::Value;

use crate::{golden, workbook};

fn comparing() -> impl Iterator<Item = &'static Format> {
    reports::formats().iter().copied().filter(|format| format.compare.is_some())
}

pub(crate) fn render(id: &str, comparison: &Comparison<'_>, options: &Options) -> String {
    let mut out = Vec::new();
    reports::format(id).unwrap().compare.unwrap()(comparison, options, &mut out).unwrap();
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

#[test]
fn hostile_names_come_out_harmless() {
    let (sound, hostile) = (golden::assessment(), golden::hostile());
    for (before, after) in [(&sound, &hostile), (&hostile, &sound), (&hostile, &hostile)] {
        let comparison = Comparison::between(before, after);
        for format in comparing() {
            let text = render(format.id, &comparison, &Options { verbose: 1, ..Options::default() });
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
