//! Horizontal bars.

use super::Tone;
use super::drawing::{Anchor, Area, Drawing, Look, fitted, share};

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is.
    pub value: u64,
    /// Its colour.
    pub tone: Tone,
}

/// Bars below each other, the first on top.
#[derive(Debug, Clone)]
pub struct Bars {
    /// What they show.
    pub title: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

const WIDTH: f64 = 340.0;
const ROW: f64 = 26.0;
const LABEL: f64 = 118.0;
const NUMBER: f64 = 46.0;
const DIGIT: f64 = 8.5;

/// Draws bars.
pub fn bars(bars: &Bars) -> String {
    let said: Vec<String> = bars.bars.iter().map(|bar| format!("{} {}", bar.label, bar.value)).collect();
    let height = (ROW * bars.bars.len() as f64).max(ROW);
    let mut drawing = Drawing::new(WIDTH, height, &bars.title, &format!("{}.", said.join(", ")));
    let most = bars.bars.iter().map(|bar| bar.value).max().unwrap_or_default();
    // Amounts of money may be longer than counts.
    let number = NUMBER.max(8.0 + DIGIT * most.to_string().len() as f64);
    let room = WIDTH - LABEL - number;
    for (row, bar) in bars.bars.iter().enumerate() {
        let top = ROW * row as f64;
        drawing.text(LABEL - 8.0, top + 17.5, Look::ink(13.0).at(Anchor::End), &fitted(&bar.label, 16));
        let area = Area { x: LABEL, y: top + 5.0, width: room, height: 16.0 };
        drawing.track(area);
        if bar.value > 0 {
            let length = (room * share(bar.value as f64, most as f64)).max(2.0);
            drawing.area(Area { width: length, ..area }, bar.tone);
        }
        drawing.text(LABEL + room + 8.0, top + 17.5, Look::ink(13.0).bold(), &bar.value.to_string());
    }
    drawing.finish()
}
