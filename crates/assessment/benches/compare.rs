//! How the cost of a comparison grows: `cargo bench -p assessment`.
//!
//! Ten checks on every resource. Of the later assessment a tenth of the verdicts are others, all files are renamed,
//! a tenth of the addresses moved, and lists are the other way round. Item throughput is findings a second: it has
//! to stay level.

use assessment::{Assessment, CheckResult, Comparison, Target};
use divan::Bencher;
use divan::counter::ItemsCount;
use findings::{DecidedBy, Effort, Finding, Level};
use framework::{BestPractice, Severity};
use model::{Builder, Medium, Node, Origin, Outcome, Presence, Resource, ResourceId, Value};

fn main() {
    divan::main();
}

const CHECKS: u32 = 10;

#[divan::bench(args = [2_000, 20_000, 200_000], sample_count = 10)]
fn compare(bencher: Bencher<'_, '_>, findings: u32) {
    let (before, after) = (assessment(findings / CHECKS, false), assessment(findings / CHECKS, true));
    bencher.counter(ItemsCount::new(findings)).bench(|| Comparison::between(&before, &after).changes.len());
}

fn assessment(resources: u32, is_later: bool) -> Assessment {
    let mut builder = Builder::new();
    let source = builder.file(if is_later { "new.tf" } else { "old.tf" }, "");
    for position in 0..resources {
        let number = if is_later { resources - 1 - position } else { position };
        let place = Origin::new(source, position + 1, 1);
        let id = match number % 10 {
            0 if is_later => format!("module.moved.aws_s3_bucket.b{number}"),
            1..=3 => format!("aws_s3_bucket.list[{position}]"),
            _ => format!("aws_s3_bucket.b{number}"),
        };
        let text = |text: String| Node::new(Value::Text(text.into()), place);
        let properties =
            [("BucketName".to_owned(), text(format!("bucket-{number}"))), ("Other".to_owned(), text(String::new()))];
        builder.resource(Resource {
            kind: "AWS::S3::Bucket".to_owned(),
            id,
            name: None,
            arn: None,
            account: None,
            region: Some("eu-west-1".to_owned()),
            origin: place,
            presence: Presence::Certain,
            medium: Medium::Code,
            properties: Node::new(Value::Map(properties.into()), place),
            attributes: Default::default(),
        });
    }
    let mut checks: Vec<CheckResult> = (0..CHECKS).map(check).collect();
    let mut findings = Vec::new();
    for (number, check) in checks.iter_mut().enumerate() {
        for position in 0..resources {
            let resource = if is_later { resources - 1 - position } else { position };
            let fails = (resource + number as u32).is_multiple_of(3);
            let outcome = if fails != (is_later && resource % 10 == 5) { Outcome::Fail } else { Outcome::Pass };
            findings.push(Finding {
                id: String::new(),
                check: number as u32,
                resource: ResourceId(position),
                outcome,
                severity: check.severity,
                evidence: Vec::new(),
                waiver: None,
                known: false,
                saving: None,
            });
            check.tally.count(findings.last().expect("one").status());
        }
    }
    Assessment {
        version: String::new(),
        today: jiff::civil::date(2026, 11, 1),
        target: Target { paths: Vec::new(), parameters: Vec::new(), account: None, region: None },
        inventory: builder.build(),
        checks,
        findings,
        waivers: Vec::new(),
        waiver_problems: Vec::new(),
        has_baseline: false,
        practices: Vec::new(),
        questions: Vec::new(),
        pillars: Vec::new(),
    }
}

fn check(number: u32) -> CheckResult {
    let level = Level::Fully;
    let practice: BestPractice = "SEC08-BP02".parse().expect("a practice");
    CheckResult {
        id: format!("s3_check_{number}"),
        service: "s3".to_owned(),
        claim: String::new(),
        why: String::new(),
        fix: String::new(),
        severity: Severity::High,
        effort: Effort::Small,
        needs: Vec::new(),
        practices: vec![practice],
        fsbp: Vec::new(),
        cis: Vec::new(),
        decided_by: DecidedBy { live: level, cloudformation: level, plan: level, directory: level },
        saves: false,
        tally: Default::default(),
    }
}
