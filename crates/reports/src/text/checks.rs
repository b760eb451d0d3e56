//! Findings by check: what fails, what cannot be known, what is waived, and the rest.

use std::collections::BTreeMap;
use std::io;

use assessment::Assessment;
use findings::{Finding, Status};
use textwrap::core::display_width;

use crate::Options;
use crate::excerpt::Excerpts;
use crate::listing::{self, Group};
use crate::rows::{Row, rows};
use crate::safe::safe;
use crate::savings;
use crate::settle::settle;
use crate::words::{self, observation, paragraphs, statement};

use super::code::{self, Code};
use super::page::{BOLD, DIM, LINK, PLAIN, Page, UNKNOWN, padded, severity_style, severity_tint, wrapped};

/// Where text behind a severity or a label begins.
const COLUMN: usize = 12;
/// How many resources of a check are shown with their code, and how many more by name.
const IN_FULL: usize = 3;
const BY_NAME: usize = 10;
/// How many pieces of evidence of one finding are shown with their code.
const PIECES: usize = 4;

/// What a report of checks is written from.
pub(super) struct Checks<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) options: &'a Options,
    pub(super) excerpts: &'a Excerpts<'a>,
}

impl<'a> Checks<'a> {
    fn all(&self) -> bool {
        self.options.verbose > 0
    }

