//! What charts are drawn with: numbers, texts and shapes as SVG.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::Tone;
use crate::safe::safe;

/// Where a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    class: &'static str,
    fill: &'static str,
    size: f64,
    bold: bool,
    anchor: Anchor,
}

pub(super) const INK: (&str, &str) = ("ink", "#1c2430");
const DIM: (&str, &str) = ("dim", "#566070");
const TRACK: (&str, &str) = ("track", "#e4e8ee");

impl Look {
    pub(super) fn ink(size: f64) -> Self {
        Self { class: INK.0, fill: INK.1, size, bold: false, anchor: Anchor::Start }
    }

    pub(super) fn dim(size: f64) -> Self {
        Self { class: DIM.0, fill: DIM.1, ..Self::ink(size) }
    }

    pub(super) fn paint(self, (class, fill): (&'static str, &'static str)) -> Self {
        Self { class, fill, ..self }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// A rectangle.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// An SVG as it grows.
pub(super) struct Drawing {
    body: String,
}

impl Drawing {
    pub(super) fn new(width: f64, height: f64, title: &str, description: &str) -> Self {
        let mut body = String::with_capacity(2048);
        let (width, height) = (number(width), number(height));
        push(
            &mut body,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
                 width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n",
                escaped(title),
                escaped(description)
            ),
        );
        Self { body }
    }

    pub(super) fn finish(mut self) -> String {
        self.body.push_str("</svg>\n");
        self.body
    }

    pub(super) fn text(&mut self, x: f64, y: f64, look: Look, text: &str) {
        self.turned(x, y, look, text, None);
    }

    /// A text turned around its place by degrees.
    pub(super) fn turned(&mut self, x: f64, y: f64, look: Look, text: &str, degrees: Option<i32>) {
        let Look { class, fill, size, bold, anchor } = look;
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if bold { " font-weight=\"600\"" } else { "" };
        let (x, y) = (number(x), number(y));
        let turn = degrees.map(|degrees| format!(" transform=\"rotate({degrees} {x} {y})\"")).unwrap_or_default();
        push(
            &mut self.body,
            format_args!(
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{}\"{bold}{anchor} fill=\"{fill}\"{turn}>{}</text>\n",
                number(size),
                escaped(text)
            ),
        );
    }

    pub(super) fn area(&mut self, area: Area, tone: Tone) {
        self.painted(area, tone.paint());
    }

    /// The ground of a bar that is not full.
    pub(super) fn track(&mut self, area: Area) {
        self.painted(area, TRACK);
    }

    pub(super) fn painted(&mut self, area: Area, (class, fill): (&str, &str)) {
        let Area { x, y, width, height } = area;
        let radius = (height / 2.0).min(width / 2.0).clamp(0.0, 3.0);
        push(
            &mut self.body,
            format_args!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\"/>\n",
                number(x),
                number(y),
                number(width),
                number(height),
                number(radius)
            ),
        );
    }

    /// A stroke along a path; of its length only a part where `length` says so.
    pub(super) fn stroke(&mut self, path: &str, tone: Option<Tone>, width: f64, length: Option<(f64, f64)>) {
        let (class, color) = tone.map_or(TRACK, Tone::paint);
        let dashes = length
            .map(|(drawn, left)| format!(" stroke-dasharray=\"{} {}\"", number(drawn), number(left)))
            .unwrap_or_default();
        push(
            &mut self.body,
            format_args!(
                "<path class=\"arc {class}\" d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{}\"{dashes}/>\n",
                number(width)
            ),
        );
    }

    pub(super) fn rule(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), dashed: bool) {
        let dashes = if dashed { " stroke-dasharray=\"3 3\"" } else { "" };
        push(
            &mut self.body,
            format_args!(
                "<line class=\"rule\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#c9d0da\"{dashes}/>\n",
                number(x1),
                number(y1),
                number(x2),
                number(y2)
            ),
        );
    }

    /// A line through points, and a dot at each. A point is a moment and a place; a line that jumped over a moment
    /// without a point would claim one.
    pub(super) fn through(&mut self, points: &[(usize, f64, f64)], tone: Tone, width: f64) {
        for run in points.chunk_by(|(before, ..), (after, ..)| before + 1 == *after) {
            let path: Vec<String> = run.iter().map(|(_, x, y)| format!("{} {}", number(*x), number(*y))).collect();
            if run.len() > 1 {
                self.stroke(&format!("M {}", path.join(" L ")), Some(tone), width, None);
            }
        }
        for (_, x, y) in points {
            self.dot(*x, *y, width + 1.0, tone);
        }
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, tone: Tone) {
        let (class, fill) = tone.paint();
        let (x, y, radius) = (number(x), number(y), number(radius));
        push(
            &mut self.body,
            format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>\n"),
        );
    }
}

fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(more);
}

/// A number with at most two decimals, the same on every machine.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A part of a whole, 0 where there is no whole.
pub(super) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}

/// The beginning of a text that takes no more columns, with an ellipsis where something is left out.
pub(super) fn fitted(text: &str, columns: usize) -> Cow<'_, str> {
    let text = safe(text);
    let width = |c: char| c.width().unwrap_or_default();
    if text.chars().map(width).sum::<usize>() <= columns {
        return text;
    }
    let mut taken = 1;
    let short: String = text
        .chars()
        .take_while(|c| {
            taken += width(*c);
            taken <= columns
        })
        .collect();
    Cow::Owned(format!("{}…", short.trim_end()))
}

/// Text as the content of an element of SVG.
fn escaped(text: &str) -> String {
    safe(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_have_no_negative_zero() {
        let numbers = [1.0, 1.005, 12.3456, -0.001, 0.1 + 0.2, f64::NAN, f64::INFINITY, 100.0];
        assert_eq!(numbers.map(number), ["1", "1", "12.35", "0", "0.3", "0", "0", "100"]);
    }

    #[test]
    fn long_texts_end_in_an_ellipsis() {
        assert_eq!(fitted("short", 5), "short");
        assert_eq!(fitted("longer text", 8), "longer…");
        assert_eq!(fitted("東京東京", 5), "東京…");
        assert_eq!(fitted("a\u{202e}b", 20), "a\\u{202e}b");
    }
}
