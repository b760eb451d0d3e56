//! JSON to the raw tree.

use model::{Node, Origin, SourceId, Value};
use struson::reader::{JsonReader, JsonStreamReader, ReaderError, ReaderSettings, ValueType};

use crate::error::Refusal;
use crate::tree::Tree;

/// Reads one document.
pub(crate) fn parse(text: &str) -> Result<Node, Refusal> {
    let settings = ReaderSettings {
        track_path: false,
        // The tree has a limit of its own, and numbers are kept as text.
        max_nesting_depth: None,
        restrict_number_values: false,
        ..ReaderSettings::default()
    };
    let mut reader = JsonStreamReader::new_custom(text.as_bytes(), settings);
    let mut tree = Tree::new();
    // Whether each open collection is a map.
    let mut open: Vec<bool> = Vec::new();
    loop {
        if let Some(&map) = open.last() {
            if !reader.has_next().map_err(refusal)? {
                match map {
                    true => reader.end_object(),
                    false => reader.end_array(),
                }
                .map_err(refusal)?;
                open.pop();
                if let Some(node) = tree.end() {
                    tree.place(node)?;
                }
                if open.is_empty() {
                    break;
                }
                continue;
            }
            if map {
                let origin = here(&reader);
                let name = reader.next_name_owned().map_err(refusal)?;
                tree.key(name, origin)?;
            }
        }
        let kind = reader.peek().map_err(refusal)?;
        let origin = here(&reader);
        let value = match kind {
            ValueType::Object => {
                reader.begin_object().map_err(refusal)?;
                tree.begin_map(origin, None)?;
                open.push(true);
                continue;
            }
            ValueType::Array => {
                reader.begin_array().map_err(refusal)?;
                tree.begin_list(origin, None)?;
                open.push(false);
                continue;
            }
            ValueType::String => Value::Text(reader.next_str().map_err(refusal)?.into()),
            ValueType::Number => Value::Number(reader.next_number_as_str().map_err(refusal)?.into()),
            ValueType::Boolean => Value::Bool(reader.next_bool().map_err(refusal)?),
            ValueType::Null => {
                reader.next_null().map_err(refusal)?;
                Value::Null
            }
        };
        tree.place(Node::new(value, origin))?;
        if open.is_empty() {
            break;
        }
    }
    reader.consume_trailing_whitespace().map_err(refusal)?;
    tree.finish().ok_or_else(|| Refusal::new(1, "an empty document"))
}

fn here(reader: &impl JsonReader) -> Origin {
    let (line, column) = match reader.current_position(false).line_pos {
        Some(position) => (position.line + 1, position.column + 1),
        None => (1, 1),
    };
    Origin::new(SourceId(0), u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

fn refusal(error: ReaderError) -> Refusal {
    match error {
        ReaderError::SyntaxError(error) => {
            let line = error.location.line_pos.map_or(1, |position| position.line + 1);
            Refusal::syntax(
                u32::try_from(line).unwrap_or(u32::MAX),
                format!("not valid JSON: {}", words(&error.kind.to_string())),
            )
        }
        error => Refusal::syntax(1, format!("not valid JSON: {error}")),
    }
}

/// `MissingComma` as people write it.
fn words(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}
