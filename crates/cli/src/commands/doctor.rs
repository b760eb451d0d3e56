//! `pilaster doctor`

use std::process::ExitCode;

use pipeline::Diagnosis;

use super::shell::print;
use crate::access;
use crate::arguments::DoctorOptions;
use crate::error::Error;
use crate::progress::Cells;

pub(crate) fn run(options: DoctorOptions) -> Result<ExitCode, Error> {
    let cells = Cells::new(!options.no_progress);
    let (access, services) = (access::access(options.access), access::services(options.services));
    let today = crate::judging::today();
    let diagnoses = pipeline::diagnose(&access, &services, today, &|cell, state| cells.show(cell, state))?;
    cells.finish();
    let mut text = String::new();
    diagnoses.iter().for_each(|diagnosis| write(diagnosis, &mut text));
    print(text.as_bytes())?;
    let closed = diagnoses.iter().any(|diagnosis| {
        !diagnosis.missing.is_empty() || !diagnosis.failed.is_empty() || !diagnosis.unreadable.is_empty()
    });
    Ok(ExitCode::from(u8::from(closed)))
}

fn write(diagnosis: &Diagnosis, text: &mut String) {
    let Diagnosis { account, identity, regions, services, missing, failed, unreadable } = diagnosis;
    let home = regions.first().map(String::as_str).unwrap_or_default();
    text.push_str(&format!("account     {account}\n"));
    text.push_str(&format!("identity    {identity}\n"));
    text.push_str(&format!("regions     {} ({})\n", regions.len(), regions.join(", ")));
    text.push_str(&format!("asked       {services} services in {home}\n"));
    match missing.len() {
        0 if !failed.is_empty() => {}
        0 => text.push_str("permitted   everything that was asked for\n"),
        number => {
            text.push_str(&format!("missing     {number} permissions; `pilaster policy` prints a policy with all\n"))
        }
    }
    for action in missing.keys() {
        text.push_str(&format!("            {action}\n"));
    }
    for (call, reason) in failed {
        text.push_str(&format!("failed      {call}: {reason}\n"));
    }
    for (account, reason) in unreadable {
        text.push_str(&format!("unreadable  {account}: {reason}\n"));
    }
    text.push('\n');
}
