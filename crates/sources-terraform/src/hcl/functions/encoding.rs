//! Functions that write and read other notations.

use model::{Node, Value};

use super::{Answer, argument, text_at};
use crate::hcl::value::{Fault, NOWHERE, list, map, text};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let answer = match name {
        "base64encode" => plain(arguments).map(|whole| text(base64(whole.as_bytes()))),
        "base64decode" => text_at(arguments, 0).and_then(|whole| match unbase64(&whole).map(String::from_utf8) {
            Some(Ok(plain)) => Ok(text(plain)),
            _ => Err(Fault::new("not base64 of text")),
        }),
        "urlencode" => text_at(arguments, 0).map(|whole| text(percent(&whole))),
        "jsondecode" => decode(arguments),
        "csvdecode" => text_at(arguments, 0).map(|whole| csv(&whole)),
        _ => return None,
    };
    Some(answer.map(Some))
}

/// Text, or what `jsonencode` has left as a structure.
fn plain(arguments: &[&Node]) -> Result<String, Fault> {
    match argument(arguments, 0)? {
        node @ Node { value: Value::Map(_) | Value::List(_), .. } => Ok(crate::hcl::types::shape(node)),
        _ => text_at(arguments, 0),
    }
}

fn decode(arguments: &[&Node]) -> Result<Node, Fault> {
    let node = argument(arguments, 0)?;
    if matches!(node.value, Value::Map(_) | Value::List(_)) {
        return Ok(node.clone());
    }
    let value = serde_json::from_str(&text_at(arguments, 0)?).map_err(|_| Fault::new("not JSON"))?;
    Ok(Node::from_json(value, NOWHERE))
}

pub(in crate::hcl) fn base64(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for piece in bytes.chunks(3) {
        let at = |number: usize| u32::from(piece.get(number).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for number in 0..4 {
            let letter = LETTERS.get((word >> (18 - 6 * number) & 63) as usize).copied().unwrap_or(b'=');
            encoded.push(if number <= piece.len() { char::from(letter) } else { '=' });
        }
    }
    encoded
}

fn unbase64(encoded: &str) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut word, mut bits) = (0_u32, 0);
    for byte in encoded.trim_end_matches('=').bytes() {
        let value = LETTERS.iter().position(|letter| *letter == byte)? as u32;
        word = word << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            plain.push((word >> bits & 255) as u8);
        }
    }
    Some(plain)
}

fn percent(plain: &str) -> String {
    let mut encoded = String::with_capacity(plain.len());
    for byte in plain.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// The rows of a table as maps by the names in its first row.
fn csv(table: &str) -> Node {
    let mut rows = rows(table).into_iter();
    let names = rows.next().unwrap_or_default();
    let row = |row: Vec<String>| map(names.iter().cloned().zip(row.into_iter().map(text)).collect());
    list(rows.map(row).collect())
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut characters = table.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                field.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                if !(row.is_empty() && field.is_empty()) {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
            }
            other => field.push(other),
        }
    }
    if !(row.is_empty() && field.is_empty()) {
        row.push(field);
        rows.push(row);
    }
    rows
}
