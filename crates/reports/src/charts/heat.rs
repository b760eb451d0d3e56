//! A grid of numbers: failures by service and region.

use super::drawing::{Anchor, Area, Drawing, INK, Look, fitted};

/// Numbers by row and column.
#[derive(Debug, Clone)]
pub struct Heat {
    /// What it shows.
    pub title: String,
    /// Names of the rows.
    pub rows: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// A row of numbers for each row; nothing where nothing was looked at.
    pub cells: Vec<Vec<Option<u64>>>,
}

const LEFT: f64 = 120.0;
const TOP: f64 = 92.0;
const WIDTH: f64 = 38.0;
const HEIGHT: f64 = 26.0;

const STEPS: [(&str, &str); 5] =
    [("heat0", "#eef1f5"), ("heat1", "#f7dcc4"), ("heat2", "#eda982"), ("heat3", "#dc7a5c"), ("heat4", "#8f1d3f")];

/// The colour of a number among others.
pub(super) fn step(value: u64, most: u64) -> (&'static str, &'static str) {
    let step = match (value, most) {
        (0, _) | (_, 0) => 0,
        // From the square root, because a few large numbers would leave all others the same.
        (value, most) => ((value as f64 / most as f64).sqrt() * 4.0).ceil().clamp(1.0, 4.0) as usize,
    };
    STEPS.get(step).copied().unwrap_or(INK)
}

/// The colour of text on it.
pub(super) fn on((class, _): (&str, &str)) -> (&'static str, &'static str) {
    match class {
        "heat4" => ("on1", "#ffffff"),
        _ => ("on0", "#1c2430"),
    }
}

/// Draws a grid; it is as wide as it has columns.
pub fn heat(heat: &Heat) -> String {
    let width = LEFT + WIDTH * heat.columns.len() as f64 + 44.0;
    let height = TOP + HEIGHT * heat.rows.len() as f64;
    let mut drawing = Drawing::new(width, height, &heat.title, &description(heat));
    let most = heat.cells.iter().flatten().filter_map(|value| *value).max().unwrap_or_default();
    for (column, name) in heat.columns.iter().enumerate() {
        let x = LEFT + WIDTH * (column as f64 + 0.5);
        drawing.turned(x, TOP - 8.0, Look::ink(12.0), &fitted(name, 16), Some(-50));
    }
    for (row, name) in heat.rows.iter().enumerate() {
        let y = TOP + HEIGHT * row as f64;
        drawing.text(LEFT - 10.0, y + 16.5, Look::ink(13.0).at(Anchor::End), &fitted(name, 16));
        for column in 0..heat.columns.len() {
            let value = heat.cells.get(row).and_then(|cells| cells.get(column)).copied().flatten();
            let Some(value) = value else { continue };
            let x = LEFT + WIDTH * column as f64;
            let step = step(value, most);
            drawing.painted(Area { x, y, width: WIDTH - 2.0, height: HEIGHT - 2.0 }, step);
            let look = Look::ink(12.0).paint(on(step)).at(Anchor::Middle);
            drawing.text(x + WIDTH / 2.0 - 1.0, y + 16.5, look, &value.to_string());
        }
    }
    drawing.finish()
}

fn description(heat: &Heat) -> String {
    let mut said = Vec::new();
    for (row, cells) in heat.rows.iter().zip(&heat.cells) {
        let cells: Vec<String> = heat
            .columns
            .iter()
            .zip(cells)
            .filter_map(|(column, value)| value.filter(|value| *value > 0).map(|value| format!("{column} {value}")))
            .collect();
        if !cells.is_empty() {
            said.push(format!("{row}: {}.", cells.join(", ")));
        }
    }
    if said.is_empty() { "All are 0.".to_owned() } else { said.join(" ") }
}
