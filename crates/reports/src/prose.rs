//! The little Markdown that checks are explained in: paragraphs, items and code. All else is text.

use serde::Serialize;

use crate::safe::safe;
use crate::words;

/// A part of a text.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Block {
    Paragraph(Vec<Span>),
    Items(Vec<Vec<Span>>),
}

/// Words of one kind, harmless.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Span {
    Text(String),
    Code(String),
}

/// The parts of a text.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for text in words::paragraphs(markdown) {
        match (text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")), blocks.last_mut()) {
            (Some(item), Some(Block::Items(items))) => items.push(spans(item)),
            (Some(item), _) => blocks.push(Block::Items(vec![spans(item)])),
            (None, _) => blocks.push(Block::Paragraph(spans(&text))),
        }
    }
    blocks
}

/// Text with code between backticks; a tick without another is a tick.
fn spans(text: &str) -> Vec<Span> {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return vec![Span::Text(safe(text).into_owned())];
    }
    let span = |(number, part): (usize, &str)| match number % 2 {
        0 => Span::Text(safe(part).into_owned()),
        _ => Span::Code(safe(part).into_owned()),
    };
    let is_empty = |span: &Span| matches!(span, Span::Text(text) if text.is_empty());
    parts.into_iter().enumerate().map(span).filter(|span| !is_empty(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paragraphs_items_and_code_are_more_than_text() {
        let text = |text: &str| Span::Text(text.to_owned());
        assert_eq!(
            blocks("Set `A: <b>` to *true*.\n\n- one\n  two\n- <i>\n\nA ` tick"),
            [
                Block::Paragraph(vec![text("Set "), Span::Code("A: <b>".to_owned()), text(" to *true*.")]),
                Block::Items(vec![vec![text("one two")], vec![text("<i>")]]),
                Block::Paragraph(vec![text("A ` tick")]),
            ]
        );
    }
}
