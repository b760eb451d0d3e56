//! OCSF 1.5.0, an event of the class Compliance Finding (2003) per line, for SIEMs and data lakes.
//!
//! A check that cannot be decided is a warning, which is what OCSF calls a check that "did not yield a
//! result due to missing information". What is waived keeps its result and is suppressed.

use std::io::Write;

use assessment::{Assessment, CheckResult, Comparison};
use findings::{Finding, Status};
use framework::Severity;
use jiff::civil::{Date, date};

use crate::comparison::events::{Event, Told, events};
use crate::document::{EvidenceEntry, SavingEntry, WaiverEntry};
use crate::ocsf::{
    Account, Analytic, Cloud, Compliance, ComplianceFinding, FindingInfo, Metadata, Product, Remediation, ResourceData,
    ResourceDetails, Unmapped,
};
use crate::safe::write_json;
use crate::{Options, ReportError, listing, words};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "ocsf",
    about: "OCSF 1.5 Compliance Findings for SIEMs, one per line",
    is_binary: false,
    write,
    compare,
};

const VERSION: &str = "1.5.0";

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let time = midnight(assessment.today);
    for finding in assessment.findings.iter().filter(|finding| options.lists(finding)) {
        write_json(out, &event(assessment, finding, time, None))?;
        writeln!(out)?;
    }
    Ok(())
}

/// What a data lake that has the earlier assessment has to be told.
fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let time = midnight(comparison.after.today);
    for Told { event: told, assessment, finding } in events(comparison, options) {
        write_json(out, &event(assessment, finding, time, Some(told)))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The beginning of a day in milliseconds since 1970. An assessment knows no time of day.
fn midnight(day: Date) -> i128 {
    day.duration_since(date(1970, 1, 1)).as_millis()
}

fn event<'a>(
    assessment: &'a Assessment,
    finding: &'a Finding,
    time: i128,
    told: Option<Event>,
) -> ComplianceFinding<'a> {
    let check = assessment.check(finding);
    let resource = assessment.inventory.resource(finding.resource);
    let region = listing::region(assessment, resource);
    let file = listing::file(assessment, finding);
    let waiver = assessment.waiver(finding);
    let statements: Vec<String> = finding.evidence.iter().map(words::statement).collect();
    let (severity_id, severity) = severity(finding);
    let (activity_id, activity_name, type_name) = activity(told);
    let (status_id, status) = match told {
        Some(Event::Settled) => (4, "Resolved"),
        Some(Event::Dropped) => (5, "Archived"),
        Some(Event::Opened | Event::Updated) | None => status(finding.status()),
    };
    let (result_id, result) = result(finding.outcome);
    ComplianceFinding {
        activity_id,
        activity_name,
        category_uid: 2,
        category_name: "Findings",
        class_uid: 2003,
        class_name: "Compliance Finding",
        type_uid: 200_300 + u32::from(activity_id),
        type_name,
        time,
        message: message(&words::resource(resource), &statements, result),
        severity_id,
        severity,
        status_id,
        status,
        comment: waiver.map(|waiver| waiver.reason.as_str()),
        metadata: Metadata {
            version: VERSION,
            profiles: ["cloud"],
            event_code: &check.id,
            product: Product { name: "Pilaster", vendor_name: "Pilaster", version: &assessment.version },
        },
        cloud: Cloud {
            provider: "AWS",
            account: listing::account(assessment, resource).map(|uid| Account {
                uid,
                kind: "AWS Account",
                type_id: 10,
            }),
            region,
        },
        finding_info: FindingInfo {
            uid: &finding.id,
            title: &check.claim,
            desc: statements.join(". "),
            types: listing::pillars(check).into_iter().map(|pillar| pillar.name()).collect(),
            analytic: Analytic {
                uid: &check.id,
                name: &check.claim,
                kind: "Rule",
                type_id: 1,
                category: &check.service,
            },
        },
        compliance: Compliance {
            control: &check.id,
            desc: &check.claim,
            standards: standards(check),
            requirements: requirements(check),
            status_id: result_id,
            status: result,
            status_details: statements,
        },
        resources: [ResourceDetails {
            uid: resource.arn.as_deref().unwrap_or(&resource.id),
            name: resource.name.as_deref(),
            kind: &resource.kind,
            region,
            cloud_partition: listing::partition(resource, region),
            data: ResourceData { id: &resource.id, file: file.map(|(file, _)| file), line: file.map(|(_, line)| line) },
        }],
        remediation: Remediation {
            desc: &check.fix,
            references: check.practices.iter().map(|practice| practice.url()).collect(),
        },
        unmapped: Unmapped {
            pillars: listing::pillars(check).into_iter().map(|pillar| pillar.id()).collect(),
            effort: words::effort(check.effort),
            needs: check.needs.iter().map(|need| words::need(*need)).collect(),
            evidence: finding.evidence.iter().map(|e| EvidenceEntry::new(assessment, finding, e)).collect(),
            waiver: waiver.map(WaiverEntry::from),
            saving: finding.saving.as_ref().map(|saving| SavingEntry::new(saving, None)),
            target: &assessment.target.paths,
        },
    }
}

