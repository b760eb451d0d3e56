//! A score on a half circle.

use std::f64::consts::PI;

use super::Tone;
use super::drawing::{Anchor, Drawing, INK, Look, number};

/// A score of 0 to 100.
#[derive(Debug, Clone)]
pub struct Gauge {
    /// What is scored.
    pub title: String,
    /// The score; nothing where nothing could be decided.
    pub score: Option<u8>,
    /// What stands below it: `63 % decided`.
    pub note: String,
}

const WIDTH: f64 = 160.0;
const RADIUS: f64 = 62.0;
const FLOOR: f64 = 78.0;

/// Draws a score.
pub fn gauge(gauge: &Gauge) -> String {
    let said = match gauge.score {
        Some(score) => format!("{score} of 100"),
        None => "no score, because nothing was decided".to_owned(),
    };
    let mut drawing =
        Drawing::new(WIDTH, 104.0, &format!("{}: {said}", gauge.title), &format!("Score {said}. {}.", gauge.note));
    let (left, right, radius) = (number(WIDTH / 2.0 - RADIUS), number(WIDTH / 2.0 + RADIUS), number(RADIUS));
    let path = format!("M {left} {FLOOR} A {radius} {radius} 0 0 1 {right} {FLOOR}");
    drawing.stroke(&path, None, 14.0, None);
    let (text, tone) = match gauge.score {
        Some(score) => (score.to_string(), Some(Tone::of_score(score))),
        None => ("–".to_owned(), None),
    };
    if let (Some(score @ 1..), Some(tone)) = (gauge.score, tone) {
        let length = PI * RADIUS;
        drawing.stroke(&path, Some(tone), 14.0, Some((length * f64::from(score.min(100)) / 100.0, length * 2.0)));
    }
    drawing.text(WIDTH / 2.0, 74.0, Look::ink(38.0).bold().paint(INK).at(Anchor::Middle), &text);
    drawing.text(WIDTH / 2.0, 98.0, Look::dim(12.0).at(Anchor::Middle), &gauge.note);
    drawing.finish()
}
