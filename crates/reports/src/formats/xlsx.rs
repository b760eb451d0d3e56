//! A workbook for Excel and its like.

use crate::xlsx;

pub(crate) static FORMAT: crate::Format = crate::Format {
    id: "xlsx",
    about: "a workbook for Excel, to sort, to filter and to count",
    is_binary: true,
    write: |assessment, options, out| Ok(out.write_all(&xlsx::workbook(assessment, options)?)?),
    compare: |comparison, options, out| Ok(out.write_all(&xlsx::comparison(comparison, options)?)?),
};