    fn code(&self) -> Code<'a> {
        let pieces = if self.all() { usize::MAX } else { PIECES };
        Code { inventory: &self.assessment.inventory, excerpts: self.excerpts, pieces }
    }

    pub(super) fn failing(&self, page: &mut Page<'_>, groups: &[Group<'_>]) -> io::Result<()> {
        if groups.is_empty() {
            return Ok(());
        }
        page.section("Failing", Some(listing::total(groups)))?;
        for (number, group) in groups.iter().enumerate() {
            if number > 0 {
                page.blank()?;
            }
            self.title(page, group)?;
            let in_full = if self.all() { usize::MAX } else { IN_FULL };
            let style = severity_tint(group.check.severity);
            let rows = rows(self.assessment, &group.findings);
            for row in rows.iter().take(in_full) {
                page.blank()?;
                self.resource(page, row)?;
                code::write(page, &self.code(), row.finding, style)?;
                if let Some(saving) = savings::of_finding(row.finding).filter(|_| self.all()) {
                    page.indented(4, PLAIN, &saving)?;
                }
            }
            self.by_name(page, rows.get(in_full..).unwrap_or_default())?;
            page.blank()?;
            self.advice(page, group)?;
        }
        Ok(())
    }

    pub(super) fn unknown(&self, page: &mut Page<'_>, groups: &[Group<'_>]) -> io::Result<()> {
        if groups.is_empty() {
            return Ok(());
        }
        page.section("Cannot be known", Some(listing::total(groups)))?;
        for (number, group) in groups.iter().enumerate() {
            if number > 0 {
                page.blank()?;
            }
            self.title(page, group)?;
            page.blank()?;
            let shown = if self.all() { usize::MAX } else { IN_FULL };
            let mut hints: Vec<String> = Vec::new();
            for finding in &group.findings {
                for hint in finding.evidence.iter().filter_map(|e| settle(&self.assessment.inventory, e)) {
                    if hints.len() < BY_NAME && !hints.contains(&hint) {
                        hints.push(hint);
                    }
                }
            }
            let rows = rows(self.assessment, &group.findings);
            for row in rows.iter().take(shown) {
                self.resource(page, row)?;
                if self.all() {
                    code::write(page, &self.code(), row.finding, UNKNOWN)?;
                    continue;
                }
                for evidence in row.finding.evidence.iter().take(PIECES) {
                    page.indented(4, UNKNOWN, &statement(evidence))?;
                }
            }
            self.by_name(page, rows.get(shown..).unwrap_or_default())?;
            if !hints.is_empty() {
                page.labelled(2, "Settle", COLUMN, &hints.join("; "))?;
            }
        }
        Ok(())
    }

    pub(super) fn waived(&self, page: &mut Page<'_>, groups: &[Group<'_>]) -> io::Result<()> {
        if groups.is_empty() {
            return Ok(());
        }
        page.section("Waived", Some(listing::total(groups)))?;
        for group in groups {
            let mut by_waiver: BTreeMap<Option<u32>, Vec<&Finding>> = BTreeMap::new();
            for finding in &group.findings {
                by_waiver.entry(finding.waiver).or_default().push(finding);
            }
            for findings in by_waiver.values() {
                self.of_waiver(page, findings)?;
            }
        }
        Ok(())
    }

    /// The findings of one check that one waiver covers.
    fn of_waiver(&self, page: &mut Page<'_>, findings: &[&Finding]) -> io::Result<()> {
        let Some(first) = findings.first() else { return Ok(()) };
        let check = page.paint(BOLD, safe(&self.assessment.check(first).id));
        let number = page.paint(DIM, words::count(findings.len(), "resource"));
        page.line(format!("  {check}  {number}"))?;
        if let Some(waiver) = self.assessment.waiver(first) {
            page.indented(4, PLAIN, &safe(&waiver.reason))?;
            let mut small = Vec::new();
            small.extend(waiver.until.iter().map(|until| format!("until {until}")));
            small.extend(waiver.owner.iter().map(|owner| format!("owner {owner}")));
            small.push(waiver.place.clone());
            page.indented(4, DIM, &safe(&small.join(", ")))?;
        }
        let rows = rows(self.assessment, findings);
        let shown = if self.all() { rows.len() } else { BY_NAME };
        for row in rows.iter().take(shown) {
            if let Some(whole) = row.whole(self.assessment, self.all()) {
                page.indented(4, PLAIN, &whole)?;
                continue;
            }
            let resource = words::resource(self.assessment.inventory.resource(row.finding.resource));
            let place = page.paint(LINK, self.place(row.finding));
            page.line(format!("    {place}  {resource}"))?;
        }
        let left = rows.len().saturating_sub(shown);
        if left > 0 {
            page.indented(4, DIM, &format!("and {left} more; -v lists all"))?;
        }
        Ok(())
    }

    /// Findings that ask for nothing, one line each.
    pub(super) fn settled(&self, page: &mut Page<'_>, title: &str, status: Status) -> io::Result<()> {
        let groups = listing::groups(self.assessment, self.options, status);
        if groups.is_empty() {
            return Ok(());
        }
        page.section(title, Some(listing::total(&groups)))?;
        for group in &groups {
            let id = page.paint(BOLD, safe(&group.check.id));
            page.line(format!("  {id}"))?;
            for row in rows(self.assessment, &group.findings) {
                if let Some(whole) = row.whole(self.assessment, self.all()) {
                    page.indented(4, PLAIN, &whole)?;
                    continue;
                }
                let resource = self.assessment.inventory.resource(row.finding.resource);
                let place = safe(&self.assessment.inventory.place(resource.origin)).into_owned();
                let place = page.paint(DIM, place);
                page.line(format!("    {}  {place}", words::resource(resource)))?;
            }
        }
        Ok(())
    }

    /// The severity, the claim, and below it the names of the check and its practices.
    fn title(&self, page: &mut Page<'_>, group: &Group<'_>) -> io::Result<()> {
        let check = group.check;
        let word = check.severity.id().to_uppercase();
        let gap = " ".repeat(COLUMN.saturating_sub(word.len() + 2));
        let label = match check.severity {
            // On a background the word needs blanks on both sides.
            framework::Severity::Critical if self.options.color => {
                page.paint(severity_style(check.severity), format!(" {word} "))
            }
            _ => page.paint(severity_style(check.severity), format!("{word}  ")),
        };
        let claim = safe(&check.claim);
        for (number, line) in wrapped(&claim, page.width.saturating_sub(COLUMN)).iter().enumerate() {
            let lead = if number == 0 { format!("{label}{gap}") } else { " ".repeat(COLUMN) };
            let line = format!("{lead}{}", page.paint(BOLD, line));
            page.line(line)?;
        }
        let tally = check.tally;
        let judged = tally.passed + tally.failed + tally.unknown + tally.waived;
        let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
        let dot = page.glyphs.dot;
        let number = format!("{} of {}", group.findings.len(), words::count(judged as usize, "resource"));
        let names = [safe(&check.id).into_owned(), number, practices.join(", ")].join(&format!(" {dot} "));
        page.indented(COLUMN, DIM, &names)
    }

    fn resource(&self, page: &mut Page<'_>, row: &Row<'_>) -> io::Result<()> {
        if let Some(whole) = row.whole(self.assessment, self.all()) {
            return page.indented(2, PLAIN, &whole);
        }
        let resource = words::resource(self.assessment.inventory.resource(row.finding.resource));
        let place = self.place(row.finding);
        page.place(2, &place, &resource)
    }

    /// Where to look.
    fn place(&self, finding: &Finding) -> String {
        safe(&self.assessment.inventory.place(listing::place(self.assessment, finding))).into_owned()
    }

    fn by_name(&self, page: &mut Page<'_>, all: &[Row<'_>]) -> io::Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        page.blank()?;
        let shown = all.get(..BY_NAME.min(all.len())).unwrap_or_default();
        for whole in shown.iter().filter_map(|row| row.whole(self.assessment, self.all())) {
            page.indented(2, PLAIN, &whole)?;
        }
        let rows: Vec<(String, String, String)> = shown
            .iter()
            .filter(|row| row.whole(self.assessment, true).is_none())
            .map(|Row { finding, .. }| {
                let resource = self.assessment.inventory.resource(finding.resource);
                let first = finding.evidence.first().map(observation).unwrap_or_default();
                (self.place(finding), safe(&resource.id).into_owned(), first)
            })
            .collect();
        let places = rows.iter().map(|row| display_width(&row.0)).max().unwrap_or_default();
        let names = rows.iter().map(|row| display_width(&row.1)).max().unwrap_or_default();
        for (place, name, statement) in rows {
            let room = page.width.saturating_sub(places + names + 6);
            // A statement of a few letters would say nothing.
            let statement = if room < 16 { String::new() } else { page.fitted(&statement, room) };
            let place = page.paint(LINK, padded(&place, places));
            let statement = page.paint(DIM, statement);
            page.line(format!("  {place}  {}  {statement}", padded(&name, names)))?;
        }
        let left = all.len().saturating_sub(BY_NAME);
        if left > 0 {
            page.indented(2, DIM, &format!("and {left} more; -v lists all"))?;
        }
        Ok(())
    }

    fn advice(&self, page: &mut Page<'_>, group: &Group<'_>) -> io::Result<()> {
        let mut parts = vec![("Fix", &group.check.fix)];
        if self.all() {
            parts.insert(0, ("Why", &group.check.why));
        }
        for (label, markdown) in parts {
            for (number, paragraph) in paragraphs(markdown).iter().enumerate() {
                page.labelled(2, if number == 0 { label } else { "" }, COLUMN, &safe(paragraph))?;
            }
        }
        page.labelled(2, "Effort", COLUMN, &words::cost_of_fix(group.check))?;
        if let Some(saving) = savings::of_group(&group.findings) {
            page.labelled(2, "Saves", COLUMN, &saving)?;
        }
        if self.all() {
            for (number, practice) in group.check.practices.iter().enumerate() {
                let text = format!("{} {}", practice.id(), practice.title());
                page.labelled(2, if number == 0 { "See" } else { "" }, COLUMN, &text)?;
                // An address that is broken over lines cannot be followed.
                let url = page.paint(LINK, practice.url());
                page.line(format!("{}{url}", " ".repeat(COLUMN)))?;
            }
        }
        Ok(())
    }
}
