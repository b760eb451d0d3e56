//! Making text harmless that others wrote.

use std::borrow::Cow;

/// The text with every character made visible that a terminal or a viewer would act on instead of
/// showing it: controls, line breaks, marks that reorder or hide text. They become `\u{1b}`.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) {
            result.extend(character.escape_unicode());
        } else {
            result.push(character);
        }
    }
    Cow::Owned(result)
}

/// Whether a character does something other than being seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn what_is_only_seen_stays() {
        for text in ["", "AWS::S3::Bucket Logs", "Grüße 東京 🚀", "a\\b {c} `d` <e>"] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn what_acts_becomes_visible() {
        assert_eq!(safe("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(safe("a\nb\r\tc"), "a\\u{a}b\\u{d}\\u{9}c");
        assert_eq!(safe("gnp.\u{202e}exe"), "gnp.\\u{202e}exe");
        assert_eq!(safe("\u{9b}1m\u{e0041}\u{200b}\u{feff}\u{ffff}"), "\\u{9b}1m\\u{e0041}\\u{200b}\\u{feff}\\u{ffff}");
    }
}
