//! What an unquoted scalar of YAML means.

use model::Value;

/// The value of a plain scalar. Only what YAML 1.1 and 1.2 agree on is more than text: `yes`, dates,
/// base-60 and octal numbers stay as they were written.
pub(crate) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.into()),
        _ => Value::Text(text.into()),
    }
}

/// Whether a text is a number as JSON writes them. An account id with leading zeros is none.
pub(crate) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_json_takes_for_numbers() {
        for text in ["0", "-1", "10", "1.10", "1e3", "2.5E-7", "123456789012"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "-", "012", "1.", ".5", "+1", "0x1F", "1_000", "1:30", "2012-10-17", "1e"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
