//! A report for print, for those who decide.

use crate::pdf::{Edition, assessment, comparison};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "pdf-executive",
    about: "a report for print on at most four pages, for those who decide",
    is_binary: true,
    write: |subject, options, out| Ok(out.write_all(&assessment(subject, options, Edition::Executive)?)?),
    compare: |subject, options, out| Ok(out.write_all(&comparison(subject, options, Edition::Executive)?)?),
};
