//! Comma-separated values with quoted fields.

/// The records of a file, or what is wrong with it.
pub(super) fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut line = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '"' => {
                return Err(format!("line {line}: a quote inside a field that is not quoted"));
            }
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                line += 1;
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => {
                line += usize::from(c == '\n');
                field.push(c);
            }
        }
    }
    if quoted {
        return Err("a quoted field does not end".to_owned());
    }
    if !record.is_empty() || !field.is_empty() {
        record.push(field);
        records.push(record);
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn quoted_fields_hold_commas_quotes_and_lines() {
        let parsed = records("a,\"b, \"\"c\"\"\",\r\n\"d\ne\",f,g").unwrap();
        assert_eq!(parsed, [["a", "b, \"c\"", ""], ["d\ne", "f", "g"]]);
    }

    #[test]
    fn stray_quotes_are_refused() {
        assert!(records("a\"b\n").is_err());
        assert!(records("\"ab\n").is_err());
    }
}
