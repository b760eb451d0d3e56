//! Functions that write and read other notations.

use base64::prelude::{BASE64_STANDARD, Engine};
use model::{Node, Value};

use super::{Answer, argument, text_at};
use crate::hcl::value::{Fault, NOWHERE, list, map, text};
use crate::shape::BASE64;

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let answer = match name {
        "base64encode" => plain(arguments).map(|whole| text(BASE64_STANDARD.encode(whole))),
        "base64decode" => text_at(arguments, 0).and_then(|whole| match BASE64.decode(&whole).map(String::from_utf8) {
            Ok(Ok(plain)) => Ok(text(plain)),
            _ => Err(Fault::new("not base64 of text")),
        }),
        "urlencode" => text_at(arguments, 0).map(|whole| text(percent(&whole))),
        "jsondecode" => decode(arguments),
        "csvdecode" => text_at(arguments, 0).and_then(|whole| csv(&whole)),
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
fn csv(table: &str) -> Result<Node, Fault> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let wrong = |_| Fault::new("not CSV");
    let names = reader.headers().map_err(wrong)?.clone();
    let row = |row: csv::StringRecord| map(names.iter().map(str::to_owned).zip(row.iter().map(text)).collect());
    let rows = reader.into_records().map(|record| record.map(row)).collect::<Result<Vec<_>, _>>();
    Ok(list(rows.map_err(wrong)?))
}
