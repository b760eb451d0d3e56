//! A score over time, small enough to stand beside it.

use jiff::civil::Date;

use super::Tone;
use super::drawing::{Anchor, Drawing, Look};

/// A score at several days.
#[derive(Debug, Clone)]
pub struct Trend {
    /// What is scored.
    pub title: String,
    /// Days and scores of 0 to 100, the oldest first; nothing where there was none.
    pub scores: Vec<(Date, Option<u8>)>,
}

const WIDTH: f64 = 160.0;
const LEFT: f64 = 26.0;
const RIGHT: f64 = 154.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 66.0;

/// Draws a trend. The score itself is for what stands beside it to say.
pub fn trend(trend: &Trend) -> String {
    let mut drawing = Drawing::new(WIDTH, 88.0, &trend.title, &description(trend));
    let y = |score: u8| BOTTOM - (BOTTOM - TOP) * f64::from(score.min(100)) / 100.0;
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let ends = trend.scores.first().zip(trend.scores.last()).map(|((first, _), (last, _))| (*first, *last));
    let x = |day: Date| match ends {
        Some((first, last)) if first < last => LEFT + (RIGHT - LEFT) * days(first, day) / days(first, last),
        _ => RIGHT,
    };
    for score in [0, 100] {
        drawing.rule((LEFT, y(score)), (RIGHT, y(score)), score > 0);
        drawing.text(LEFT - 4.0, y(score) + 4.0, Look::dim(10.0).at(Anchor::End), &score.to_string());
    }
    if let Some((first, last)) = ends {
        if first < last {
            drawing.text(LEFT, BOTTOM + 16.0, Look::dim(10.0), &first.to_string());
        }
        drawing.text(RIGHT, BOTTOM + 16.0, Look::dim(10.0).at(Anchor::End), &last.to_string());
    }
    let places = trend.scores.iter().enumerate();
    let points: Vec<(usize, f64, f64)> =
        places.filter_map(|(place, (day, score))| score.map(|score| (place, x(*day), y(score)))).collect();
    drawing.through(&points, Tone::Plain, 2.0);
    drawing.finish()
}

fn description(trend: &Trend) -> String {
    let said = trend.scores.iter().map(|(day, score)| match score {
        Some(score) => format!("{day} {score}"),
        None => format!("{day} no score"),
    });
    format!("{}.", said.collect::<Vec<_>>().join(", "))
}
