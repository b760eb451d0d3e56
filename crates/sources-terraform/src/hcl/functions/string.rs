//! Functions of text.

use model::{Node, Value};

use super::{Answer, argument, integer_at, items_at, text_at};
use crate::hcl::value::{
    Fault, Parts, as_integer, as_number, as_string, bare, boolean, is_null, is_unknown, is_wholly_known, list, text,
};

/// Longer texts than this are not made of repetitions.
const MAX_TEXT: usize = 1 << 24;

/// Functions that tell something of text that is known only in part.
pub(in crate::hcl) fn lenient(name: &str, arguments: &[&Node]) -> Option<Answer> {
    Some(match name {
        "join" => join(arguments),
        "format" => format(arguments),
        _ => return None,
    })
}

fn join(arguments: &[&Node]) -> Answer {
    let mut parts = Parts::default();
    let Some((separator, lists)) = arguments.split_first() else { return Err(Fault::new("an argument is missing")) };
    let Some(separator) = as_string(separator) else { return Ok(None) };
    let mut first = true;
    for argument in lists {
        let Value::List(items) = &argument.value else {
            return if is_unknown(argument) || matches!(argument.value, Value::Reference(_)) {
                Ok(None)
            } else {
                Err(Fault::new("not a list"))
            };
        };
        if items.len().saturating_mul(separator.len()) > MAX_TEXT {
            return Ok(None);
        }
        for item in items {
            if !first {
                parts.text(&separator);
            }
            first = false;
            parts.node(item).ok_or_else(|| Fault::new("not text"))?;
        }
    }
    Ok(Some(bare(parts.finish())))
}

/// `format`, with what is not known in its place.
fn format(arguments: &[&Node]) -> Answer {
    let Some((pattern, mut values)) = arguments.split_first().map(|(pattern, rest)| (pattern, rest.iter())) else {
        return Err(Fault::new("an argument is missing"));
    };
    let Some(pattern) = as_string(pattern) else { return Ok(None) };
    let mut parts = Parts::default();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '%' {
            let mut buffer = [0; 4];
            parts.text(character.encode_utf8(&mut buffer));
            continue;
        }
        let mut flags = String::new();
        let verb = loop {
            match characters.next() {
                Some(flag @ ('0'..='9' | '.' | '-' | '+' | ' ' | '#')) => flags.push(flag),
                // Arguments by number are rare.
                Some('[') => return Ok(None),
                Some(verb) => break verb,
                None => return Err(Fault::new("an unfinished verb")),
            }
        };
        if verb == '%' {
            parts.text("%");
            continue;
        }
        let value = values.next().ok_or_else(|| Fault::new("too few values"))?;
        match (verb, flags.is_empty()) {
            ('s' | 'v', true) if verb == 'v' && is_null(value) => parts.text("null"),
            ('s' | 'v', true) => parts.node(value).ok_or_else(|| Fault::new("not text"))?,
            ('d', true) if !is_wholly_known(value) => parts.node(value).ok_or_else(|| Fault::new("not a number"))?,
            _ if !is_wholly_known(value) => return Ok(None),
            _ => match verbed(verb, &flags, value) {
                Some(formatted) => parts.text(&formatted),
                None => return Ok(None),
            },
        }
    }
    Ok(Some(bare(parts.finish())))
}

/// A known value by a verb of `format`. None for verbs nobody writes.
fn verbed(verb: char, flags: &str, value: &Node) -> Option<String> {
    let left = flags.contains('-');
    let sign = flags.contains('+');
    let digits = flags.trim_start_matches(['-', '+', ' ', '#']);
    let zeros = digits.starts_with('0');
    let (width, precision) = match digits.split_once('.') {
        Some((width, precision)) => (width, Some(precision.parse::<usize>().unwrap_or(0).min(100))),
        None => (digits, None),
    };
    let width = width.parse::<usize>().unwrap_or(0).min(10_000);
    let body = match verb {
        's' | 'v' => {
            let whole = as_string(value)?;
            precision.map_or(whole.clone(), |most| whole.chars().take(most).collect())
        }
        'q' => serde_json::to_string(&as_string(value)?).ok()?,
        'd' => as_integer(value)?.to_string(),
        'x' => format!("{:x}", as_integer(value)?),
        'X' => format!("{:X}", as_integer(value)?),
        'o' => format!("{:o}", as_integer(value)?),
        'b' => format!("{:b}", as_integer(value)?),
        'f' => format!("{:.*}", precision.unwrap_or(6), as_number(value)?),
        't' => crate::hcl::value::as_bool(value)?.to_string(),
        _ => return None,
    };
    let body = if sign && !body.starts_with('-') && matches!(verb, 'd' | 'f') { format!("+{body}") } else { body };
    let missing = width.saturating_sub(body.chars().count());
    Some(match (left, zeros && matches!(verb, 'd' | 'x' | 'X' | 'o' | 'b' | 'f')) {
        (true, _) => body + &" ".repeat(missing),
        (false, true) => match body.split_at_checked(1) {
            Some((sign @ ("-" | "+"), digits)) => format!("{sign}{}{digits}", "0".repeat(missing)),
            _ => "0".repeat(missing) + &body,
        },
        (false, false) => " ".repeat(missing) + &body,
    })
}

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let one = |change: &dyn Fn(&str) -> String| text_at(arguments, 0).map(|value| text(change(&value)));
    let two =
        |change: &dyn Fn(&str, &str) -> String| Ok(text(change(&text_at(arguments, 0)?, &text_at(arguments, 1)?)));
    let is = |test: &dyn Fn(&str, &str) -> bool| Ok(boolean(test(&text_at(arguments, 0)?, &text_at(arguments, 1)?)));
    let answer = match name {
        "lower" => one(&|value| value.to_lowercase()),
        "upper" => one(&|value| value.to_uppercase()),
        "title" => one(&title),
        "trimspace" => one(&|value| value.trim().to_owned()),
        "chomp" => one(&|value| value.trim_end_matches(['\n', '\r']).to_owned()),
        "strrev" => one(&|value| value.chars().rev().collect()),
        "trim" => two(&|value, cut| value.trim_matches(|c| cut.contains(c)).to_owned()),
        "trimprefix" => two(&|value, cut| value.strip_prefix(cut).unwrap_or(value).to_owned()),
        "trimsuffix" => two(&|value, cut| value.strip_suffix(cut).unwrap_or(value).to_owned()),
        "startswith" => is(&|value, start| value.starts_with(start)),
        "endswith" => is(&|value, end| value.ends_with(end)),
        "strcontains" => is(&|value, part| value.contains(part)),
        "basename" => one(&|value| match value.trim_end_matches('/').rsplit('/').next() {
            Some("") | None => if value.is_empty() { "." } else { "/" }.to_owned(),
            Some(name) => name.to_owned(),
        }),
        "dirname" => one(&|value| match value.rsplit_once('/') {
            Some(("", _)) => "/".to_owned(),
            Some((folder, _)) => folder.to_owned(),
            None => ".".to_owned(),
        }),
        "split" => split(arguments),
        "substr" => substr(arguments),
        "indent" => indent(arguments),
        "formatlist" => return Some(format_list(arguments)),
        "replace" => match replace(arguments) {
            Ok(answer) => return Some(Ok(answer)),
            Err(fault) => Err(fault),
        },
        _ => return None,
    };
    Some(answer.map(Some))
}

