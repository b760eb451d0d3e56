//! `pilaster checks`

use std::process::ExitCode;

use findings::{Check, DecidedBy, Effort, Level, Limit, Need};
use framework::{BestPractice, Pillar, Severity};
use serde::Serialize;

use super::shell::print;
use crate::arguments::{ChecksOptions, ListFormat};
use crate::error::Error;
use crate::terminal;

pub(crate) fn run(options: &ChecksOptions) -> Result<ExitCode, Error> {
    if let Some(service) = &options.service
        && !::checks::all().any(|check| check.service() == service)
    {
        let mut known: Vec<&'static str> = ::checks::all().map(Check::service).collect();
        known.dedup();
        return Err(Error::UnknownService { service: service.clone(), known });
    }
    let mut listed: Vec<&'static Check> = ::checks::all()
        .filter(|check| options.pillar.is_none_or(|pillar| bears_on(check, pillar)))
        .filter(|check| options.severity.is_none_or(|severity| check.severity() >= severity))
        .filter(|check| options.service.as_ref().is_none_or(|service| check.service() == service))
        .collect();
    listed.sort_by_key(|check| check.id);
    let text = match options.format {
        ListFormat::Text => text(&listed),
        ListFormat::Json => json(&listed),
        ListFormat::Markdown => markdown(&listed),
    };
    print(text.as_bytes())
}

fn bears_on(check: &Check, pillar: Pillar) -> bool {
    check.practices.iter().any(|practice| practice.pillar() == pillar)
}

fn text(checks: &[&Check]) -> String {
    let widest = checks.iter().map(|check| check.id.len()).max().unwrap_or(0);
    let width = terminal::width();
    let mut text = String::new();
    for check in checks {
        let start = format!("{:<8}  {:<widest$}  ", check.severity().to_string(), check.id);
        let claim = check.doc().claim;
        if start.len() + claim.len() <= width {
            text.push_str(&format!("{start}{claim}\n"));
        } else {
            text.push_str(&format!("{}\n{:10}{claim}\n", start.trim_end(), ""));
        }
    }
    text.push_str(&format!("\n{} checks. `pilaster explain ID` tells more of one.\n", checks.len()));
    text
}

/// A check as machines read it.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    claim: &'a str,
    service: &'a str,
    resource_types: &'a [&'a str],
    severity: Severity,
    effort: Effort,
    needs: &'a [Need],
    pillars: Vec<Pillar>,
    best_practices: &'a [BestPractice],
    decided_by: DecidedBy,
    thresholds: serde_json::Map<String, serde_json::Value>,
    fsbp: &'a [&'a str],
    cis: &'a [&'a str],
}

fn json(checks: &[&Check]) -> String {
    let entries: Vec<Entry<'_>> = checks
        .iter()
        .map(|check| Entry {
            id: check.id,
            claim: check.doc().claim,
            service: check.service(),
            resource_types: check.kinds,
            severity: check.severity(),
            effort: check.effort,
            needs: check.needs,
            pillars: Pillar::ALL.into_iter().filter(|pillar| bears_on(check, *pillar)).collect(),
            best_practices: check.practices,
            decided_by: check.decided_by,
            thresholds: check.thresholds.iter().map(|(name, limit)| ((*name).to_owned(), value(limit))).collect(),
            fsbp: check.fsbp,
            cis: check.cis,
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}

fn value(limit: &Limit) -> serde_json::Value {
    match limit {
        Limit::Number(number) => (*number).into(),
        Limit::Words(words) => words.to_vec().into(),
    }
}

fn markdown(checks: &[&Check]) -> String {
    let mut text = format!(
        "# The checks\n\n\
         Written by `pilaster checks --format markdown`. {} checks. A source decides a check fully (●), partly (◐: only\n\
         where what it relates to was read, too) or not at all (–). This version reads CloudFormation and\n\
         accounts; the other columns say what the facts of a check can be known from.\n\n\
         | pillar | checks |\n| --- | --- |\n",
        checks.len()
    );
    for pillar in Pillar::ALL {
        let count = checks.iter().filter(|check| bears_on(check, pillar)).count();
        text.push_str(&format!("| {} | {count} |\n", pillar.name()));
    }
    text.push_str("\n| check | claim | severity | best practices | live | CloudFormation | plan | directory |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for check in checks {
        let practices: Vec<&str> = check.practices.iter().map(|practice| practice.id()).collect();
        let sources: Vec<&str> = check
            .decided_by
            .by_source()
            .iter()
            .map(|(_, level)| match level {
                Level::Fully => "●",
                Level::Partly => "◐",
                Level::Never => "–",
            })
            .collect();
        text.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            check.id,
            check.doc().claim.replace('|', "\\|"),
            check.severity(),
            practices.join(" "),
            sources.join(" | ")
        ));
    }
    text
}