/// What happens to the finding, and what such an event is called.
fn activity(told: Option<Event>) -> (u8, &'static str, &'static str) {
    match told {
        None | Some(Event::Opened) => (1, "Create", "Compliance Finding: Create"),
        Some(Event::Updated) => (2, "Update", "Compliance Finding: Update"),
        Some(Event::Settled | Event::Dropped) => (3, "Close", "Compliance Finding: Close"),
    }
}

fn message(resource: &str, statements: &[String], result: &str) -> String {
    match statements {
        [] => format!("{resource}: {}", result.to_lowercase()),
        statements => format!("{resource}: {}", statements.join(". ")),
    }
}

/// What holds asks for nothing, however bad its opposite.
fn severity(finding: &Finding) -> (u8, &'static str) {
    match (finding.outcome, finding.severity) {
        (model::Outcome::Pass | model::Outcome::NotApplicable, _) => (1, "Informational"),
        (_, Severity::Low) => (2, "Low"),
        (_, Severity::Medium) => (3, "Medium"),
        (_, Severity::High) => (4, "High"),
        (_, Severity::Critical) => (5, "Critical"),
    }
}

/// Where somebody stands with it. For what never was a problem there is no word in OCSF.
fn status(status: Status) -> (u8, &'static str) {
    match status {
        Status::Fail | Status::Unknown => (1, "New"),
        Status::Waived => (3, "Suppressed"),
        Status::Pass => (99, "Pass"),
        Status::NotApplicable => (99, "Not Applicable"),
    }
}

/// What the check came to, waived or not.
fn result(outcome: model::Outcome) -> (u8, &'static str) {
    match outcome {
        model::Outcome::Pass => (1, "Pass"),
        model::Outcome::Unknown => (2, "Warning"),
        model::Outcome::Fail => (3, "Fail"),
        model::Outcome::NotApplicable => (99, "Not Applicable"),
    }
}

fn standards(check: &CheckResult) -> Vec<&'static str> {
    let mut standards = vec!["AWS Well-Architected Framework"];
    if !check.fsbp.is_empty() {
        standards.push("AWS Foundational Security Best Practices");
    }
    if !check.cis.is_empty() {
        standards.push("CIS AWS Foundations Benchmark");
    }
    standards
}

fn requirements(check: &CheckResult) -> Vec<String> {
    let practices = check.practices.iter().map(|practice| format!("{} {}", practice.id(), practice.title()));
    let controls = check.fsbp.iter().map(|control| format!("Security Hub {control}"));
    let cis = check.cis.iter().map(|recommendation| format!("CIS AWS Foundations Benchmark {recommendation}"));
    practices.chain(controls).chain(cis).collect()
}
