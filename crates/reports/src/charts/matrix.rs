//! How much stands where two scales meet: impact and effort.

use super::drawing::{Anchor, Area, Drawing, INK, Look, fitted};
use super::heat::{on, step};

/// A scale.
#[derive(Debug, Clone)]
pub struct Axis {
    /// What it measures.
    pub name: String,
    /// Its steps, from the left or from the top.
    pub steps: Vec<String>,
}

/// Numbers where two scales meet.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// What it shows.
    pub title: String,
    /// The scale from left to right.
    pub across: Axis,
    /// The scale from top to bottom.
    pub down: Axis,
    /// A row for each step down, in it a number for each step across.
    pub cells: Vec<Vec<u64>>,
}

const WIDTH: f64 = 340.0;
const LEFT: f64 = 76.0;
const TOP: f64 = 24.0;
const ROW: f64 = 44.0;

/// Draws a matrix.
pub fn matrix(matrix: &Matrix) -> String {
    let (columns, rows) = (matrix.across.steps.len(), matrix.down.steps.len());
    let bottom = TOP + ROW * rows as f64;
    let mut drawing = Drawing::new(WIDTH, bottom + 42.0, &matrix.title, &description(matrix));
    let width = (WIDTH - LEFT) / columns.max(1) as f64;
    let most = matrix.cells.iter().flatten().copied().max().unwrap_or_default();
    drawing.text(0.0, 12.0, Look::dim(12.0), &fitted(&matrix.down.name, 40));
    for (row, name) in matrix.down.steps.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        drawing.text(LEFT - 10.0, y + ROW / 2.0 + 3.0, Look::ink(13.0).at(Anchor::End), &fitted(name, 10));
        for column in 0..columns {
            let value = matrix.cells.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or_default();
            let x = LEFT + width * column as f64;
            let step = step(value, most);
            drawing.painted(Area { x, y, width: width - 3.0, height: ROW - 3.0 }, step);
            let look = Look::ink(16.0).bold().paint(on(step)).at(Anchor::Middle);
            let text = if value == 0 { "·".to_owned() } else { value.to_string() };
            drawing.text(x + (width - 3.0) / 2.0, y + ROW / 2.0 + 4.0, look, &text);
        }
    }
    for (column, name) in matrix.across.steps.iter().enumerate() {
        let x = LEFT + width * (column as f64 + 0.5) - 1.5;
        drawing.text(x, bottom + 15.0, Look::ink(13.0).at(Anchor::Middle), &fitted(name, 12));
    }
    let middle = LEFT + (WIDTH - LEFT) / 2.0;
    drawing.text(
        middle,
        bottom + 35.0,
        Look::dim(12.0).paint(INK).at(Anchor::Middle),
        &fitted(&matrix.across.name, 34),
    );
    drawing.finish()
}

fn description(matrix: &Matrix) -> String {
    let mut said = Vec::new();
    for (down, cells) in matrix.down.steps.iter().zip(&matrix.cells) {
        for (across, value) in matrix.across.steps.iter().zip(cells).filter(|(_, value)| **value > 0) {
            said.push(format!("{down} and {across}: {value}"));
        }
    }
    if said.is_empty() {
        return "All are 0.".to_owned();
    }
    format!("{} and {}. {}.", matrix.down.name, matrix.across.name, said.join(", "))
}
