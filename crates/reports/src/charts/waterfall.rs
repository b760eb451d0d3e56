//! What leads from one score to another.

use super::Tone;
use super::drawing::{Anchor, Area, Drawing, Look, fitted};

/// What moved the score.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it was.
    pub label: String,
    /// By how many points.
    pub change: f64,
}

/// Two scores and what lies between them. The changes need not add up: scores are rounded.
#[derive(Debug, Clone)]
pub struct Waterfall {
    /// What it shows.
    pub title: String,
    /// The first score and its name.
    pub from: (String, u8),
    /// What moved it, in order.
    pub steps: Vec<Step>,
    /// The last score and its name.
    pub to: (String, u8),
}

const WIDTH: f64 = 340.0;
const ROW: f64 = 28.0;
const LEFT: f64 = 118.0;
const RIGHT: f64 = 294.0;

/// Draws a waterfall from top to bottom.
pub fn waterfall(waterfall: &Waterfall) -> String {
    let height = ROW * (waterfall.steps.len() + 2) as f64;
    let mut drawing = Drawing::new(WIDTH, height, &waterfall.title, &description(waterfall));
    let x = |value: f64| LEFT + (RIGHT - LEFT) * value.clamp(0.0, 100.0) / 100.0;
    let mut row = |label: &str, from: f64, to: f64, tone: Tone, text: &str, number: usize| {
        let y = ROW * number as f64;
        drawing.text(LEFT - 8.0, y + 18.5, Look::ink(13.0).at(Anchor::End), &fitted(label, 16));
        let (left, right) = (x(from.min(to)), x(from.max(to)));
        drawing.area(Area { x: left, y: y + 5.0, width: (right - left).max(2.0), height: 18.0 }, tone);
        drawing.text(right + 6.0, y + 18.5, Look::ink(13.0).bold(), text);
        if number <= waterfall.steps.len() {
            drawing.rule((x(to), y + 23.0), (x(to), y + ROW + 5.0), false);
        }
    };
    let (label, score) = &waterfall.from;
    row(label, 0.0, f64::from(*score), Tone::Plain, &score.to_string(), 0);
    let mut at = f64::from(*score);
    for (number, step) in waterfall.steps.iter().enumerate() {
        let next = at + step.change;
        let tone = if step.change < 0.0 { Tone::Bad } else { Tone::Good };
        row(&step.label, at, next, tone, &signed(step.change), number + 1);
        at = next;
    }
    let (label, score) = &waterfall.to;
    row(label, 0.0, f64::from(*score), Tone::Plain, &score.to_string(), waterfall.steps.len() + 1);
    drawing.finish()
}

/// `+3.5`, `−2`: the sign says what the colour does.
fn signed(change: f64) -> String {
    let text = format!("{:.1}", change.abs());
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if change < 0.0 { format!("−{text}") } else { format!("+{text}") }
}

fn description(waterfall: &Waterfall) -> String {
    let steps: Vec<String> =
        waterfall.steps.iter().map(|step| format!("{} {}", step.label, signed(step.change))).collect();
    let (from, to) = (&waterfall.from, &waterfall.to);
    format!("{} {}; {}; {} {}.", from.0, from.1, steps.join(", "), to.0, to.1)
}
