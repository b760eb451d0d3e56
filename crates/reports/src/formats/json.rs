//! JSON for programs, described by `docs/assessment.schema.json` and `docs/comparison.schema.json`; also what `--baseline` reads.

use crate::comparison;
use crate::document::Document;
use crate::safe::write_json_pretty;

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "json",
    about: "JSON for programs, also what --baseline reads",
    is_binary: false,
    write: |assessment, options, out| {
        write_json_pretty(out, &Document::new(assessment, options))?;
        Ok(writeln!(out)?)
    },
    compare: |comparison, options, out| {
        write_json_pretty(out, &comparison::document::Document::new(comparison, options))?;
        Ok(writeln!(out)?)
    },
};
