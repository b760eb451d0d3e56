//! JSON for programs, described by `docs/assessment.schema.json` and `docs/comparison.schema.json`; also what `--baseline` reads.

use crate::comparison;
use crate::document::Document;

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "json",
    about: "JSON for programs, also what --baseline reads",
    is_binary: false,
    write: |assessment, options, out| {
        serde_json::to_writer_pretty(&mut *out, &Document::new(assessment, options))?;
        Ok(writeln!(out)?)
    },
    compare: |comparison, options, out| {
        serde_json::to_writer_pretty(&mut *out, &comparison::document::Document::new(comparison, options))?;
        Ok(writeln!(out)?)
    },
};
