//! Workbooks, to sort, to filter and to count.
//!
//! Every text is written as a string: nothing is calculated, and nothing is a link. The same assessment makes
//! the same bytes, so the workbook says that it was made at the beginning of the day of the run.

mod changes;
mod lists;
mod savings;
mod sheet;
mod summary;

use assessment::{Assessment, Comparison};
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::{Options, ReportError};
use sheet::Styles;

impl From<XlsxError> for ReportError {
    fn from(error: XlsxError) -> Self {
        Self::Write(std::io::Error::other(error))
    }
}

/// An assessment as a workbook.
pub(crate) fn workbook(assessment: &Assessment, options: &Options) -> Result<Vec<u8>, ReportError> {
    let styles = Styles::new();
    let lists = lists::sheets(assessment, options, &styles)?;
    let mut sheets = vec![summary::summary(assessment, options, &lists, &styles)?];
    sheets.extend(lists.into_iter().map(|list| list.sheet));
    sheets.push(summary::provenance(assessment, options, &styles)?);
    bytes("Well-architected assessment", sheets, assessment)
}

/// What changed between two assessments as a workbook.
pub(crate) fn comparison(comparison: &Comparison<'_>, options: &Options) -> Result<Vec<u8>, ReportError> {
    let styles = Styles::new();
    bytes("Well-architected comparison", changes::sheets(comparison, options, &styles)?, comparison.after)
}

fn bytes(title: &str, sheets: Vec<Worksheet>, assessment: &Assessment) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created(assessment.today)?));
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

/// The day of the run; of days that Excel does not know, the first it does.
fn created(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day).or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))
}
