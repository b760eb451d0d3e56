//! The line of code that a piece of evidence stands on.

use std::cell::OnceCell;
use std::collections::HashSet;

use assessment::Assessment;
use model::{Evidence, Inventory, Origin, Source};

/// What a secret becomes.
const MASK: &str = "(masked)";

/// Finds lines of code. Made once per report: it knows which lines must not be shown as they are.
pub(crate) struct Excerpts<'a> {
    inventory: &'a Inventory,
    /// Lines that any evidence calls secret: another finding may point to the same line.
    secret: HashSet<(u32, u32)>,
    /// Where the lines of a source begin, found when its first excerpt is asked for.
    starts: Vec<OnceCell<Vec<usize>>>,
}

/// A line of code, and what in it is meant. Not made harmless yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// From 1.
    pub(crate) line: u32,
    /// Without the indentation of the line.
    pub(crate) before: String,
    pub(crate) marked: String,
    pub(crate) after: String,
}

impl<'a> Excerpts<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let all = assessment.findings.iter().flat_map(|finding| &finding.evidence);
        let secret = all.filter(|e| e.sensitive).map(|e| (e.origin.source.0, e.origin.line)).collect();
        let starts = assessment.inventory.sources.iter().map(|_| OnceCell::new()).collect();
        Self { inventory: &assessment.inventory, secret, starts }
    }

    /// The line of a piece of evidence; nothing where the text is not at hand.
    pub(crate) fn of(&self, evidence: &Evidence) -> Option<Excerpt> {
        let Origin { source, line, column } = evidence.origin;
        let text = self.line(evidence.origin)?;
        let secret = self.secret.contains(&(source.0, line));
        let text = if secret { masked(text) } else { text.to_owned() };
        let start = byte_of(&text, column);
        let end = start + extent(text.get(start..)?, evidence.observed.starts_with("unset"));
        let indentation = text.len() - text.trim_start().len();
        let before = text.get(indentation.min(start)..start)?.to_owned();
        Some(Excerpt {
            line,
            before,
            marked: text.get(start..end)?.to_owned(),
            after: text.get(end..)?.trim_end().to_owned(),
        })
    }

    /// The first and the last column of what is meant, in characters from 1, the last exclusive.
    pub(crate) fn columns(&self, evidence: &Evidence) -> Option<(u32, u32)> {
        let column = evidence.origin.column.max(1);
        let text = self.line(evidence.origin)?;
        let meant = text.get(byte_of(text, column)..)?;
        let length = extent(meant, evidence.observed.starts_with("unset"));
        let characters = meant.get(..length)?.chars().count();
        Some((column, column + (characters as u32).max(1)))
    }

    fn line(&self, origin: Origin) -> Option<&'a str> {
        let number = origin.source.0 as usize;
        let Source::File { text: Some(text), .. } = self.inventory.sources.get(number)? else { return None };
        let starts = self.starts.get(number)?.get_or_init(|| {
            let after_breaks = text.match_indices('\n').map(|(position, _)| position + 1);
            std::iter::once(0).chain(after_breaks).collect()
        });
        let index = (origin.line as usize).checked_sub(1)?;
        let start = *starts.get(index)?;
        let end = starts.get(index + 1).map_or(text.len(), |next| next - 1);
        Some(text.get(start..end)?.trim_end_matches('\r'))
    }
}

/// Where the character at a column (from 1) begins; the end of a line that is too short.
fn byte_of(text: &str, column: u32) -> usize {
    text.char_indices().nth((column as usize).saturating_sub(1)).map_or(text.len(), |(position, _)| position)
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
