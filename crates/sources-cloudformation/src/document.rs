//! A text to the raw tree, whichever syntax it is in.

use model::{Node, SourceId, Value};

use crate::error::Refusal;
use crate::{json, yaml};

/// The largest file that is read.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// Reads a document. Text that begins like JSON and is not (comments, a trailing comma, a tab in a
/// string) is read as YAML, as AWS does.
pub(crate) fn parse(text: &str) -> Result<Node, Refusal> {
    if text.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // The YAML reader takes NUL for the end of the text and would drop the rest in silence.
    if let Some(position) = text.bytes().position(|byte| byte == 0) {
        let line = text.bytes().take(position).filter(|&byte| byte == b'\n').count() + 1;
        return Err(Refusal::new(u32::try_from(line).unwrap_or(u32::MAX), "a NUL character: not a text file"));
    }
    if !is_json(text) {
        return yaml::parse(text);
    }
    match json::parse(text) {
        Err(refusal) if refusal.syntax => match yaml::parse(text) {
            Err(second) if second.syntax => Err(refusal),
            other => other,
        },
        other => other,
    }
}

/// Whether a text looks like JSON.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The refusal of what is too large.
pub(crate) fn too_large() -> Refusal {
    Refusal::new(1, format!("larger than {} MB", MAX_BYTES >> 20))
}

/// Makes a tree one that was read from this source. Which number a source has is only known once it
/// is certain that it holds a template.
pub(crate) fn attribute(node: &mut Node, source: SourceId) {
    node.origin.source = source;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| attribute(item, source)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| attribute(entry, source)),
        _ => {}
    }
}
