//! Waivers: what they cover, and what is said of those that do not do what their author thinks.

mod support;

use findings::Status;
use support::{assess, count, request, statuses, with_config};

const CHECK: &str = "s3_bucket_versioning";

fn bucket(waiver: &str) -> String {
    format!(
        "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Metadata: {{ pilaster: {{ waive: [{waiver}] }} }}\n  Images:\n    Type: AWS::S3::Bucket\n    Properties: {{ Tags: [{{ Key: Stage, Value: sandbox }}] }}\n"
    )
}

fn problems(assessment: &assessment::Assessment) -> Vec<String> {
    assessment.waiver_problems.iter().map(|p| format!("{}: {}", p.place, p.message)).collect()
}

#[test]
fn a_waiver_on_a_resource_covers_that_resource_and_stays_visible() {
    let assessment =
        assess(request(&bucket("{ check: s3_bucket_versioning, reason: kept elsewhere, until: 2027-01-31 }")));
    assert_eq!(statuses(&assessment, CHECK), ["Logs waived", "Images fail"]);
    assert_eq!(count(&assessment, Status::Waived), 1);
    let waived = assessment.findings.iter().find(|f| f.status() == Status::Waived).expect("one");
    let waiver = assessment.waiver(waived).expect("its waiver");
    assert_eq!((waiver.reason.as_str(), waiver.until.as_deref()), ("kept elsewhere", Some("2027-01-31")));
    assert!(problems(&assessment).is_empty(), "{:?}", problems(&assessment));
}

#[test]
fn what_is_wrong_with_a_waiver_is_said_with_its_place() {
    let cases = [
        ("{ check: s3_bucket_versioning, reason: x, until: 2026-10-31 }", "expired on 2026-10-31", "fail"),
        ("{ check: s3_bucket_versionning, reason: x }", "did you mean s3_bucket_versioning?", "fail"),
        ("{ check: s3_bucket_versioning }", "gives no reason", "fail"),
        ("{ check: s3_bucket_versioning, reason: '  ' }", "gives no reason", "fail"),
        ("{ check: s3_bucket_versioning, reason: x, until: soon }", "which is no date", "fail"),
        ("{ check: s3_bucket_versioning, reason: x, untill: 2027-01-01 }", "a waiver has no untill", "waived"),
        ("{ check: rds_backup_retention, reason: x }", "matches no finding", "fail"),
        ("nonsense", "a waiver is a map", "fail"),
    ];
    for (waiver, message, status) in cases {
        let assessment = assess(request(&bucket(waiver)));
        let said = problems(&assessment);
        assert!(said.iter().any(|p| p.contains(message) && p.starts_with("t.yaml:4")), "{waiver}: {said:?}");
        assert_eq!(statuses(&assessment, CHECK), [format!("Logs {status}"), "Images fail".to_owned()], "{waiver}");
    }
}

#[test]
fn what_is_wrong_is_listed_by_line() {
    let waivers: String = (0..12).map(|_| "\n      - { check: s3_bucket_versioning }".to_owned()).collect();
    let template = format!(
        "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Metadata:\n     pilaster:\n      waive:{waivers}\n"
    );
    let assessment = assess(request(&template));
    let places: Vec<&str> = assessment.waiver_problems.iter().map(|problem| problem.place.as_str()).collect();
    let expected: Vec<String> = (7..19).map(|line| format!("t.yaml:{line}")).collect();
    assert_eq!(places, expected);
}

#[test]
fn a_waiver_holds_through_its_last_day() {
    let assessment = assess(request(&bucket("{ check: s3_bucket_versioning, reason: x, until: 2026-11-01 }")));
    assert_eq!(statuses(&assessment, CHECK), ["Logs waived", "Images fail"]);
}

#[test]
fn configured_waivers_go_by_patterns_and_tags() {
    let template = bucket("");
    let by = |scope: &str| {
        let config = format!("[[waivers]]\ncheck = \"s3_bucket_v*\"\n{scope}\nreason = \"x\"\nuntil = 2027-01-31\n");
        statuses(&with_config(&template, &config), CHECK)
    };
    assert_eq!(by("resource = \"Log*\""), ["Logs waived", "Images fail"]);
    assert_eq!(by("tag = \"Stage=sandbox\""), ["Logs fail", "Images waived"]);
    assert_eq!(by("tag = \"Stage\""), ["Logs fail", "Images waived"]);
    assert_eq!(by("tag = \"Stage=production\""), ["Logs fail", "Images fail"]);
    assert_eq!(by("resource = \"Log*\"\ntag = \"Stage=sandbox\""), ["Logs fail", "Images fail"]);
    assert_eq!(by(""), ["Logs waived", "Images waived"]);
}

#[test]
fn waived_findings_move_neither_score_nor_verdict() {
    let template = "Resources: { Logs: { Type: AWS::S3::Bucket } }";
    let config = "[[waivers]]\ncheck = \"*\"\nreason = \"x\"\n";
    let waived = with_config(template, config);
    assert_eq!(waived.worst(), None);
    for pillar in &waived.pillars {
        assert!(pillar.score.is_none_or(|score| score == 100), "{pillar:?}");
    }
}
