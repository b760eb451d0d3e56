//! The line of code that a piece of evidence stands on.

use std::cell::OnceCell;
use std::collections::HashSet;

use assessment::Assessment;
use model::{Evidence, Inventory, Origin, Outcome, Source};

/// What a secret becomes.
const MASK: &str = "(masked)";

/// How much of a line is looked at on either side of what is meant, in bytes. A template may be one
/// line of megabytes, and every finding points into it.
const AROUND: usize = 600;

/// Finds lines of code. Made once per report: it knows which lines must not be shown as they are.
pub(crate) struct Excerpts<'a> {
    inventory: &'a Inventory,
    /// Lines that any evidence calls secret: another finding may point to the same line.
    secret: HashSet<(u32, u32)>,
    /// Where the lines of a source are, found when its first excerpt is asked for.
    indexes: Vec<OnceCell<Index>>,
}

/// A line of code, and what in it is meant. Not made harmless yet. Both ends may be missing where the
/// line is much longer than a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// From 1.
    pub(crate) line: u32,
    /// Without the indentation of the line.
    pub(crate) before: String,
    pub(crate) marked: String,
    pub(crate) after: String,
}

/// A line, and where in it an origin points.
struct Pointed<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Pointed<'a> {
    /// What stands from there on.
    fn meant(&self) -> &'a str {
        clipped(self.line.get(self.at..).unwrap_or_default())
    }
}

impl<'a> Excerpts<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        // What passes as holding no secret has none in its line.
        let found = assessment.findings.iter().filter(|finding| finding.outcome != Outcome::Pass);
        let all = found.flat_map(|finding| &finding.evidence);
        let secret = all.filter(|e| e.sensitive).map(|e| (e.origin.source.0, e.origin.line)).collect();
        let indexes = assessment.inventory.sources.iter().map(|_| OnceCell::new()).collect();
        Self { inventory: &assessment.inventory, secret, indexes }
    }

    /// The line of a piece of evidence; nothing where the text is not at hand.
    pub(crate) fn of(&self, evidence: &Evidence) -> Option<Excerpt> {
        let Origin { source, line, .. } = evidence.origin;
        let pointed = self.pointed(evidence.origin)?;
        if self.secret.contains(&(source.0, line)) {
            return Some(masked_excerpt(line, &pointed));
        }
        let meant = pointed.meant();
        let length = extent(meant, evidence.observed.starts_with("unset"));
        let before = pointed.line.get(..pointed.at)?;
        let after = pointed.line.get(pointed.at + length..)?;
        Some(Excerpt {
            line,
            before: last_of(before).trim_start().to_owned(),
            marked: meant.get(..length)?.to_owned(),
            after: clipped(after).trim_end().to_owned(),
        })
    }

    /// The first and the last column of what is meant, in characters from 1, the last exclusive.
    pub(crate) fn columns(&self, evidence: &Evidence) -> Option<(u32, u32)> {
        self.columns_at(evidence.origin, evidence.observed.starts_with("unset"))
    }

    /// The columns of an entry, or of its key.
    pub(crate) fn columns_at(&self, origin: Origin, key_only: bool) -> Option<(u32, u32)> {
        let column = origin.column.max(1);
        let meant = self.pointed(origin)?.meant();
        let characters = meant.get(..extent(meant, key_only))?.chars().count();
        Some((column, column + (characters as u32).max(1)))
    }

    fn pointed(&self, origin: Origin) -> Option<Pointed<'a>> {
        let number = origin.source.0 as usize;
        let Source::File { text: Some(text), .. } = self.inventory.sources.get(number)? else { return None };
        let index = self.indexes.get(number)?.get_or_init(|| Index::new(text));
        index.find(text, origin.line, origin.column)
    }
}

/// Where the lines and the characters of a text are.
struct Index {
    /// Byte and character at which each line starts.
    lines: Vec<(usize, usize)>,
    /// The byte of every so many characters.
    marks: Vec<usize>,
}

impl Index {
    /// How many characters there are from mark to mark.
    const STEP: usize = 128;

    fn new(text: &str) -> Self {
        let mut index = Self { lines: vec![(0, 0)], marks: Vec::with_capacity(text.len() / Self::STEP + 1) };
        for (number, (byte, character)) in text.char_indices().enumerate() {
            if number % Self::STEP == 0 {
                index.marks.push(byte);
            }
            if character == '\n' {
                index.lines.push((byte + 1, number + 1));
            }
        }
        index
    }

    /// The line, and the byte in it of a column from 1. A column behind the line is its end.
    fn find<'a>(&self, text: &'a str, line: u32, column: u32) -> Option<Pointed<'a>> {
        let number = (line as usize).checked_sub(1)?;
        let (start, characters) = *self.lines.get(number)?;
        let end = self.lines.get(number + 1).map_or(text.len(), |(next, _)| next - 1);
        let line = text.get(start..end)?.trim_end_matches('\r');
        let wanted = characters + (column as usize).saturating_sub(1);
        let byte = self.marks.get(wanted / Self::STEP).and_then(|mark| {
            let (offset, _) = text.get(*mark..)?.char_indices().nth(wanted % Self::STEP)?;
            Some(mark + offset)
        });
        let at = byte.map_or(line.len(), |byte| (byte - start).min(line.len()));
        Some(Pointed { line, at })
    }
}

/// As much from the start of a text as is looked at.
fn clipped(text: &str) -> &str {
    text.get(..text.floor_char_boundary(AROUND)).unwrap_or(text)
}

/// As much from the end of a text as is looked at.
fn last_of(text: &str) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(AROUND))..).unwrap_or(text)
}

