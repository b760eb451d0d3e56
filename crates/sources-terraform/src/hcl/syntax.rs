//! Files of HCL: their blocks, and where everything in them stands.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use files::shown;
use hcl_edit::Span;
use hcl_edit::parser::parse_body;
use hcl_edit::structure::{Block, Body};
use model::{Builder, Gap, Origin, SourceId};

/// A larger file is not read: nobody wrote it.
const MAX_BYTES: u64 = 64 << 20;

/// How files of code end.
const ENDINGS: [&str; 4] = [".tf", ".tf.json", ".tofu", ".tofu.json"];

/// How often a file is parsed again without the piece that was wrong.
const MAX_ATTEMPTS: usize = 16;

/// How many heredocs without an end are looked for.
const MAX_OPEN_HEREDOCS: usize = 16;

/// Words that begin a block at the top of a file.
const BEGINNINGS: &[&str] = &[
    "resource",
    "data",
    "variable",
    "output",
    "locals",
    "module",
    "provider",
    "terraform",
    "moved",
    "import",
    "removed",
    "check",
    "ephemeral",
];

/// How much code is worth parsing on several threads.
const WORTH_THREADS: usize = 1 << 18;

/// The stack a parser may use: how deep it goes is limited, and this is many times what that needs.
const PARSER_STACK: usize = 16 << 20;

/// How many bytes apart characters are counted.
const STRIDE: usize = 1024;

/// A file of HCL that was read.
#[derive(Debug)]
pub(crate) struct File {
    /// The path as it is shown.
    pub(crate) name: String,
    pub(crate) source: SourceId,
    pub(crate) text: Arc<str>,
    /// What could be parsed of it.
    pub(crate) body: Body,
    places: Places,
    /// Whether the text is what stands in the file.
    is_original: bool,
}

impl File {
    /// A text that was read from `name`. What is wrong with it becomes gaps.
    #[cfg(test)]
    fn new(name: String, text: impl Into<Arc<str>>, into: &mut Builder) -> Self {
        let text: Arc<str> = text.into();
        let parsed = parse(&text);
        Self::of_parsed(name, text, parsed, into)
    }

    /// A text that was read from `name`, and what is wrong with it.
    pub(crate) fn parsed(name: String, text: impl Into<Arc<str>>, into: &mut Builder) -> (Self, Vec<Fault>) {
        let text: Arc<str> = text.into();
        let (body, faults) = parse(&text);
        (Self::of_body(name, text, body, into), faults)
    }

    fn of_body(name: String, text: Arc<str>, body: Body, into: &mut Builder) -> Self {
        let source = into.file(name.clone(), Arc::clone(&text));
        let places = Places::of(&text);
        Self { name, source, text, body, places, is_original: true }
    }

    /// A file in another notation, rewritten. Nothing in it has a place but the file.
    pub(crate) fn rewritten(name: String, text: String, written: String, into: &mut Builder) -> Self {
        let source = into.file(name.clone(), text);
        let (body, faults) = parse(&written);
        for fault in faults {
            into.gap(Gap::in_file(name.clone(), None, fault.reason));
        }
        let places = Places::of(&written);
        Self { name, source, text: written.into(), body, places, is_original: false }
    }

    fn of_parsed(name: String, text: Arc<str>, (body, faults): Parsed, into: &mut Builder) -> Self {
        for fault in faults {
            into.gap(Gap::in_file(name.clone(), Some(fault.line), fault.reason));
        }
        Self::of_body(name, text, body, into)
    }

    /// A text that is no file of the inventory.
    pub(crate) fn detached(name: String, source: SourceId, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let places = Places::of(&text);
        Self { name, source, text, body: Body::new(), places, is_original: true }
    }

    /// Where a byte of the text stands.
    pub(crate) fn origin(&self, offset: usize) -> Origin {
        if !self.is_original {
            return Origin::new(self.source, 0, 0);
        }
        let (line, column) = self.places.of_byte(&self.text, offset);
        Origin::new(self.source, line, column)
    }

    /// Where something that was parsed begins.
    pub(crate) fn place(&self, what: &impl Span) -> Origin {
        self.origin(what.span().map_or(0, |span| span.start))
    }

    /// What was parsed, as it is written.
    pub(crate) fn written(&self, what: &impl Span) -> &str {
        what.span().and_then(|span| self.text.get(span)).unwrap_or_default().trim()
    }

