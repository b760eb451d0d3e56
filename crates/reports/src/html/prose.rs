//! The little Markdown that checks are explained in: paragraphs, items and code. All else is text.

use maud::{Markup, html};

use crate::safe::safe;
use crate::words;

pub(super) fn prose(markdown: &str) -> Markup {
    let paragraphs = words::paragraphs(markdown);
    let item = |text: &str| text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).map(str::to_owned);
    html! {
        @for run in paragraphs.chunk_by(|a, b| item(a).is_some() == item(b).is_some()) {
            @if run.iter().any(|text| item(text).is_some()) {
                ul { @for text in run { li { (spans(&item(text).unwrap_or_default())) } } }
            } @else {
                @for text in run { p { (spans(text)) } }
            }
        }
    }
}

/// Text with code between backticks; a tick without another is a tick.
pub(super) fn spans(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() % 2 == 1;
    html! {
        @for (number, part) in parts.iter().enumerate() {
            @if number % 2 == 1 && paired {
                code { (safe(part)) }
            } @else if number % 2 == 1 {
                "`" (safe(part)) @if number + 1 < parts.len() { "`" }
            } @else {
                (safe(part))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paragraphs_items_and_code_are_more_than_text() {
        let html = prose("Set `A: <b>` to *true*.\n\n- one\n  two\n- <i>\n\nA ` tick").into_string();
        assert_eq!(
            html,
            "<p>Set <code>A: &lt;b&gt;</code> to *true*.</p><ul><li>one two</li><li>&lt;i&gt;</li></ul><p>A ` tick</p>"
        );
    }
}