/// A line with a secret in it: its key, or the mask where what is meant is behind that.
fn masked_excerpt(line: u32, pointed: &Pointed<'_>) -> Excerpt {
    let text = masked(clipped(pointed.line));
    let masked_from = text.len().saturating_sub(MASK.len());
    let start = if pointed.at < masked_from { pointed.at } else { masked_from };
    let split = |range| text.get(range).unwrap_or_default();
    Excerpt {
        line,
        before: split(0..start).trim_start().to_owned(),
        marked: split(start..text.len()).to_owned(),
        after: String::new(),
    }
}

/// How many bytes from the start of an entry belong to it: its key, or key and value up to the next
/// entry, the end of what encloses it, or a comment.
fn extent(text: &str, key_only: bool) -> usize {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut escaped = false;
    let mut previous = ' ';
    let mut end = text.len();
    for (position, character) in text.char_indices() {
        if let Some(open) = quote {
            match character {
                _ if escaped => escaped = false,
                '\\' if open == '"' => escaped = true,
                c if c == open => quote = None,
                _ => {}
            }
        } else {
            let stop = match character {
                ',' | '}' | ']' if depth == 0 => true,
                '#' if previous.is_whitespace() => true,
                ':' | '=' if key_only && depth == 0 && !text[position..].starts_with("::") && previous != ':' => true,
                _ => false,
            };
            if stop {
                end = position;
                break;
            }
            match character {
                '{' | '[' => depth += 1,
                '}' | ']' => depth -= 1,
                // Inside a plain word an apostrophe is only that.
                '"' | '\'' if !previous.is_alphanumeric() => quote = Some(character),
                _ => {}
            }
        }
        previous = character;
    }
    text.get(..end).map_or(0, |meant| meant.trim_end().trim_end_matches(':').len())
}

/// The line without its value: what stands behind the key, or everything where no key begins the line.
fn masked(text: &str) -> String {
    let entry = text.trim_start_matches([' ', '\t', '-', '{', '[', ',']);
    let start = text.len() - entry.len();
    let quoted = entry.strip_prefix(['"', '\'']);
    let key_end = match quoted {
        Some(rest) => rest.find(['"', '\'']).map(|position| position + 2),
        None => entry.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))),
    };
    let value = key_end.and_then(|end| {
        let rest = entry.get(end..)?;
        let spaces = rest.len() - rest.trim_start().len();
        rest.trim_start().starts_with([':', '=']).then_some(end + spaces + 1)
    });
    match value.and_then(|end| entry.get(..end)) {
        Some(key) => format!("{}{key} {MASK}", text.get(..start).unwrap_or_default()),
        None => format!("{}{MASK}", text.get(..start).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, key_only: bool) -> &str {
        &text[..extent(text, key_only)]
    }

    #[test]
    fn an_entry_ends_where_the_next_begins() {
        assert_eq!(meant("MinSize: 1", false), "MinSize: 1");
        assert_eq!(meant("MinSize: 1   # one is enough", false), "MinSize: 1");
        assert_eq!(meant("Key: Name, Value: x }", false), "Key: Name");
        assert_eq!(meant("Value: x }", false), "Value: x");
        assert_eq!(meant("Cidrs: [a, {b: c}], Next: 1", false), "Cidrs: [a, {b: c}]");
        assert_eq!(meant("\"A\": \"x, \\\" y\", \"B\": 1", false), "\"A\": \"x, \\\" y\"");
        assert_eq!(meant("Text: it's, here", false), "Text: it's");
        assert_eq!(meant("Properties:", false), "Properties");
        assert_eq!(meant("", false), "");
        assert_eq!(meant("}}}}", false), "");
    }

    #[test]
    fn places_are_found_in_lines_of_any_length() {
        let long = "ü".repeat(5_000);
        let text = format!("first\r\n{long}KEY: 1, {long}\nlast");
        let index = Index::new(&text);
        let at = |line, column| index.find(&text, line, column).map(|pointed| pointed.meant().to_owned());
        assert_eq!(at(1, 1).as_deref(), Some("first"));
        assert_eq!(at(1, 99).as_deref(), Some(""));
        assert!(at(2, 5_001).is_some_and(|meant| meant.starts_with("KEY: 1, ü") && meant.len() <= AROUND));
        assert_eq!(at(3, 4).as_deref(), Some("t"));
        assert_eq!(at(3, 9_999).as_deref(), Some(""));
        assert_eq!(at(0, 1), None);
        assert_eq!(at(4, 1), None);
    }

    #[test]
    fn a_key_ends_before_its_value() {
        assert_eq!(meant("Properties: { A: 1 }", true), "Properties");
        assert_eq!(meant("\"Data\": {", true), "\"Data\"");
        assert_eq!(meant("encrypted = true", true), "encrypted");
        assert_eq!(meant("AWS::S3::Bucket: x", true), "AWS::S3::Bucket");
    }

    #[test]
    fn masking_leaves_the_key_and_nothing_of_the_value() {
        assert_eq!(masked("  MasterUserPassword: Harvest-Moon"), "  MasterUserPassword: (masked)");
        assert_eq!(masked("  \"Password\" : \"a:b=c\","), "  \"Password\" : (masked)");
        assert_eq!(masked("  { Password: x, Other: y }"), "  { Password: (masked)");
        assert_eq!(masked("  password = \"x\""), "  password = (masked)");
        assert_eq!(masked("    - mysql --password hunter2 --host=db"), "    - (masked)");
        assert_eq!(masked("hunter2"), "(masked)");
        assert_eq!(masked("\"hunter2\""), "(masked)");
        assert_eq!(masked(""), "(masked)");
    }
}
