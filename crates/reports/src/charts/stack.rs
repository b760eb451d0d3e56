//! One bar of several parts: findings by severity.

use super::Tone;
use super::drawing::{Area, Drawing, Look, share};

/// A part of the bar.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it stands for.
    pub label: String,
    /// How much of it there is.
    pub value: u64,
    /// Its colour.
    pub tone: Tone,
}

/// Parts that make up a whole, from left to right.
#[derive(Debug, Clone)]
pub struct Stack {
    /// What they show.
    pub title: String,
    /// The parts.
    pub parts: Vec<Part>,
}

const WIDTH: f64 = 340.0;
/// Between parts, so that they are told apart without their colours.
const SEAM: f64 = 2.0;
const ENTRY: f64 = 24.0;

/// Draws a stacked bar and, below it, what its parts are.
pub fn stack(stack: &Stack) -> String {
    let whole: u64 = stack.parts.iter().map(|part| part.value).sum();
    let said: Vec<String> = stack.parts.iter().map(|part| format!("{} {}", part.label, part.value)).collect();
    let lines = stack.parts.len().div_ceil(2) as f64;
    let mut drawing =
        Drawing::new(WIDTH, 38.0 + ENTRY * lines, &stack.title, &format!("{whole} in all: {}.", said.join(", ")));
    let bar = Area { x: 0.0, y: 0.0, width: WIDTH, height: 26.0 };
    let shown: Vec<&Part> = stack.parts.iter().filter(|part| part.value > 0).collect();
    if shown.is_empty() {
        drawing.track(bar);
    }
    // What is rare stays visible: every part has its least width before the rest is shared out.
    let least = 4.0;
    let room = WIDTH - (SEAM + least) * shown.len() as f64 + SEAM;
    let mut x = 0.0;
    for part in shown {
        let width = least + room.max(0.0) * share(part.value as f64, whole as f64);
        drawing.area(Area { x, width, ..bar }, part.tone);
        x += width + SEAM;
    }
    for (number, part) in stack.parts.iter().enumerate() {
        let x = if number % 2 == 0 { 0.0 } else { WIDTH / 2.0 };
        let y = 40.0 + ENTRY * (number / 2) as f64;
        drawing.area(Area { x, y, width: 14.0, height: 14.0 }, part.tone);
        drawing.text(x + 22.0, y + 12.0, Look::ink(14.0), &format!("{} {}", part.value, part.label));
    }
    drawing.finish()
}
