//! Text of others inside Markdown.

use crate::safe::safe;

/// As code: nothing in it is markup, a mention or a link.
pub(crate) fn code(text: &str) -> String {
    let text = safe(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    match text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty() {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// As code in a cell of a table, which a bar would end even there.
pub(crate) fn code_in_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// As prose in which nothing is markup, a mention or a link.
pub(crate) fn escaped(text: &str) -> String {
    let text = safe(text);
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            // What follows the sign is no longer a name, nor what follows the colon an address.
            '@' => result.push_str("@<!-- -->"),
            ':' => result.push_str(":<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                result.push('\\');
                result.push(character);
            }
            _ => result.push(character),
        }
    }
    // Comments are only wanted where an address could begin.
    result.replace(":<!-- -->", if text.contains("://") { ":<!-- -->" } else { ":" })
}

/// As the content of an HTML element.
pub(crate) fn html(text: &str) -> String {
    safe(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "@<!-- -->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_fenced_by_more_than_it_holds() {
        assert_eq!(code("a.yaml:1"), "`a.yaml:1`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b\nc"), "`a|b\\u{a}c`");
        assert_eq!(code_in_cell("a|b"), "`a\\|b`");
        assert_eq!(code(""), "`  `");
    }

    #[test]
    fn prose_holds_no_markup() {
        assert_eq!(escaped("**a** <b> [c](d)"), "\\*\\*a\\*\\* &lt;b&gt; \\[c\\](d)");
        assert_eq!(escaped("ask @team: now"), "ask @<!-- -->team: now");
        assert_eq!(escaped("https://evil.example"), "https:<!-- -->//evil.example");
        assert_eq!(escaped("a\n# b"), "a\\\\u{a}\\# b");
    }
}
