//! Percent-encoding, and the forms of the query protocols.

use serde_json::Value;

/// Encodes all but the characters that every part of a URI may hold.
pub(crate) fn encode(text: &str, keep_slash: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            b'/' if keep_slash => encoded.push('/'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// `Names.member.1`
    Member,
    /// `Name.1`
    Plain,
}

/// Appends a value to a form under a name.
pub(crate) fn append(form: &mut String, name: &str, value: &Value, numbering: Numbering) {
    match value {
        Value::Null => {}
        Value::Object(entries) => {
            for (key, value) in entries {
                append(form, &format!("{name}.{key}"), value, numbering);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = match numbering {
                    Numbering::Member => format!("{name}.member.{}", index + 1),
                    Numbering::Plain => format!("{name}.{}", index + 1),
                };
                append(form, &name, item, numbering);
            }
        }
        value => pair(form, name, &plain(value)),
    }
}

/// Appends a name and a text.
pub(crate) fn pair(form: &mut String, name: &str, text: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.push_str(&encode(name, false));
    form.push('=');
    form.push_str(&encode(text, false));
}

/// A single value as text.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
