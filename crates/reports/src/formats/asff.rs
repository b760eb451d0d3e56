//! The AWS Security Finding Format, for `BatchImportFindings` of Security Hub.
//!
//! The file is the request: `{"Findings": [...]}`. Security Hub takes a hundred at a time, in the account
//! and region they are of; `docs/reports.md` has the command that splits it. A finding needs an account
//! and a region, so findings of code without them are left out and counted in `LeftOut`. Every string is
//! cut to its limit and every list to its length, which keeps a finding far below 240 KB.

use std::collections::BTreeMap;
use std::io::Write;

use assessment::{Assessment, CheckResult, Comparison};
use findings::{Finding, Status};
use framework::Severity;
use jiff::civil::Date;
use model::{Outcome, Resource};
use serde::Serialize;

use crate::asff::{
    AssociatedStandard, AwsSecurityFinding, Compliance, Details, Note, ProviderFields, Recommendation, Remediation,
    ResourceOf, SeverityOf, StatusReason, Workflow, resource_type,
};
use crate::comparison::events::{Event, Told, events};
use crate::safe::{cut, safe, write_json};
use crate::words::{self, count};
use crate::{Options, ReportError, listing, savings};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "asff",
    about: "AWS Security Finding Format, to import into Security Hub",
    is_binary: false,
    write,
    compare,
};

const MOST_RESOURCES: usize = 32;
const MOST_REQUIREMENTS: usize = 32;
const MOST_TYPES: usize = 50;
const MOST_REASONS: usize = 10;
/// Of a value among the fields of the product, and of one in the details of a resource.
const MOST_IN_FIELD: usize = 1_024;

/// Where a finding goes.
#[derive(Clone, Copy)]
struct Hub<'a> {
    account: &'a str,
    region: &'a str,
    partition: &'a str,
}

/// What does not go anywhere, and how it would.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LeftOut {
    count: usize,
    reason: String,
}

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let listed = assessment.findings.iter().filter(|finding| options.lists(finding));
    let sent = listed.map(|finding| Sent { assessment, finding, state: "ACTIVE", day: assessment.today });
    request(sent, out)
}

/// What brings a Security Hub that has the earlier assessment up to the later one.
fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let events = events(comparison, options).into_iter();
    let sent = events.map(|Told { event, assessment, finding }| {
        let state = match event {
            Event::Opened | Event::Updated => "ACTIVE",
            Event::Settled | Event::Dropped => "ARCHIVED",
        };
        // An update that is no later than what is there has no effect.
        Sent { assessment, finding, state, day: comparison.after.today }
    });
    request(sent, out)
}

/// A finding as it is to stand in Security Hub from a day on.
#[derive(Clone, Copy)]
struct Sent<'a> {
    assessment: &'a Assessment,
    finding: &'a Finding,
    state: &'static str,
    day: Date,
}

fn request<'a>(all: impl Iterator<Item = Sent<'a>>, out: &mut dyn Write) -> Result<(), ReportError> {
    write!(out, "{{\"Findings\": [")?;
    let (mut written, mut left) = (0, 0);
    for sent in all {
        let Some(hub) = hub(sent.assessment, sent.assessment.inventory.resource(sent.finding.resource)) else {
            left += 1;
            continue;
        };
        write!(out, "{}", if written == 0 { "\n" } else { ",\n" })?;
        write_json(out, &of_finding(sent, hub))?;
        written += 1;
    }
    write!(out, "\n]")?;
    if left > 0 {
        let findings = count(left, "finding");
        let reason = format!(
            "Security Hub keeps findings by account and region, and {findings} of code name none: \
             assess it with --account and --region"
        );
        write!(out, ", \"LeftOut\": ")?;
        write_json(out, &LeftOut { count: left, reason })?;
    }
    Ok(writeln!(out, "}}")?)
}

/// The account and region a finding belongs to. What is global in an account is told in the region that
/// its partition keeps global things in.
fn hub<'a>(assessment: &'a Assessment, resource: &'a Resource) -> Option<Hub<'a>> {
    let account = listing::account(assessment, resource)?;
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let region = listing::region(assessment, resource);
    let partition = listing::partition(resource, region);
    let region = match (region, resource.account.is_some()) {
        (Some(region), _) => region,
        (None, true) => match partition {
            "aws-cn" => "cn-northwest-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => "us-east-1",
        },
        (None, false) => return None,
    };
    let is_region = region.len() <= 16 && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_region.then_some(Hub { account, region, partition })
}

