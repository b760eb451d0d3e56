//! An assessment of a large estate, through every format.

use crate::{comparisons, golden, workbook};
use assessment::{Assessment, Comparison};
use findings::Finding;
use model::Outcome;
use reports::Options;

const FINDINGS: usize = 20_000;

/// The golden assessment with its findings over and over, in the order of checks.
fn assessment(findings: usize) -> Assessment {
    let mut assessment = golden::assessment();
    assessment.target.account = Some("111122223333".to_owned());
    let once: Vec<Finding> = assessment.findings.iter().filter(|finding| finding.is_new()).cloned().collect();
    assessment.findings = (0..findings)
        .map(|number| Finding { id: format!("{number:020x}"), ..once[number * once.len() / findings].clone() })
        .collect();
    assessment
}

fn render(id: &str, assessment: &Assessment) -> String {
    use findings::Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    let options = Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), ..Options::default() };
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, &options, &mut out).unwrap();
    workbook::text(id, out)
}

#[test]
fn every_format_takes_twenty_thousand_findings() {
    let (few, many) = (assessment(FINDINGS / 10), assessment(FINDINGS));
    for format in reports::formats() {
        let (short, long) = (render(format.id, &few), render(format.id, &many));
        assert!(long.len() < short.len() * 12, "{}", format.id);
        let number = match format.id {
            "json-lines" | "ocsf" => long.lines().count(),
            "csv" => long.lines().count() - 1 - many.inventory.gaps.len(),
            // The other sheets are the same.
            "xlsx" => FINDINGS / 10 + long.matches("<row ").count() - short.matches("<row ").count(),
            "asff" => long.matches("{\"SchemaVersion\"").count(),
            _ => continue,
        };
        assert_eq!(number, FINDINGS, "{}", format.id);
    }
}

#[test]
fn every_format_takes_twenty_thousand_changes() {
    let after = golden::large(FINDINGS);
    let mut before = golden::large(FINDINGS);
    before.findings.iter_mut().for_each(|finding| finding.outcome = Outcome::Pass);
    let comparison = Comparison::between(&before, &after);
    assert_eq!(comparison.changes.len(), FINDINGS);
    for format in reports::formats() {
        let text = comparisons::render(format.id, &comparison, &Options::default());
        let number = match format.id {
            "json-lines" | "ocsf" => text.lines().count(),
            "csv" => text.lines().count() - 1,
            "asff" => text.matches("{\"SchemaVersion\"").count(),
            "sarif" => text.matches("\"baselineState\": \"new\"").count(),
            "junit" => text.matches("<testcase ").count(),
            "json" => text.matches("\"fails_anew\"").count(),
            // Beside the table there are the summary and the header.
            "xlsx" if text.matches("<row ").count() > FINDINGS => continue,
            _ => {
                // What has a limit is far below it, and a page keeps them as data.
                assert!(text.len() < 3_000_000, "{}: {}", format.id, text.len());
                continue;
            }
        };
        assert_eq!(number, FINDINGS, "{}", format.id);
    }
    assert!(comparisons::render("markdown", &comparison, &Options::default()).len() < 65_536);
    let annotations = comparisons::render("github", &comparison, &Options::default());
    assert!((1..=30).contains(&annotations.lines().count()), "{}", annotations.lines().count());
}

#[test]
fn a_comment_and_its_annotations_stay_within_their_limits() {
    let assessment = assessment(FINDINGS);
    assert!(render("markdown", &assessment).len() < 65_536);
    let annotations = render("github", &assessment);
    for kind in ["error", "warning", "notice"] {
        let number = annotations.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
        assert!((1..=10).contains(&number), "{kind}: {number}");
    }
    let last = annotations.lines().last().unwrap();
    assert!(last.starts_with("::notice title=Pilaster::And 1") && last.contains("findings"), "{last}");
    let first = annotations.lines().find(|line| line.starts_with("::error")).unwrap();
    assert!(first.contains("title=critical%3A "), "{first}");
}
