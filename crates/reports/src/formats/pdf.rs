//! A report for print, with everything in it.

use crate::pdf::{Edition, assessment};

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "pdf",
    about: "a report for print, with every finding and its evidence",
    is_binary: true,
    write: |subject, options, out| Ok(out.write_all(&assessment(subject, options, Edition::Full)?)?),
    compare: None,
};