fn title(value: &str) -> String {
    let mut begins = true;
    let mut titled = String::with_capacity(value.len());
    for character in value.chars() {
        match begins {
            true => titled.extend(character.to_uppercase()),
            false => titled.push(character),
        }
        begins = !(character.is_alphanumeric() || character == '_');
    }
    titled
}

fn split(arguments: &[&Node]) -> Result<Node, Fault> {
    let (separator, whole) = (text_at(arguments, 0)?, text_at(arguments, 1)?);
    Ok(list(match separator.is_empty() {
        true => whole.chars().map(|character| text(character.to_string())).collect(),
        false => whole.split(&separator).map(text).collect(),
    }))
}

fn substr(arguments: &[&Node]) -> Result<Node, Fault> {
    let whole: Vec<char> = text_at(arguments, 0)?.chars().collect();
    let (start, length) = (integer_at(arguments, 1)?, integer_at(arguments, 2)?);
    let all = whole.len() as i128;
    let start = if start < 0 { all.saturating_add(start).max(0) } else { start.min(all) };
    let end = if length < 0 { all } else { start.saturating_add(length).min(all) };
    let range = usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0);
    Ok(text(whole.get(range).unwrap_or_default().iter().collect::<String>()))
}

fn indent(arguments: &[&Node]) -> Result<Node, Fault> {
    let spaces = usize::try_from(integer_at(arguments, 0)?).unwrap_or(0).min(1000);
    let whole = text_at(arguments, 1)?;
    if whole.matches('\n').count().saturating_mul(spaces) > MAX_TEXT {
        return Err(Fault::new("too long"));
    }
    Ok(text(whole.replace('\n', &format!("\n{}", " ".repeat(spaces)))))
}

/// None for what would be too long.
fn replace(arguments: &[&Node]) -> Answer {
    let (whole, part, with) = (text_at(arguments, 0)?, text_at(arguments, 1)?, text_at(arguments, 2)?);
    if part.len() > 1 && part.starts_with('/') && part.ends_with('/') {
        let pattern = part.get(1..part.len() - 1).unwrap_or_default();
        return super::pattern::replace(&whole, pattern, &with).map(|whole| Some(text(whole)));
    }
    if part.is_empty() {
        return Ok(Some(text(whole)));
    }
    if whole.matches(&part).count().saturating_mul(with.len()) > MAX_TEXT {
        return Ok(None);
    }
    Ok(Some(text(whole.replace(&part, &with))))
}

fn format_list(arguments: &[&Node]) -> Answer {
    let pattern = argument(arguments, 0)?;
    let values = arguments.get(1..).unwrap_or_default();
    let mut length = None;
    for (number, value) in values.iter().enumerate() {
        if matches!(value.value, Value::List(_)) {
            let own = items_at(values, number)?.len();
            if *length.get_or_insert(own) != own {
                return Err(Fault::new("lists of different lengths"));
            }
        }
    }
    let mut made = Vec::new();
    let longest: usize = values.iter().map(|value| as_string(value).map_or(0, |value| value.len())).sum();
    let longest = longest + as_string(pattern).map_or(0, |pattern| pattern.len());
    if length.unwrap_or(1).saturating_mul(longest) > MAX_TEXT {
        return Ok(None);
    }
    for at in 0..length.unwrap_or(1) {
        let mut row: Vec<&Node> = vec![pattern];
        for value in values {
            match &value.value {
                Value::List(items) => row.extend(items.get(at)),
                _ => row.push(value),
            }
        }
        match format(&row)? {
            Some(node) => made.push(node),
            None => return Ok(None),
        }
    }
    Ok(Some(list(made)))
}
