//! Every format, rendered from the same assessment.

use crate::{golden, workbook};
use assessment::Assessment;
use findings::Status;
use reports::{Base, Options};

fn render(id: &str, assessment: &Assessment, options: &Options) -> String {
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, options, &mut out).unwrap();
    workbook::text(id, out)
}

fn wide(width: usize) -> Options {
    Options { width, ..Options::default() }
}

fn everything() -> Options {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), verbose: 1, ..Options::default() }
}

#[test]
fn text_at_80_columns() {
    insta::assert_snapshot!(render("text", &golden::assessment(), &wide(80)));
}

#[test]
fn text_at_120_columns() {
    insta::assert_snapshot!(render("text", &golden::assessment(), &wide(120)));
}

#[test]
fn text_in_colour() {
    let options = Options { color: true, ..wide(100) };
    insta::assert_snapshot!(render("text", &golden::assessment(), &options).replace('\u{1b}', "␛"));
}

#[test]
fn text_with_everything() {
    insta::assert_snapshot!(render("text", &golden::assessment(), &everything()));
}

#[test]
fn json() {
    let json = render("json", &golden::assessment(), &Options::default());
    // Practices and questions are as many as the framework has; those that were assessed say enough.
    let mut document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let assessed = |entry: &serde_json::Value| entry["practices_assessed"] != 0 && entry["verdict"] != "not_assessed";
    for list in ["questions", "best_practices"] {
        document[list].as_array_mut().unwrap().retain(assessed);
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render("markdown", &golden::assessment(), &Options::default()));
}

#[test]
fn sarif() {
    let base = Base { root: "/home/me/shop".to_owned(), folder: "/home/me/shop/infra".to_owned() };
    let options = Options { base: Some(base), ..Options::default() };
    insta::assert_snapshot!(render("sarif", &golden::assessment(), &options));
}

#[test]
fn junit() {
    insta::assert_snapshot!(render("junit", &golden::assessment(), &Options::default()));
}

/// The golden assessment, given an account.
fn in_an_account() -> Assessment {
    let mut assessment = golden::assessment();
    assessment.target.account = Some("111122223333".to_owned());
    assessment
}

fn in_the_repository() -> Options {
    let base = Base { root: "/home/me/shop".to_owned(), folder: "/home/me/shop/infra".to_owned() };
    Options { base: Some(base), ..Options::default() }
}

#[test]
fn csv() {
    insta::assert_snapshot!(render("csv", &golden::assessment(), &Options::default()).replace("\r\n", "\n"));
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(render("json-lines", &golden::assessment(), &Options::default()));
}

#[test]
fn ocsf() {
    insta::assert_snapshot!(render("ocsf", &in_an_account(), &Options::default()));
}

#[test]
fn asff() {
    let text = render("asff", &in_an_account(), &Options::default());
    let request: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(request["Findings"].as_array().unwrap().len(), 14);
    insta::assert_snapshot!(text);
}

#[test]
fn github() {
    insta::assert_snapshot!(render("github", &golden::assessment(), &in_the_repository()));
}

#[test]
fn asff_counts_what_names_no_account() {
    let text = render("asff", &golden::assessment(), &Options::default());
    let request: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(request["Findings"].as_array().unwrap().is_empty());
    assert_eq!(request["LeftOut"]["Count"], 14);
    assert!(text.contains("--account and --region"));
}

#[test]
fn piped_text_is_ascii_and_stays_on_the_page() {
    for width in [80, 100, 120] {
        let text = render("text", &golden::assessment(), &wide(width));
        assert!(text.is_ascii());
        for line in text.lines() {
            assert!(line.len() <= width, "{} columns at {width}: {line}", line.len());
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn no_format_shows_a_secret() {
    for format in reports::formats() {
        let text = render(format.id, &golden::assessment(), &everything());
        assert!(!text.contains("Harvest"), "{}", format.id);
    }
}

#[test]
fn what_the_baseline_has_is_counted_and_not_listed() {
    for format in reports::formats() {
        let assessment = golden::assessment();
        let known = assessment.findings.iter().find(|finding| finding.known).unwrap();
        let text = render(format.id, &assessment, &everything());
        assert!(!text.contains(&known.id), "{}", format.id);
    }
    assert!(render("text", &golden::assessment(), &wide(80)).contains("1 finding is in the baseline"));
}

#[test]
fn severity_and_status_choose_what_is_listed() {
    let high = Options { min_severity: Some(framework::Severity::High), ..Options::default() };
    let failures = Options { show: [Status::Fail].into(), ..Options::default() };
    for format in ["text", "json", "json-lines", "markdown", "sarif", "csv", "ocsf", "asff", "github"] {
        let all = render(format, &in_an_account(), &Options::default());
        assert!(all.contains("Invoices") || format == "markdown", "{format}");
        let high = render(format, &in_an_account(), &high);
        assert!(!high.contains("Invoices"), "{format}");
        let failures = render(format, &in_an_account(), &failures);
        assert!(!failures.contains("Scratch"), "{format}");
        assert!(!failures.contains("expire after 90 days"), "{format}");
    }
    let junit = render("junit", &golden::assessment(), &high);
    assert!(junit.contains("fails, below high"));
}

#[test]
fn an_artefact_renders_without_the_code() {
    let mut stored = Vec::new();
    // Security Hub takes nothing without an account.
    in_an_account().save(&mut stored).unwrap();
    let loaded = Assessment::load(stored.as_slice()).unwrap();
    for format in reports::formats() {
        let text = render(format.id, &loaded, &everything());
        // Those who decide are told in words, and these on as many lines as there is room for.
        let claim = "RDSinstanceskeepautomatedbackups";
        let words: String = text.split_whitespace().collect();
        assert!(text.contains("rds_backup_retention") || words.contains(claim), "{}\n{text}", format.id);
    }
    let text = render("text", &loaded, &wide(80));
    assert!(text.contains("BackupRetentionPeriod is 0; expected at least 7"), "{text}");
}

#[test]
fn markdown_fits_into_a_comment() {
    let mut assessment = golden::assessment();
    let (checks, findings) = (assessment.checks.clone(), assessment.findings.clone());
    for copy in 1..60_u32 {
        let shift = copy * checks.len() as u32;
        assessment.checks.extend(checks.iter().cloned());
        assessment.findings.extend(findings.iter().cloned().map(|mut finding| {
            finding.check += shift;
            finding
        }));
    }
    let text = render("markdown", &assessment, &Options::default());
    assert!(text.chars().count() < 65_536, "{}", text.len());
    assert!(text.contains("would make this too long"));
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}
