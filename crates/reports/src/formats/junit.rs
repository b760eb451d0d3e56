//! JUnit XML, for build servers: a suite per service, a case per resource and check.

use std::io::Write;

use assessment::{Assessment, Change, CheckResult, Comparison};
use findings::{Finding, Status};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::comparison::{self, lists, note};
use crate::safe::safe;
use crate::{Options, ReportError, listing, words};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "junit",
    about: "JUnit XML for build servers; every finding is a test case",
    is_binary: false,
    write,
    compare,
};

/// Counts of a suite, or of all.
#[derive(Default, Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Counts {
    fn of(cases: impl Iterator<Item = Case>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.tests += 1;
            match case {
                Case::Failed => counts.failures += 1,
                Case::Skipped => counts.skipped += 1,
                Case::Passed => {}
            }
        }
        counts
    }
}

enum Case {
    Passed,
    Failed,
    Skipped,
}

/// What a finding is as a test case. A build server fails on failures, so one that was asked not to
/// be listed is skipped.
fn case(finding: &Finding, options: &Options) -> Case {
    match finding.status() {
        Status::Pass => Case::Passed,
        Status::Fail if options.lists(finding) => Case::Failed,
        Status::Fail | Status::Unknown | Status::Waived | Status::NotApplicable => Case::Skipped,
    }
}

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut services: Vec<(&str, Vec<&Finding>)> = Vec::new();
    // Checks are sorted by id, which begins with the service, and findings are in the order of checks.
    for finding in assessment.findings.iter().filter(|finding| finding.is_new()) {
        let service = assessment.check(finding).service.as_str();
        match services.last_mut() {
            Some((last, findings)) if *last == service => findings.push(finding),
            _ => services.push((service, vec![finding])),
        }
    }
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut all = Counts::of(services.iter().flat_map(|(_, findings)| findings).map(|finding| case(finding, options)));
    all.tests += assessment.inventory.gaps.len();
    all.skipped += assessment.inventory.gaps.len();
    xml.write_event(Event::Start(counted("testsuites", "pilaster", all)))?;
    for (service, findings) in &services {
        let counts = Counts::of(findings.iter().map(|finding| case(finding, options)));
        xml.write_event(Event::Start(counted("testsuite", service, counts)))?;
        for finding in findings {
            let reason = || reason(assessment, options, finding);
            test_case(&mut xml, assessment, finding, case(finding, options), reason)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    gaps(&mut xml, assessment)?;
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    drop(xml);
    Ok(writeln!(out)?)
}

/// A suite per kind of change. What `--fail-on-new` counts has failed, what fails no longer has passed, and all else
/// is skipped: a build server fails on failures.
fn compare(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    let case = |change: &&Change| match comparison.status_after(change) {
        _ if comparison.fails_anew(change) => Case::Failed,
        Some(Status::Pass | Status::NotApplicable) => Case::Passed,
        _ => Case::Skipped,
    };
    let listed: Vec<&Change> = comparison.changes.iter().filter(|change| lists(comparison, options, change)).collect();
    let differences = comparison.differences.len();
    let mut all = Counts::of(listed.iter().map(case));
    all.tests += differences;
    all.skipped += differences;
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(counted("testsuites", "pilaster", all)))?;
    let told = comparison.differences.iter().map(|one| (comparison::subject(one.scope), comparison::difference(one)));
    skipped(&mut xml, "not of the same scope", told)?;
    for of_kind in listed.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = of_kind.first() else { continue };
        let counts = Counts::of(of_kind.iter().map(case));
        xml.write_event(Event::Start(counted("testsuite", comparison::title(first.kind), counts)))?;
        for change in of_kind {
            let (holder, finding) = (comparison.holder(change), comparison.finding(change));
            test_case(&mut xml, holder, finding, case(change), || safe(&note(comparison, change)).into_owned())?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    drop(xml);
    Ok(writeln!(out)?)
}

fn counted(element: &'static str, name: &str, counts: Counts) -> BytesStart<'static> {
    let mut start = BytesStart::new(element);
    start.push_attribute(("name", safe(name).as_ref()));
    start.push_attribute(("tests", counts.tests.to_string().as_str()));
    start.push_attribute(("failures", counts.failures.to_string().as_str()));
    start.push_attribute(("errors", "0"));
    // The schema of Jenkins lets only a suite say how many of its cases are skipped.
    if element == "testsuite" {
        start.push_attribute(("skipped", counts.skipped.to_string().as_str()));
    }
    start
}

fn test_case<W: Write>(
    xml: &mut Writer<W>,
    assessment: &Assessment,
    finding: &Finding,
    case: Case,
    reason: impl FnOnce() -> String,
) -> Result<(), ReportError> {
    let check = assessment.check(finding);
    let inventory = &assessment.inventory;
    let resource = inventory.resource(finding.resource);
    let origin = listing::place(assessment, finding);
    let mut start = BytesStart::new("testcase");
    start.push_attribute(("classname", safe(&check.id).as_ref()));
    start.push_attribute(("name", words::resource(resource).as_str()));
    if let Some(model::Source::File { path, .. }) = inventory.sources.get(origin.source.0 as usize) {
        start.push_attribute(("file", safe(path).as_ref()));
        start.push_attribute(("line", origin.line.to_string().as_str()));
    }
    match case {
        Case::Passed => xml.write_event(Event::Empty(start))?,
        Case::Failed => {
            xml.write_event(Event::Start(start))?;
            let mut failure = BytesStart::new("failure");
            failure.push_attribute(("message", words::statements(finding).as_str()));
            failure.push_attribute(("type", finding.severity.id()));
            xml.write_event(Event::Start(failure))?;
            xml.write_event(Event::Text(BytesText::new(&body(assessment, check, finding))))?;
            xml.write_event(Event::End(BytesEnd::new("failure")))?;
            xml.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
        Case::Skipped => {
            xml.write_event(Event::Start(start))?;
            let mut skipped = BytesStart::new("skipped");
            skipped.push_attribute(("message", reason().as_str()));
            xml.write_event(Event::Empty(skipped))?;
            xml.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
    }
    Ok(())
}

/// Where and what to do. Lines are ours; what stands in them is harmless.
fn body(assessment: &Assessment, check: &CheckResult, finding: &Finding) -> String {
    let mut lines = vec![safe(&check.claim).into_owned()];
    for evidence in &finding.evidence {
        let place = safe(&assessment.inventory.place(evidence.origin)).into_owned();
        lines.push(format!("{place}: {}", words::statement(evidence)));
    }
    let fix: Vec<_> = words::paragraphs(&check.fix).iter().map(|paragraph| safe(paragraph).into_owned()).collect();
    lines.push(format!("Fix: {}", fix.join("\n")));
    lines.join("\n")
}

fn reason(assessment: &Assessment, options: &Options, finding: &Finding) -> String {
    match (finding.status(), assessment.waiver(finding)) {
        (Status::Waived, Some(waiver)) => {
            let until = waiver.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
            safe(&format!("waived{until}: {}", waiver.reason)).into_owned()
        }
        (Status::Unknown, _) => format!("unknown: {}", words::statements(finding)),
        (Status::Fail, _) => match options.min_severity {
            Some(least) if finding.severity < least => format!("fails, below {least}"),
            _ => "fails, not shown".to_owned(),
        },
        _ => "does not apply".to_owned(),
    }
}

/// What could not be read. Skipped, because nothing is known to be wrong there.
fn gaps<W: Write>(xml: &mut Writer<W>, assessment: &Assessment) -> Result<(), ReportError> {
    let gaps = assessment.inventory.gaps.iter();
    skipped(xml, "not assessed", gaps.map(|gap| (crate::rows::gap_place(gap), gap.reason.as_str())))
}

/// A suite of what was not tested: names and reasons.
fn skipped<W: Write, N: AsRef<str>, R: AsRef<str>>(
    xml: &mut Writer<W>,
    suite: &str,
    cases: impl ExactSizeIterator<Item = (N, R)>,
) -> Result<(), ReportError> {
    if cases.len() == 0 {
        return Ok(());
    }
    let counts = Counts { tests: cases.len(), failures: 0, skipped: cases.len() };
    xml.write_event(Event::Start(counted("testsuite", suite, counts)))?;
    for (name, reason) in cases {
        let mut start = BytesStart::new("testcase");
        start.push_attribute(("classname", suite));
        start.push_attribute(("name", name.as_ref()));
        xml.write_event(Event::Start(start))?;
        let mut skipped = BytesStart::new("skipped");
        skipped.push_attribute(("message", safe(reason.as_ref()).as_ref()));
        xml.write_event(Event::Empty(skipped))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    Ok(())
}
