//! Functions of regular expressions. Those of Rust and of Go are both RE2's.

use model::{Node, Value};
use regex::{Captures, Regex};

use super::{Answer, text_at};
use crate::hcl::value::{Fault, bare, list, text};

/// An expression may not take more memory than this once it is compiled.
const MAX_BYTES: usize = 1 << 20;

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let both = || Ok((compiled(&text_at(arguments, 0)?)?, text_at(arguments, 1)?));
    Some(match name {
        "regex" => both().and_then(|(pattern, whole): (Regex, String)| match pattern.captures(&whole) {
            Some(found) => Ok(Some(matched(&pattern, &found))),
            None => Err(Fault::new("no match")),
        }),
        "regexall" => both().map(|(pattern, whole)| {
            Some(list(pattern.captures_iter(&whole).map(|found| matched(&pattern, &found)).collect()))
        }),
        _ => return None,
    })
}

/// `replace` with a pattern between slashes.
pub(super) fn replace(whole: &str, pattern: &str, with: &str) -> Result<String, Fault> {
    Ok(compiled(pattern)?.replace_all(whole, with).into_owned())
}

fn compiled(pattern: &str) -> Result<Regex, Fault> {
    let built = regex::RegexBuilder::new(pattern).size_limit(MAX_BYTES).build();
    built.map_err(|_| Fault::new("not a regular expression"))
}

/// The whole of a match, or its groups: by name where they have names.
fn matched(pattern: &Regex, found: &Captures<'_>) -> Node {
    let group = |place: usize| match found.get(place) {
        Some(group) => text(group.as_str()),
        None => bare(Value::Null),
    };
    if pattern.captures_len() == 1 {
        return group(0);
    }
    let named: Vec<(usize, &str)> =
        pattern.capture_names().enumerate().filter_map(|(place, name)| Some((place, name?))).collect();
    match named.is_empty() {
        true => list((1..pattern.captures_len()).map(group).collect()),
        false => bare(Value::Map(named.into_iter().map(|(place, name)| (name.to_owned(), group(place))).collect())),
    }
}
