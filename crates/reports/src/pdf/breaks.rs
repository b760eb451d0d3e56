//! Where long words may break.

use std::borrow::Cow;

use crate::safe::{cut, safe};

/// A mark in a text: a line may end here. The template turns it into nothing at all, so that whoever copies the
/// word gets the word. No text of others has one: it would have been made visible.
const MARK: char = '\u{200b}';

/// Words up to this many characters fit any column.
const SHORT: usize = 16;

/// A text is cut beyond this many UTF-16 units.
const LONGEST: usize = 1_000;

/// A name is cut beyond this many: no honest one is longer, and columns of names are narrow.
const LONGEST_NAME: usize = 300;

/// A text of others for print: harmless, not endless, and breakable.
pub(super) fn printed(text: &str) -> String {
    broken(&cut(&safe(text), LONGEST)).into_owned()
}

/// A name or a place, likewise.
pub(super) fn printed_name(name: &str) -> String {
    broken(&cut(&safe(name), LONGEST_NAME)).into_owned()
}

/// A title or one of many names: three lines at most.
pub(super) fn titled(text: &str) -> String {
    broken(&cut(&safe(text), 110)).into_owned()
}

/// What stands at the head of every page: one line.
pub(super) fn headed(text: &str) -> String {
    cut(&safe(text), 64).into_owned()
}

/// A harmless text with marks in its long words: behind punctuation, and where there is none for long.
pub(super) fn broken(text: &str) -> Cow<'_, str> {
    let is_long = |word: &str| word.len() > SHORT;
    if !text.split(' ').any(is_long) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() * 2);
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            result.push(' ');
        }
        match is_long(word) {
            true => mark(word, &mut result),
            false => result.push_str(word),
        }
    }
    Cow::Owned(result)
}

fn mark(word: &str, result: &mut String) {
    let parts = |c: char| matches!(c, ':' | '/' | '.' | ',' | '_' | '=' | '-' | '&' | '?' | ';' | '|');
    let mut since = 0;
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        result.push(character);
        since += 1;
        let Some(next) = characters.peek() else { break };
        let ends = parts(character) && !parts(*next) && since > 2;
        // A break between a small letter and a large one reads as well: `DescribeDBInstances`.
        let turns = character.is_lowercase() && next.is_uppercase() && since > 5;
        if ends || turns || since >= SHORT {
            result.push(MARK);
            since = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        broken(text).replace(MARK, "|")
    }

    #[test]
    fn long_words_break_behind_punctuation_or_somewhere() {
        assert_eq!(shown("a short text of short words"), "a short text of short words");
        assert_eq!(shown("arn:aws:s3:::order-archive/x"), "arn:|aws:|s3:::|order-|archive/|x");
        assert_eq!(shown("is DescribeDBInstances"), "is Describe|DBInstances");
        assert_eq!(shown(&"x".repeat(40)), format!("{0}|{0}|{1}", "x".repeat(16), "x".repeat(8)));
    }

    #[test]
    fn what_is_marked_is_the_text_itself() {
        let text = "AWS::ElasticLoadBalancingV2::LoadBalancer Grüße_東京東京東京東京 /a//b";
        assert_eq!(broken(text).replace(MARK, ""), text);
        assert!(!printed(&"tag".repeat(5_000)).is_empty());
        assert!(printed(&"tag".repeat(5_000)).len() < 2_000 * 3);
    }
}
