//! What comments in code say to tools.

use std::ops::RangeInclusive;

/// A word of a tool in a comment, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark<'t> {
    /// The word.
    pub word: &'static str,
    /// What follows it, to the end of the line.
    pub rest: &'t str,
    /// The block it is about: the one it stands in, or directly above.
    pub block: Option<usize>,
    /// Line, from 1.
    pub line: u32,
    /// Column of the word in characters, from 1.
    pub column: u32,
}

/// Finds words in the comments of a text. `comment` begins one, and the lines of `blocks` ascend.
///
/// ```
/// let text = "# tool:skip=A\none {\n  x = 1 # tool:skip=B\n}\n";
/// let remarks = model::remarks(text, &["#"], &["tool:skip="], &[2..=4]);
/// let found: Vec<_> = remarks.iter().map(|remark| (remark.line, remark.rest, remark.block)).collect();
/// assert_eq!(found, [(1, "A", Some(0)), (3, "B", Some(0))]);
/// ```
pub fn remarks<'t>(
    text: &'t str,
    comment: &[&str],
    words: &[&'static str],
    blocks: &[RangeInclusive<u32>],
) -> Vec<Remark<'t>> {
    let mut found: Vec<Remark<'t>> = Vec::new();
    if !words.iter().any(|word| text.contains(word)) {
        return found;
    }
    // How many stand in lines of their own whose block is not decided: the next line that is no comment may begin one.
    let mut above = 0;
    for (number, line) in (1_u32..).zip(text.lines()) {
        let trimmed = line.trim_start();
        let is_comment = comment.iter().any(|mark| trimmed.starts_with(mark));
        if !trimmed.is_empty() && !is_comment {
            if let Ok(block) = blocks.binary_search_by_key(&number, |block| *block.start()) {
                found.iter_mut().rev().take(above).for_each(|remark| remark.block = Some(block));
            }
            above = 0;
        }
        let Some(start) = comment.iter().filter_map(|mark| line.find(mark)).min() else { continue };
        let before = found.len();
        for word in words {
            for (place, _) in line.match_indices(word).filter(|(place, _)| *place > start) {
                let column = line.get(..place).map_or(0, |before| before.chars().count()) + 1;
                found.push(Remark {
                    word,
                    rest: line.get(place + word.len()..).unwrap_or_default(),
                    block: enclosing(blocks, number),
                    line: number,
                    column: u32::try_from(column).unwrap_or(u32::MAX),
                });
            }
        }
        if is_comment {
            above += found.len() - before;
        }
    }
    found
}

/// The block whose lines hold a line.
fn enclosing(blocks: &[RangeInclusive<u32>], line: u32) -> Option<usize> {
    let behind = blocks.partition_point(|block| *block.start() <= line);
    let number = behind.checked_sub(1)?;
    blocks.get(number)?.contains(&line).then_some(number)
}
