//! Reports of assessments made for it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod account;
mod charts;
mod comparisons;
mod formats;
mod golden;
mod hostile;
mod html;
mod large;
mod paper;
mod savings;
mod schemas;
mod workbook;
