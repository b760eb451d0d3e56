//! Making text harmless that others wrote.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

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

/// The text within a limit, which others count in UTF-16 units or in characters; units are never fewer.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    // A unit takes a byte or more.
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let mut end = 0;
    for (start, character) in text.char_indices() {
        units += character.len_utf16();
        if units > most {
            return Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()));
        }
        // The mark that something is missing needs room.
        if units < most {
            end = start + character.len_utf8();
        }
    }
    Cow::Borrowed(text)
}

/// Writes JSON in which every character that acts is an escape: readers get the very same text, and whoever
/// looks at it, or splits it into lines, meets nothing that acts. What stands between the texts is another's.
struct Escaping<F>(F);

/// Leaves to the formatter within what it does its own way.
macro_rules! leave {
    ($($name:ident($($argument:ident: $kind:ty),*))*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    leave! {
        begin_array()
        end_array()
        begin_array_value(first: bool)
        end_array_value()
        begin_object()
        end_object()
        begin_object_key(first: bool)
        end_object_key()
        begin_object_value()
        end_object_value()
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Most text is ASCII, and nothing below the blank comes here.
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((place, character)) = rest.char_indices().find(|(_, character)| acts(*character)) {
            let (before, from) = rest.split_at(place);
            writer.write_all(before.as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.get(character.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Writes a value as such JSON, without blanks.
pub(crate) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> Result<(), serde_json::Error> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))
}

/// Writes a value as such JSON, indented.
pub(crate) fn write_json_pretty(out: &mut dyn Write, value: &impl Serialize) -> Result<(), serde_json::Error> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(PrettyFormatter::new())))
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
    use super::{cut, safe, write_json, write_json_pretty};

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

    #[test]
    fn what_is_cut_says_so_and_stays_within_the_limit() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("🚀🚀🚀", 4), "🚀…");
        assert_eq!(cut("ééé", 3), "ééé");
        assert_eq!(cut("é", 1), "é");
    }

    #[test]
    fn json_is_escaped_and_the_same() {
        let text = "a\u{2028}\u{7f}\u{e0041}é🚀\"\n";
        let mut out = Vec::new();
        write_json(&mut out, &text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, r#""a\u2028\u007f\udb40\udc41é🚀\"\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn indented_json_is_that_of_others_but_for_what_acts() {
        let plain = serde_json::json!({ "a": [1, "é", {}, [], { "b": null }], "c": "d" });
        let acting = serde_json::json!({ "a\u{202e}": ["\u{2066}b\u{200b}"] });
        let written = |value| {
            let mut out = Vec::new();
            write_json_pretty(&mut out, value).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(&plain), serde_json::to_string_pretty(&plain).unwrap());
        assert_eq!(written(&acting), "{\n  \"a\\u202e\": [\n    \"\\u2066b\\u200b\"\n  ]\n}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written(&acting)).unwrap(), acting);
    }
}
