//! JSON with a finding per line, for log shippers, `jq` and databases.

use crate::comparison::{document, lists};
use crate::document::Line;
use crate::safe::write_json;

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "json-lines",
    about: "JSON with a finding per line, each standing alone",
    is_binary: false,
    write: |assessment, options, out| {
        let counted = assessment.savings().counted();
        for finding in assessment.findings.iter().filter(|finding| options.lists(finding)) {
            write_json(out, &Line::new(assessment, finding, &counted))?;
            writeln!(out)?;
        }
        Ok(())
    },
    compare: |comparison, options, out| {
        for change in comparison.changes.iter().filter(|change| lists(comparison, options, change)) {
            write_json(out, &document::Line::new(comparison, change))?;
            writeln!(out)?;
        }
        Ok(())
    },
};
