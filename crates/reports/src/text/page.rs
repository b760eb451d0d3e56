//! Lines of text, with or without colour.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use framework::Severity;
use textwrap::core::display_width;

use crate::Options;

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const LINK: Style = AnsiColor::Cyan.on_default();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const FAIR: Style = AnsiColor::Yellow.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const UNKNOWN: Style = AnsiColor::Magenta.on_default();

/// No report is narrower than this; below it nothing could be aligned.
const NARROWEST: usize = 60;
/// Prose and rules do not grow wider than this: long lines read badly.
const WIDEST: usize = 120;

/// The characters that are drawn rather than read.
pub(crate) struct Glyphs {
    pub(crate) rule: &'static str,
    pub(crate) gutter: &'static str,
    pub(crate) underline: &'static str,
    pub(crate) full: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) dot: &'static str,
    pub(crate) cut: &'static str,
    pub(crate) arrow: &'static str,
}

const DRAWN: Glyphs =
    Glyphs {
        rule: "─", gutter: "│", underline: "━", full: "█", empty: "░", dot: "·", cut: "…", arrow: "→"
    };
const TYPED: Glyphs =
    Glyphs { rule: "-", gutter: "|", underline: "^", full: "#", empty: ".", dot: "-", cut: "...", arrow: "->" };

/// What a text report is written on.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    color: bool,
    pub(crate) width: usize,
    pub(crate) glyphs: &'static Glyphs,
}

impl<'a> Page<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, options: &Options) -> Self {
        Self {
            out,
            color: options.color,
            width: options.width.clamp(NARROWEST, WIDEST),
            glyphs: if options.color { &DRAWN } else { &TYPED },
        }
    }

    /// The text in a style, where there is colour.
    pub(crate) fn paint(&self, style: Style, text: impl Display) -> String {
        let text = text.to_string();
        match self.color && style != PLAIN && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text,
        }
    }

    /// One line. Blanks at its end are left away.
    pub(crate) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.out, "{}", text.to_string().trim_end())
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// The title of a section, on a rule.
    pub(crate) fn section(&mut self, title: &str, number: Option<usize>) -> io::Result<()> {
        let number = number.map(|number| format!(" ({number})")).unwrap_or_default();
        let rest = self.width.saturating_sub(4 + display_width(title) + display_width(&number));
        let rule = |length| self.glyphs.rule.repeat(length);
        let text = format!(
            "{} {}{} {}",
            self.paint(DIM, rule(2)),
            self.paint(BOLD, title),
            self.paint(DIM, &number),
            self.paint(DIM, rule(rest))
        );
        self.blank()?;
        self.line(text)?;
        self.blank()
    }

    /// Prose behind a label that stands in a column of its own: `  Fix     Set ...`.
    pub(crate) fn labelled(&mut self, indent: usize, label: &str, column: usize, text: &str) -> io::Result<()> {
        let label = format!("{}{label}", " ".repeat(indent));
        let lines = wrapped(text, self.width.saturating_sub(column));
        for (number, line) in lines.iter().enumerate() {
            let lead = if number == 0 { label.as_str() } else { "" };
            let padding = " ".repeat(column.saturating_sub(display_width(lead)));
            let lead = self.paint(DIM, lead);
            self.line(format!("{lead}{padding}{line}"))?;
        }
        Ok(())
    }

    /// Wrapped text in a style, all of it behind the same indentation.
    pub(crate) fn indented(&mut self, column: usize, style: Style, text: &str) -> io::Result<()> {
        for line in wrapped(text, self.width.saturating_sub(column)) {
            let line = format!("{}{}", " ".repeat(column), self.paint(style, line));
            self.line(line)?;
        }
        Ok(())
    }

    /// `shop.yaml:88  AWS::RDS::DBInstance Database`, in two lines where one is too long.
    pub(crate) fn place(&mut self, indent: usize, place: &str, what: &str) -> io::Result<()> {
        let fits = indent + display_width(place) + 2 + display_width(what) <= self.width;
        let blanks = " ".repeat(indent);
        let place = self.paint(LINK, place);
        if fits {
            return self.line(format!("{blanks}{place}  {what}"));
        }
        self.line(format!("{blanks}{place}"))?;
        self.line(format!("{blanks}{what}"))
    }

    /// Text that is cut where it would leave the page.
    pub(crate) fn fitted(&self, text: &str, room: usize) -> String {
        if display_width(text) <= room {
            return text.to_owned();
        }
        let keep = room.saturating_sub(display_width(self.glyphs.cut));
        let mut result = head(text, keep).to_owned();
        result.push_str(self.glyphs.cut);
        result
    }
}

/// Text in lines. Names are never broken at their hyphens, and the lines of an item of a list stand
/// below its first word.
pub(crate) fn wrapped(text: &str, room: usize) -> Vec<Cow<'_, str>> {
    let hanging = if text.starts_with("- ") || text.starts_with("* ") { "  " } else { "" };
    let options = textwrap::Options::new(room.max(20))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .subsequent_indent(hanging);
    textwrap::wrap(text, options)
}

/// As many characters from the start as fit.
pub(crate) fn head(text: &str, room: usize) -> &str {
    let mut used = 0;
    let fits = |(_, character): &(usize, char)| {
        used += unicode_width::UnicodeWidthChar::width(*character).unwrap_or(0);
        used <= room
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(position, c)| position + c.len_utf8());
    text.get(..end).unwrap_or_default()
}

/// As many characters from the end as fit.
pub(crate) fn tail(text: &str, room: usize) -> &str {
    let mut used = 0;
    let fits = |(_, character): &(usize, char)| {
        used += unicode_width::UnicodeWidthChar::width(*character).unwrap_or(0);
        used <= room
    };
    let start = text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(position, _)| position);
    text.get(start..).unwrap_or_default()
}

/// The text with blanks behind it up to a width.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// How the word of a severity looks.
pub(crate) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => AnsiColor::White.on(AnsiColor::Red).bold(),
        other => severity_tint(other).bold(),
    }
}

/// How what has a severity looks.
pub(crate) fn severity_tint(severity: Severity) -> Style {
    match severity {
        Severity::Critical | Severity::High => BAD,
        Severity::Medium => FAIR,
        Severity::Low => AnsiColor::Blue.on_default(),
    }
}