    /// The first and the last line of a block.
    pub(crate) fn lines(&self, block: &Block) -> std::ops::RangeInclusive<u32> {
        let span = block.span().unwrap_or(0..0);
        let last = self.origin(span.end.saturating_sub(1)).line;
        self.origin(span.start).line..=last
    }
}

/// Reads files. Why one cannot be read becomes a gap.
pub(crate) fn read_all(paths: &[PathBuf], into: &mut Builder) -> Vec<File> {
    let mut names: Vec<String> = Vec::new();
    let mut texts: Vec<Arc<str>> = Vec::new();
    for path in paths {
        match text_of(path) {
            Ok(text) => {
                names.push(shown(path));
                texts.push(text.into());
            }
            Err(reason) => into.gap(Gap::in_file(shown(path), None, reason)),
        }
    }
    let parsed = parse_all(&texts);
    let files = names.into_iter().zip(texts).zip(parsed);
    files.map(|((name, text), parsed)| File::of_parsed(name, text, parsed, into)).collect()
}

/// What a text comes to, and what is wrong with it.
type Parsed = (Body, Vec<Fault>);

/// Parses texts, several at once where that is worth it.
fn parse_all(texts: &[Arc<str>]) -> Vec<Parsed> {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(texts.len());
    if bytes < WORTH_THREADS || workers < 2 {
        return texts.iter().map(|text| parse(text)).collect();
    }
    let parsed: Vec<OnceLock<Parsed>> = texts.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            // One that cannot be had leaves more to the others, and at last to the caller.
            let _ = std::thread::Builder::new().stack_size(PARSER_STACK).spawn_scoped(scope, || {
                while let Some((text, cell)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|number| Some((texts.get(number)?, parsed.get(number)?)))
                {
                    cell.get_or_init(|| parse(text));
                }
            });
        }
    });
    let settled = parsed.into_iter().zip(texts);
    settled.map(|(cell, text)| cell.into_inner().unwrap_or_else(|| parse(text))).collect()
}

/// The text of a file, or why there is none.
pub(crate) fn text_of(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MAX_BYTES {
        return Err(format!("larger than {} MB", MAX_BYTES >> 20));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
}

/// The files of a module in the order Terraform reads them: by name, and those that override others last.
pub(crate) fn module_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<(bool, String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let is_code = ENDINGS.iter().any(|ending| name.ends_with(ending));
        if !is_code || name.starts_with(['.', '#']) || !path.is_file() {
            continue;
        }
        files.push((overrides(name), name.to_owned(), path));
    }
    // What OpenTofu has of its own stands in for the file of the same name.
    let of_tofu: HashSet<String> =
        files.iter().filter(|(_, name, _)| name.contains(".tofu")).map(|(_, name, _)| name.clone()).collect();
    files.retain(|(_, name, _)| name.contains(".tofu") || !of_tofu.contains(&name.replace(".tf", ".tofu")));
    files.sort();
    Ok(files.into_iter().map(|(_, _, path)| path).collect())
}

/// Whether a file says what becomes of blocks that others declare.
pub(crate) fn overrides(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// The blocks at the top of the files of a module, in the order of [`module_files`].
pub(crate) fn top_blocks(files: &[File]) -> impl Iterator<Item = (&File, &Block)> {
    files.iter().flat_map(|file| file.body.blocks().map(move |block| (file, block)))
}

/// What is wrong with a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line, from 1.
    pub(crate) line: u32,
    pub(crate) reason: String,
}

/// Parses a text. Of one that is wrong somewhere, all blocks that are right.
pub(crate) fn parse(text: &str) -> (Body, Vec<Fault>) {
    // Three spaces are as long as a byte order mark.
    let unmarked = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let text = unmarked.as_deref().unwrap_or(text);
    match parse_body(text) {
        Ok(body) => (body, Vec::new()),
        Err(_) => parse_pieces(text),
    }
}

