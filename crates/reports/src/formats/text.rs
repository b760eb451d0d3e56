//! Text for people, grouped by check, the worst first.

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "text",
    about: "text for people, with the code, the fix and a summary per pillar",
    is_binary: false,
    write: |assessment, options, out| Ok(crate::text::write(assessment, options, out)?),
    compare: |comparison, options, out| Ok(crate::text::compare(comparison, options, out)?),
};
