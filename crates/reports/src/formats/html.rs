//! HTML, for people: one file that needs nothing else.

use std::io::Write;

use assessment::Assessment;

use crate::{Options, ReportError, html};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "html",
    about: "HTML in one file, to read, to search and to print",
    is_binary: false,
    write,
    compare: |comparison, options, out| Ok(out.write_all(html::comparison(comparison, options)?.as_bytes())?),
};

fn write(assessment: &Assessment, options: &Options, out: &mut dyn Write) -> Result<(), ReportError> {
    Ok(out.write_all(html::page(assessment, options)?.as_bytes())?)
}