fn of_finding(sent: Sent<'_>, hub: Hub<'_>) -> AwsSecurityFinding {
    let Sent { assessment, finding, state, day } = sent;
    let Hub { account, region, partition } = hub;
    let check = assessment.check(finding);
    let midnight = |day: Date| format!("{day}T00:00:00.000Z");
    let fix: Vec<_> = words::paragraphs(&check.fix);
    let waived = assessment.waiver(finding).filter(|_| finding.status() == Status::Waived);
    AwsSecurityFinding {
        schema_version: "2018-10-08",
        id: text(&format!("pilaster/{account}/{region}/{}", finding.id), 512),
        product_arn: format!("arn:{partition}:securityhub:{region}:{account}:product/{account}/default"),
        product_name: "Pilaster",
        company_name: "Pilaster",
        generator_id: text(&format!("pilaster/{}", check.id), 512),
        aws_account_id: account.to_owned(),
        types: types(check),
        last_observed_at: midnight(assessment.today),
        created_at: midnight(assessment.today),
        updated_at: midnight(day),
        severity: severity(finding),
        finding_provider_fields: ProviderFields { severity: severity(finding), types: types(check) },
        title: text(&check.claim, 256),
        description: text(&description(assessment, finding), 1_024),
        remediation: Remediation {
            recommendation: Recommendation {
                text: text(&fix.join(" "), 512),
                url: check.practices.first().map(|practice| practice.url()),
            },
        },
        product_fields: product_fields(assessment, finding),
        resources: resources(assessment, finding, hub),
        compliance: compliance(check, finding),
        workflow: Workflow { status: workflow(finding.status()) },
        record_state: state,
        note: waived.map(|waiver| Note {
            text: text(&format!("Waived: {}", waiver.reason), 512),
            updated_by: "Pilaster",
            updated_at: midnight(day),
        }),
    }
}

/// Text of others, harmless, within a limit, and never without anything to see, which is refused.
fn text(of: &str, most: usize) -> String {
    let text = safe(of);
    match text.trim() {
        "" => "-".to_owned(),
        trimmed => cut(trimmed, most).into_owned(),
    }
}

fn types(check: &CheckResult) -> Vec<String> {
    const NAMESPACE: &str = "Software and Configuration Checks";
    let mut types: Vec<String> = listing::pillars(check)
        .into_iter()
        .map(|pillar| format!("{NAMESPACE}/AWS Well-Architected/{}", pillar.name()))
        .collect();
    if !check.fsbp.is_empty() {
        let standards = "Industry and Regulatory Standards/AWS-Foundational-Security-Best-Practices";
        types.push(format!("{NAMESPACE}/{standards}"));
    }
    types.truncate(MOST_TYPES);
    types
}

/// What holds asks for nothing, however bad its opposite.
fn severity(finding: &Finding) -> SeverityOf {
    let label = match (finding.outcome, finding.severity) {
        (Outcome::Pass | Outcome::NotApplicable, _) => "INFORMATIONAL",
        (_, Severity::Low) => "LOW",
        (_, Severity::Medium) => "MEDIUM",
        (_, Severity::High) => "HIGH",
        (_, Severity::Critical) => "CRITICAL",
    };
    SeverityOf { label, original: finding.severity.id() }
}

fn description(assessment: &Assessment, finding: &Finding) -> String {
    let resource = words::resource(assessment.inventory.resource(finding.resource));
    match (finding.outcome, finding.evidence.is_empty()) {
        (Outcome::Unknown, false) => format!("Cannot be known for {resource}: {}.", words::statements(finding)),
        (_, false) => format!("{resource}: {}.", words::statements(finding)),
        (_, true) => format!("{resource}: {}.", finding.status().id().replace('_', " ")),
    }
}

fn product_fields(assessment: &Assessment, finding: &Finding) -> BTreeMap<&'static str, String> {
    let check = assessment.check(finding);
    let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
    let mut fields = BTreeMap::from([
        ("pilaster/fingerprint", finding.id.clone()),
        ("pilaster/check", check.id.clone()),
        ("pilaster/version", assessment.version.clone()),
        ("pilaster/effort", words::cost_of_fix(check)),
        ("pilaster/best-practices", practices.join(", ")),
    ]);
    if let Some((file, line)) = listing::file(assessment, finding) {
        fields.insert("pilaster/place", format!("{file}:{line}"));
    }
    if let Some(evidence) = listing::main_evidence(finding).or(finding.evidence.first()) {
        fields.insert("pilaster/property", evidence.path.clone());
        fields.insert("pilaster/observed", evidence.observed.clone());
        fields.insert("pilaster/expected", evidence.expected.clone());
    }
    if let Some(saving) = &finding.saving {
        fields.insert("pilaster/monthly-savings-usd", format!("{:.2}", saving.monthly.dollars()));
        fields.insert("pilaster/savings-basis", savings::basis(saving));
    }
    fields.into_iter().map(|(name, value)| (name, text(&value, MOST_IN_FIELD))).collect()
}

