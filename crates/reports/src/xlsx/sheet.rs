//! What sheets are made of.

use std::borrow::Cow;

use findings::Status;
use framework::Severity;
use pricing::Usd;
use rust_xlsxwriter::{Color, Format, FormatAlign, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use crate::columns::MOST_IN_CELL;
use crate::safe::{cut, safe};

/// A table has more columns than a smaller page could show.
const A3: u8 = 8;

/// How many rows a sheet holds.
const MOST_ROWS: u32 = 1_048_576;

pub(super) const CRITICAL: u32 = 0x008F_1D3F;
pub(super) const HIGH: u32 = 0x00B9_3F14;
pub(super) const MEDIUM: u32 = 0x00E3_A008;
pub(super) const LOW: u32 = 0x008D_B8DE;
pub(super) const PLAIN: u32 = 0x003B_6EA8;
const WHITE: u32 = 0x00FF_FFFF;

/// What a cell holds.
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    /// Of 0 to 100.
    Percent(u8),
    /// A number of tenths, all of which are shown.
    Tenths(i32),
    /// Text behind numbers.
    Remark(Cow<'a, str>),
    Money(Usd),
    Severity(Severity),
    Status(Status),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn perhaps(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn number(number: impl Into<f64>) -> Self {
        Self::Number(number.into())
    }

    /// A number of things in memory, which a double holds exactly.
    pub(super) fn count(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

/// How cells look. Made once: a format is compared with all others when it is used.
pub(super) struct Styles {
    severities: [Format; 4],
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) label: Format,
    pub(super) header: Format,
    header_of_numbers: Format,
    header_of_remarks: Format,
    percent: Format,
    tenths: Format,
    remark: Format,
    wrapped: Format,
    fail: Format,
    unknown: Format,
    pass: Format,
    dim: Format,
    money: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let filled = |ground: u32, ink: u32| {
            Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink)).set_bold()
        };
        let colored = |ink: u32| Format::new().set_font_color(Color::RGB(ink));
        Self {
            severities: [
                filled(CRITICAL, WHITE),
                filled(HIGH, WHITE),
                filled(MEDIUM, 0x0024_1A00),
                filled(LOW, 0x000C_2036),
            ],
            title: Format::new().set_bold().set_font_size(18),
            heading: Format::new().set_bold().set_font_size(13),
            label: colored(0x0056_6070).set_align(FormatAlign::Top),
            header: filled(0x0014_213A, WHITE),
            header_of_numbers: filled(0x0014_213A, WHITE).set_align(FormatAlign::Right),
            header_of_remarks: filled(0x0014_213A, WHITE).set_indent(1),
            percent: Format::new().set_num_format("0%"),
            tenths: Format::new().set_num_format("0.0"),
            remark: Format::new().set_indent(1),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left),
            fail: colored(0x00A3_202F).set_bold(),
            unknown: colored(0x0054_5C67).set_italic(),
            pass: colored(0x000B_6650),
            dim: colored(0x0056_6070),
            money: Format::new().set_num_format("#,##0.00").set_align(FormatAlign::Top),
        }
    }

    fn severity(&self, severity: Severity) -> &Format {
        let [critical, high, medium, low] = &self.severities;
        match severity {
            Severity::Critical => critical,
            Severity::High => high,
            Severity::Medium => medium,
            Severity::Low => low,
        }
    }

    fn status(&self, status: Status) -> &Format {
        match status {
            Status::Fail => &self.fail,
            Status::Unknown => &self.unknown,
            Status::Pass => &self.pass,
            Status::Waived | Status::NotApplicable => &self.dim,
        }
    }
}

/// A sheet that is one table, and how many rows did not fit.
pub(super) struct List {
    pub(super) name: &'static str,
    pub(super) sheet: Worksheet,
    pub(super) left: usize,
}

/// A column: what it is called and how wide it is.
pub(super) type Column = (&'static str, f64);

/// A table with filters, whose header stays in sight.
pub(super) fn table<'a, const N: usize>(
    name: &'static str,
    columns: [Column; N],
    rows: impl Iterator<Item = [Cell<'a>; N]>,
    styles: &Styles,
) -> Result<List, XlsxError> {
    filled(name, columns, rows, styles, MOST_ROWS)
}

fn filled<'a, const N: usize>(
    name: &'static str,
    columns: [Column; N],
    rows: impl Iterator<Item = [Cell<'a>; N]>,
    styles: &Styles,
    most: u32,
) -> Result<List, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(A3).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    let mut headers = Vec::with_capacity(N);
    for (number, (header, width)) in (0..).zip(columns) {
        sheet.set_column_width(number, width)?;
        headers.push(TableColumn::new().set_header(header).set_header_format(&styles.header));
    }
    let (mut next, mut left) = (1, 0);
    for row in rows {
        if next == most {
            left += 1;
            continue;
        }
        for (number, cell) in (0..).zip(row) {
            put(&mut sheet, next, number, cell, styles)?;
        }
        next += 1;
    }
    // A table has a row at least.
    let last = next.max(2) - 1;
    // What runs over the end of the last column would count as width, and make all letters smaller.
    sheet.set_print_area(0, 0, last, (N as u16).max(1) - 1)?;
    let table = Table::new().set_name(name).set_columns(&headers).set_style(TableStyle::Light1);
    sheet.add_table(0, 0, last, (N as u16).max(1) - 1, &table)?;
    Ok(List { name, sheet, left })
}

