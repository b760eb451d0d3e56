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

/// Two scores of 0 to 100 and the steps between them, which should add up.
#[derive(Debug, Clone)]
pub struct Waterfall {
    /// What it shows.
    pub title: String,
    /// The first score and its name.
    pub from: (String, f64),
    /// What moved it, in order.
    pub steps: Vec<Step>,
    /// The last score and its name.
    pub to: (String, f64),
}

const WIDTH: f64 = 340.0;
const ROW: f64 = 28.0;
const LEFT: f64 = 118.0;
const RIGHT: f64 = 288.0;
/// Room for the ends of the scale.
const FOOT: f64 = 22.0;

/// Draws a waterfall from top to bottom. A step of a point would not be seen on a scale of a hundred, so the scale is
/// only as long as it has to be, and its ends stand below it.
pub fn waterfall(waterfall: &Waterfall) -> String {
    let rows = waterfall.steps.len() + 2;
    let height = ROW * rows as f64 + FOOT;
    let (low, high) = scale(waterfall);
    let mut drawing = Drawing::new(WIDTH, height, &waterfall.title, &description(waterfall, (low, high)));
    let x = |value: f64| LEFT + (RIGHT - LEFT) * ((value - low) / (high - low)).clamp(0.0, 1.0);
    let bottom = ROW * rows as f64;
    for (end, anchor) in [(low, Anchor::Start), (high, Anchor::End)] {
        drawing.rule((x(end), 0.0), (x(end), bottom), true);
        drawing.text(x(end), bottom + 15.0, Look::dim(12.0).at(anchor), &format!("{end:.0}"));
    }
    let mut row = |label: &str, from: f64, to: f64, tone: Tone, text: &str, number: usize| {
        let y = ROW * number as f64;
        drawing.text(LEFT - 8.0, y + 18.5, Look::ink(13.0).at(Anchor::End), &fitted(label, 16));
        let (left, right) = (x(from.min(to)), x(from.max(to)));
        // Rounded corners need some width, and so do eyes.
        drawing.area(Area { x: left, y: y + 5.0, width: (right - left).max(2.0), height: 18.0 }, tone);
        drawing.text(right.max(left + 2.0) + 6.0, y + 18.5, Look::ink(13.0).bold(), text);
        if number + 1 < rows {
            drawing.rule((x(to), y + 23.0), (x(to), y + ROW + 5.0), false);
        }
    };
    let (label, score) = &waterfall.from;
    row(label, low, *score, Tone::Plain, &points(*score), 0);
    let mut at = *score;
    for (number, step) in waterfall.steps.iter().enumerate() {
        let next = at + step.change;
        let tone = if step.change < 0.0 { Tone::Bad } else { Tone::Good };
        row(&step.label, at, next, tone, &signed(step.change), number + 1);
        at = next;
    }
    let (label, score) = &waterfall.to;
    row(label, low, *score, Tone::Plain, &points(*score), rows - 1);
    drawing.finish()
}

/// From ten to ten around all that is shown, with something left of the lowest score.
fn scale(waterfall: &Waterfall) -> (f64, f64) {
    let mut at = waterfall.from.1;
    let (mut low, mut high) = (at.min(waterfall.to.1), at.max(waterfall.to.1));
    for step in &waterfall.steps {
        at += step.change;
        (low, high) = (low.min(at), high.max(at));
    }
    let low = (((low - 1.0) / 10.0).floor() * 10.0).clamp(0.0, 90.0);
    let high = ((high / 10.0).ceil() * 10.0).clamp(low + 10.0, 100.0);
    (low, high)
}

fn points(points: f64) -> String {
    format!("{points:.1}")
}

/// `+3.5`, `−2`: the sign says what the colour does.
fn signed(change: f64) -> String {
    let sign = if change < 0.0 { '−' } else { '+' };
    format!("{sign}{}", points(change.abs()))
}

fn description(waterfall: &Waterfall, (low, high): (f64, f64)) -> String {
    let steps: Vec<String> =
        waterfall.steps.iter().map(|step| format!("{} {}; ", step.label, signed(step.change))).collect();
    let (from, to) = (&waterfall.from, &waterfall.to);
    let (first, last) = (points(from.1), points(to.1));
    format!("{} {first}; {}{} {last}. The scale goes from {low:.0} to {high:.0}.", from.0, steps.concat(), to.0)
}