/// The resource that was judged, and behind it those its evidence is of.
fn resources(assessment: &Assessment, finding: &Finding, hub: Hub<'_>) -> Vec<ResourceOf> {
    let mut ids = vec![finding.resource];
    for evidence in &finding.evidence {
        if ids.len() == MOST_RESOURCES {
            break;
        }
        if !ids.contains(&evidence.resource) {
            ids.push(evidence.resource);
        }
    }
    ids.into_iter().map(|id| of_resource(assessment, assessment.inventory.resource(id), hub)).collect()
}

fn of_resource(assessment: &Assessment, resource: &Resource, hub: Hub<'_>) -> ResourceOf {
    let mut other =
        BTreeMap::from([("type", text(&resource.kind, MOST_IN_FIELD)), ("id", text(&resource.id, MOST_IN_FIELD))]);
    if let Some(name) = &resource.name {
        other.insert("name", text(name, MOST_IN_FIELD));
    }
    let declared = assessment.inventory.place(resource.origin);
    if !declared.is_empty() {
        other.insert("place", text(&declared, MOST_IN_FIELD));
    }
    let id = match (&resource.arn, resource.kind.as_str()) {
        (Some(arn), _) => arn.clone(),
        (None, "Pilaster::Account") => format!("AWS::::Account:{}", hub.account),
        (None, kind) => format!("{kind}/{}", resource.id),
    };
    ResourceOf {
        kind: resource_type(&resource.kind),
        id: text(&id, 512),
        partition: known_partition(hub.partition),
        region: hub.region.to_owned(),
        details: Details { other },
    }
}

/// As the format calls partitions; it has no word for some.
fn known_partition(partition: &str) -> Option<&'static str> {
    Some(match partition {
        "aws" => "aws",
        "aws-cn" => "aws-cn",
        "aws-us-gov" => "aws-us-gov",
        "aws-iso" => "aws-us-iso",
        "aws-iso-b" => "aws-us-iso-b",
        _ => return None,
    })
}

fn compliance(check: &CheckResult, finding: &Finding) -> Compliance {
    let practices = check.practices.iter().map(|practice| format!("AWS Well-Architected {}", practice.id()));
    let controls = check.fsbp.iter().map(|control| format!("AWS Foundational Security Best Practices {control}"));
    let cis = check.cis.iter().map(|recommendation| format!("CIS AWS Foundations Benchmark {recommendation}"));
    let reason = match finding.outcome {
        Outcome::Unknown => Some("NOT_KNOWN"),
        Outcome::NotApplicable => Some("NOT_APPLICABLE"),
        Outcome::Pass | Outcome::Fail => None,
    };
    let reasons = finding.evidence.iter().take(MOST_REASONS);
    let of_reason = |code| {
        let reasons = reasons.map(|evidence| text(&words::statement(evidence), 2_048));
        reasons.map(|description| StatusReason { reason_code: code, description }).collect()
    };
    let mut standards = vec![AssociatedStandard { standards_id: "standards/aws-well-architected-framework" }];
    if !check.fsbp.is_empty() {
        let standards_id = "standards/aws-foundational-security-best-practices/v/1.0.0";
        standards.push(AssociatedStandard { standards_id });
    }
    Compliance {
        status: match finding.outcome {
            Outcome::Pass => "PASSED",
            Outcome::Fail => "FAILED",
            Outcome::Unknown => "WARNING",
            Outcome::NotApplicable => "NOT_AVAILABLE",
        },
        associated_standards: standards,
        related_requirements: practices
            .chain(controls)
            .chain(cis)
            .take(MOST_REQUIREMENTS)
            .map(|requirement| text(&requirement, 64))
            .collect(),
        status_reasons: reason.map(of_reason).unwrap_or_default(),
    }
}

/// What Security Hub does with what holds: it is resolved.
fn workflow(status: Status) -> &'static str {
    match status {
        Status::Fail | Status::Unknown => "NEW",
        Status::Waived => "SUPPRESSED",
        Status::Pass | Status::NotApplicable => "RESOLVED",
    }
}
