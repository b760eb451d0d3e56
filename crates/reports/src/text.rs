//! The parts of a text report, in their order.

mod checks;
mod closing;
mod code;
mod comparing;
mod opening;
mod page;

use std::io;

use assessment::Assessment;
use findings::Status;

use crate::Options;
use crate::excerpt::Excerpts;
use crate::listing::groups;

use checks::Checks;
use page::Page;

pub(crate) use comparing::write as compare;

pub(crate) fn write(assessment: &Assessment, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let page = &mut Page::new(out, options);
    let excerpts = Excerpts::new(assessment);
    let checks = Checks { assessment, options, excerpts: &excerpts };
    let failing = groups(assessment, options, Status::Fail);
    opening::write(page, assessment, options)?;
    checks.failing(page, &failing)?;
    checks.unknown(page, &groups(assessment, options, Status::Unknown))?;
    checks.waived(page, &groups(assessment, options, Status::Waived))?;
    checks.settled(page, "Holding", Status::Pass)?;
    checks.settled(page, "Not applicable", Status::NotApplicable)?;
    closing::also_seen(page, assessment, options)?;
    closing::summary(page, assessment, options, &failing)
}
