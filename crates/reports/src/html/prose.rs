//! Explanations as elements.

use maud::{Markup, html};

use crate::prose::{Block, Span, blocks};

pub(super) fn prose(markdown: &str) -> Markup {
    html! {
        @for block in blocks(markdown) {
            @match block {
                Block::Paragraph(spans) => p { (words(&spans)) },
                Block::Items(items) => ul { @for item in items { li { (words(&item)) } } },
            }
        }
    }
}

fn words(spans: &[Span]) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Text(text) => (text),
                Span::Code(text) => code { (text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_an_element() {
        let html = prose("Set `A: <b>` to *true*.\n\n- one\n- <i>\n\nA ` tick").into_string();
        assert_eq!(
            html,
            "<p>Set <code>A: &lt;b&gt;</code> to *true*.</p><ul><li>one</li><li>&lt;i&gt;</li></ul><p>A ` tick</p>"
        );
    }
}
