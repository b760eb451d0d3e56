//! Scores over time.

use super::Tone;
use super::drawing::{Anchor, Drawing, Look, fitted};

/// One line.
#[derive(Debug, Clone)]
pub struct Series {
    /// What it stands for.
    pub label: String,
    /// A value of 0 to 100 for each moment; nothing where there is none.
    pub values: Vec<Option<u8>>,
    /// Its colour.
    pub tone: Tone,
}

/// Lines over the same moments.
#[derive(Debug, Clone)]
pub struct Line {
    /// What they show.
    pub title: String,
    /// The moments: dates, or names of runs.
    pub moments: Vec<String>,
    /// The lines.
    pub series: Vec<Series>,
}

const WIDTH: f64 = 340.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = 250.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 150.0;

/// Draws lines. Each is named at its end.
pub fn line(line: &Line) -> String {
    let mut drawing = Drawing::new(WIDTH, 178.0, &line.title, &description(line));
    let y = |value: u8| BOTTOM - (BOTTOM - TOP) * f64::from(value.min(100)) / 100.0;
    let gaps = line.moments.len().saturating_sub(1).max(1) as f64;
    let x = |moment: usize| LEFT + (RIGHT - LEFT) * moment as f64 / gaps;
    for value in [0, 50, 100] {
        drawing.rule((LEFT, y(value)), (RIGHT, y(value)), value > 0);
        drawing.text(LEFT - 6.0, y(value) + 4.0, Look::dim(11.0).at(Anchor::End), &value.to_string());
    }
    let last = line.moments.len().saturating_sub(1);
    if let Some(first) = line.moments.first() {
        drawing.text(LEFT, BOTTOM + 20.0, Look::dim(11.0), &fitted(first, 16));
    }
    if let (Some(moment), 1..) = (line.moments.last(), last) {
        drawing.text(RIGHT, BOTTOM + 20.0, Look::dim(11.0).at(Anchor::End), &fitted(moment, 16));
    }
    let mut ends = Vec::new();
    for series in &line.series {
        let points: Vec<(usize, f64, f64)> = series
            .values
            .iter()
            .enumerate()
            .filter_map(|(moment, value)| value.map(|value| (moment, x(moment), y(value))))
            .collect();
        drawing.through(&points, series.tone, 2.5);
        let value = series.values.iter().rev().find_map(|value| *value);
        if let (Some((_, _, y)), Some(value)) = (points.last(), value) {
            ends.push((*y, format!("{value} {}", series.label)));
        }
    }
    // Names that would stand on each other move down, and those at the bottom up again.
    ends.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut lowest = TOP - 10.0;
    let count = ends.len();
    for (number, (end, text)) in ends.into_iter().enumerate() {
        let room_below = 13.0 * (count - number - 1) as f64;
        let place = end.max(lowest + 13.0).min((BOTTOM + 8.0 - room_below).max(lowest + 13.0));
        lowest = place;
        drawing.text(RIGHT + 8.0, place + 4.0, Look::ink(11.0), &fitted(&text, 14));
    }
    drawing.finish()
}

fn description(line: &Line) -> String {
    let value = |value: &Option<u8>| value.map_or("none".to_owned(), |value| value.to_string());
    let said: Vec<String> = line
        .series
        .iter()
        .map(|series| {
            let points: Vec<String> =
                line.moments.iter().zip(&series.values).map(|(m, v)| format!("{m} {}", value(v))).collect();
            format!("{}: {}.", series.label, points.join(", "))
        })
        .collect();
    said.join(" ")
}
