//! The sheet of what ending failures would save.

use assessment::{Assessment, SavingOfFinding};
use rust_xlsxwriter::XlsxError;

use super::sheet::{Cell, Column, List, Styles, table};
use crate::{listing, savings};

const SAVINGS: [Column; 13] = [
    ("USD a month", 13.0),
    ("USD a year", 13.0),
    ("Of it in the total", 16.0),
    ("Check", 34.0),
    ("Claim", 46.0),
    ("Resource type", 28.0),
    ("Resource id", 36.0),
    ("Resource name", 24.0),
    ("Account", 14.0),
    ("Region", 13.0),
    ("Line of code", 34.0),
    ("Computed from", 70.0),
    ("Finding", 22.0),
];

/// Every failure with a figure, the largest first. The third column adds up to the total: of several failures on one
/// resource it has the largest.
pub(super) fn sheet(assessment: &Assessment, styles: &Styles) -> Result<List, XlsxError> {
    let findings = assessment.savings().findings;
    table("Savings", SAVINGS, findings.iter().map(|of| row(assessment, of)), styles)
}

fn row<'a>(assessment: &'a Assessment, of: &SavingOfFinding<'a>) -> [Cell<'a>; SAVINGS.len()] {
    let SavingOfFinding { finding, saving, counts } = of;
    let (check, resource) = (assessment.check(finding), assessment.inventory.resource(finding.resource));
    [
        Cell::Money(saving.monthly),
        Cell::Money(saving.monthly * 12),
        if *counts { Cell::Money(saving.monthly) } else { Cell::Empty },
        Cell::text(&check.id),
        Cell::text(&check.claim),
        Cell::text(&resource.kind),
        Cell::text(&resource.id),
        Cell::perhaps(resource.name.as_deref()),
        Cell::perhaps(listing::account(assessment, resource)),
        Cell::perhaps(listing::region(assessment, resource)),
        listing::line_of_code(assessment, finding).map_or(Cell::Empty, Cell::text),
        Cell::text(savings::basis(saving)),
        Cell::text(&finding.id),
    ]
}