/// A sheet that is read from top to bottom.
pub(super) struct Page<'s> {
    pub(super) sheet: Worksheet,
    pub(super) next: u32,
    styles: &'s Styles,
}

impl<'s> Page<'s> {
    pub(super) fn new(name: &str, title: &str, widths: &[f64], styles: &'s Styles) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
        for (number, width) in (0..).zip(widths) {
            sheet.set_column_width(number, *width)?;
        }
        sheet.write_string_with_format(0, 0, title, &styles.title)?;
        Ok(Self { sheet, next: 2, styles })
    }

    /// A heading, after an empty row.
    pub(super) fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.next + 1, 0, text, &self.styles.heading)?;
        self.next += 2;
        Ok(())
    }

    /// The names of columns: one of names, some of numbers, and perhaps some of remarks.
    pub(super) fn header(&mut self, name: &str, numbers: &[&str], remarks: &[&str]) -> Result<(), XlsxError> {
        let numbers = numbers.iter().map(|name| (*name, &self.styles.header_of_numbers));
        let remarks = remarks.iter().map(|name| (*name, &self.styles.header_of_remarks));
        let all = std::iter::once((name, &self.styles.header)).chain(numbers).chain(remarks);
        for (number, (name, style)) in (0..).zip(all) {
            self.sheet.write_string_with_format(self.next, number, name, style)?;
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), XlsxError> {
        for (number, cell) in (0..).zip(cells) {
            put(&mut self.sheet, self.next, number, cell, self.styles)?;
        }
        self.next += 1;
        Ok(())
    }

    /// What something is, beside what it is called. Text has several columns and no more than it needs of them.
    pub(super) fn fact(&mut self, label: &str, cell: Cell<'_>) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.next, 0, label, &self.styles.label)?;
        match cell {
            Cell::Number(number) => {
                self.sheet.write_number_with_format(self.next, 1, number, &self.styles.wrapped)?;
            }
            Cell::Money(amount) => {
                let format = self.styles.money.clone().set_align(FormatAlign::Left);
                self.sheet.write_number_with_format(self.next, 1, amount.dollars(), &format)?;
            }
            cell => put(&mut self.sheet, self.next, 1, cell, self.styles)?,
        }
        self.next += 1;
        Ok(())
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell<'_>, styles: &Styles) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, harmless(&text))?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, number)?;
        }
        Cell::Percent(percent) => {
            sheet.write_number_with_format(row, column, f64::from(percent) / 100.0, &styles.percent)?;
        }
        Cell::Tenths(tenths) => {
            sheet.write_number_with_format(row, column, f64::from(tenths) / 10.0, &styles.tenths)?;
        }
        Cell::Remark(text) => {
            sheet.write_string_with_format(row, column, harmless(&text), &styles.remark)?;
        }
        Cell::Money(amount) => {
            sheet.write_number_with_format(row, column, amount.dollars(), &styles.money)?;
        }
        Cell::Severity(severity) => {
            sheet.write_string_with_format(row, column, severity.id(), styles.severity(severity))?;
        }
        Cell::Status(status) => {
            sheet.write_string_with_format(row, column, status.id(), styles.status(status))?;
        }
    }
    Ok(())
}

/// What acts is made visible, and what is too long for a cell is cut.
fn harmless(text: &str) -> String {
    cut(&safe(text), MOST_IN_CELL).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_does_not_hold_is_counted() {
        let rows = |number: u32| (0..number).map(|number| [Cell::number(number)]);
        let left = |number| filled("Numbers", [("number", 8.0)], rows(number), &Styles::new(), 5).unwrap().left;
        assert_eq!((left(0), left(3), left(4), left(5), left(10)), (0, 0, 0, 1, 6));
    }

    #[test]
    fn a_cell_holds_what_excel_takes() {
        let long = harmless(&"🚀".repeat(40_000));
        assert_eq!(long.encode_utf16().count(), MOST_IN_CELL);
        assert!(long.ends_with('…'));
    }
}