/// Parses a text without the pieces of it that are wrong. They are blanked, so that everything else keeps its place.
fn parse_pieces(text: &str) -> (Body, Vec<Fault>) {
    let pieces = pieces(text);
    let places = Places::of(text);
    let mut faults = Vec::new();
    let mut blanked = text.as_bytes().to_vec();
    for piece in &pieces {
        let Some(own) = text.get(piece.clone()) else { continue };
        if let Err(error) = parse_body(own) {
            let line = places.of_byte(text, piece.start).0 + error.location().line() as u32 - 1;
            faults.push(Fault { line, reason: reason(own, error.message()) });
            blank(&mut blanked, piece);
        }
    }
    for _ in 0..MAX_ATTEMPTS {
        let rest = String::from_utf8_lossy(&blanked);
        let error = match parse_body(&rest) {
            Ok(body) => return (body, faults),
            Err(error) => error,
        };
        let offset = error.location().offset();
        // An error after the end of a piece is the fault of what comes before.
        let number = pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1);
        let Some(piece) = pieces.get(number) else { break };
        let own = text.get(piece.clone()).unwrap_or_default();
        faults.push(Fault { line: error.location().line() as u32, reason: reason(own, error.message()) });
        blank(&mut blanked, piece);
    }
    (Body::new(), faults)
}

/// Why a piece was not read, and what it is.
fn reason(piece: &str, message: &str) -> String {
    let head: String = piece.lines().next().unwrap_or_default().chars().take(80).collect();
    let head = head.trim_end_matches(|c: char| c == '{' || c.is_whitespace());
    format!("syntax error: {message}; not read: {head}")
}

fn blank(text: &mut [u8], piece: &Range<usize>) {
    let Some(own) = text.get_mut(piece.clone()) else { return };
    own.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
}

/// What a scan stands in.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Braces,
    Brackets,
    Quotes,
}

/// The blocks and arguments at the top of a text, as far as its brackets tell. One that is not closed ends
/// where a line looks like the beginning of another.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut within: Vec<Within> = Vec::new();
    let mut start: Option<usize> = None;
    let mut open_heredocs = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let begins_line = at == 0 || bytes.get(at - 1) == Some(&b'\n');
        if begins_line && !within.is_empty() && begins_block(rest) {
            within.clear();
            if let Some(start) = start.take() {
                found.push(start..at);
            }
        }
        if within.last() == Some(&Within::Quotes) {
            match byte {
                b'\\' => at += 1,
                b'"' => _ = within.pop(),
                // A doubled sign is the sign itself.
                b'$' | b'%' if rest.get(1..2) == Some("{") && bytes.get(at.wrapping_sub(1)) != Some(&byte) => {
                    within.push(Within::Braces);
                    at += 1;
                }
                // Quoted text ends with its line.
                b'\n' => _ = within.pop(),
                _ => {}
            }
            at += 1;
            continue;
        }
        let length = match byte {
            b'#' => line_length(bytes, at),
            b'/' if rest.starts_with("//") => line_length(bytes, at),
            b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            b'<' if rest.starts_with("<<") && open_heredocs < MAX_OPEN_HEREDOCS => match heredoc(rest) {
                Heredoc::Closed(length) => length,
                Heredoc::Open => {
                    open_heredocs += 1;
                    2
                }
                Heredoc::None => 1,
            },
            b'"' => {
                start.get_or_insert(at);
                within.push(Within::Quotes);
                1
            }
            b'{' | b'[' | b'(' => {
                start.get_or_insert(at);
                within.push(if byte == b'{' { Within::Braces } else { Within::Brackets });
                1
            }
            b'}' => {
                // What is left open within braces ends with them.
                while within.pop_if(|inner| *inner == Within::Brackets).is_some() {}
                within.pop_if(|inner| *inner == Within::Braces);
                1
            }
            b']' | b')' => {
                within.pop_if(|inner| *inner == Within::Brackets);
                1
            }
            b'\n' => {
                if within.is_empty()
                    && let Some(start) = start.take()
                {
                    found.push(start..at + 1);
                }
                1
            }
            b' ' | b'\t' | b'\r' => 1,
            _ => {
                start.get_or_insert(at);
                1
            }
        };
        at += length.max(1);
    }
    if let Some(start) = start {
        found.push(start..bytes.len());
    }
    found
}

/// How far it is to the end of the line, which stays.
fn line_length(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - at)
}

/// Whether a line begins a block as people write them at the top of a file.
fn begins_block(line: &str) -> bool {
    BEGINNINGS.iter().any(|word| {
        line.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches([' ', '\t']);
            let opens = |line: &str| line.trim_end().ends_with('{');
            rest.starts_with(['{', '"'])
                || rest.starts_with(char::is_alphabetic)
                    && rest.len() < line.len() - word.len()
                    && rest.lines().next().is_some_and(opens)
        })
    })
}

