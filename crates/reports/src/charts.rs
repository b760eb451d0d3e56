//! Charts as SVG, for pages and printed reports alike.
//!
//! A chart is a pure function of plain data. What it says stands in it as text, and again in its description, so
//! that it never depends on telling colours apart. Every shape has a plain colour, which is all that a printed
//! report needs, and a class; a page that includes [`STYLE`] sets the colours of the classes by custom properties
//! and so follows its theme.
//!
//! Widths are those of a small screen: a page may show a chart larger, but never has to shrink its letters.

mod bars;
mod drawing;
mod gauge;
mod heat;
mod line;
mod matrix;
mod stack;
mod trend;
mod waterfall;

use framework::Severity;

pub use bars::{Bar, Bars, bars};
pub use gauge::{Gauge, gauge};
pub use heat::{Heat, heat};
pub use line::{Line, Series, line};
pub use matrix::{Axis, Matrix, matrix};
pub use stack::{Part, Stack, stack};
pub use trend::{Trend, trend};
pub use waterfall::{Step, Waterfall, waterfall};

/// The style sheet that binds the classes of charts to custom properties of the page.
pub const STYLE: &str = include_str!("charts/charts.css");

/// What a colour stands for. All differ in lightness, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A severity.
    Of(Severity),
    /// A score that needs no attention, or a gain.
    Good,
    /// A score that needs some.
    Fair,
    /// A score that needs much, or a loss.
    Bad,
    /// What is not known.
    Unknown,
    /// What has no meaning of its own.
    Plain,
}

impl Tone {
    /// The tone of a score of 0 to 100.
    pub fn of_score(score: u8) -> Self {
        match score {
            90.. => Tone::Good,
            60.. => Tone::Fair,
            _ => Tone::Bad,
        }
    }

    /// The class and the colour where no page says another.
    fn paint(self) -> (&'static str, &'static str) {
        match self {
            Tone::Of(Severity::Critical) => ("critical", "#8f1d3f"),
            Tone::Of(Severity::High) => ("high", "#cf4a1c"),
            Tone::Of(Severity::Medium) => ("medium", "#e3a008"),
            Tone::Of(Severity::Low) => ("low", "#8db8de"),
            Tone::Good => ("good", "#0e7a5f"),
            Tone::Fair => ("fair", "#e3a008"),
            Tone::Bad => ("bad", "#b3323f"),
            Tone::Unknown => ("unknown", "#8a929c"),
            Tone::Plain => ("plain", "#3b6ea8"),
        }
    }
}