enum Heredoc {
    None,
    Open,
    Closed(usize),
}

/// The heredoc that a text begins with, without the end of its last line.
fn heredoc(text: &str) -> Heredoc {
    let Some(marked) = text.strip_prefix("<<-").or_else(|| text.strip_prefix("<<")) else { return Heredoc::None };
    let Some((word, _)) = marked.split_once('\n') else { return Heredoc::None };
    let word = word.trim_end_matches('\r');
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
        return Heredoc::None;
    }
    let mut length = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim() == word {
            return Heredoc::Closed(length + line.trim_end().len());
        }
        length += line.len();
    }
    Heredoc::Open
}

/// Where the bytes of a text stand.
#[derive(Debug)]
struct Places {
    /// Where lines begin.
    lines: Vec<usize>,
    /// How many characters stand before every [`STRIDE`]th byte. Of text that is all ASCII, nothing.
    characters: Vec<usize>,
}

impl Places {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let newlines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(newlines).collect();
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for piece in bytes.chunks(STRIDE) {
                characters.push(count);
                count += count_characters(piece);
            }
        }
        Self { lines, characters }
    }

    /// Line and column, both from 1.
    fn of_byte(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = offset.min(text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(0);
        let column = self.characters_before(text, offset) - self.characters_before(text, start);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        if self.characters.is_empty() {
            return offset;
        }
        let stride = (offset / STRIDE).min(self.characters.len() - 1);
        let counted = self.characters.get(stride).copied().unwrap_or(0);
        counted + count_characters(text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default())
    }
}

fn count_characters(bytes: &[u8]) -> usize {
    // Bytes that go on with a character begin with 10.
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(body: &Body) -> Vec<String> {
        body.blocks()
            .map(|block| {
                let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
                format!("{} {}", block.ident.as_str(), labels.join(" "))
            })
            .collect()
    }

    #[test]
    fn a_syntax_error_costs_its_block_only() {
        let text = "\
resource \"a\" \"one\" {
  text = <<-EOT
    resource \"not\" \"this\" {
  EOT
}

resource \"a\" \"two\" {
  x = [1,
  y = 2
}
# a comment with a \" and a {
resource a three {
  x = \"${var.x[\"}\"]}\"
}
resource \"a\" \"four\" {
  nested {
resource \"a\" \"five\" {}
";
        let (body, faults) = parse(text);
        assert_eq!(heads(&body), ["resource a one", "resource a three", "resource a five"]);
        let lines: Vec<u32> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [9, 16]);
        assert!(faults[0].reason.ends_with("not read: resource \"a\" \"two\""), "{}", faults[0].reason);
        assert_eq!(body.blocks().nth(1).and_then(Span::span).map(|span| span.start), text.find("resource a three"));
    }

    #[test]
    fn places_count_characters() {
        let mut into = Builder::new();
        let file =
            File::new("main.tf".to_owned(), "\u{feff}# \u{e4}\u{f6}\nx = \"\u{e4}\u{e4}\"  # y\ny = 1\n", &mut into);
        let places: Vec<(u32, u32)> = file
            .body
            .attributes()
            .map(|attribute| {
                let origin = file.place(&attribute.value);
                (origin.line, origin.column)
            })
            .collect();
        assert_eq!(places, [(2, 5), (3, 5)]);
        let comment = file.text.rfind('#').map(|at| file.origin(at).column);
        assert_eq!(comment, Some(11));
    }

    #[test]
    fn hostile_texts_end() {
        for text in
            ["{".repeat(20_000), "x = ".to_owned() + &"[".repeat(20_000), "<<A\n".repeat(20_000), "\"${".repeat(9_000)]
        {
            let (body, faults) = parse(&text);
            assert!(body.is_empty() && !faults.is_empty());
        }
    }

    #[test]
    fn files_that_override_come_last() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["z.tf", "a_override.tf", "b.tf.json", ".hidden.tf", "override.tf", "note.md", "z.tofu"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        let files = module_files(folder.path()).expect("its files");
        let names: Vec<_> = files.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["b.tf.json", "z.tofu", "a_override.tf", "override.tf"]);
    }
}
