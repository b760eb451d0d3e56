/// Whether a text can name a module: snake case, no keyword, no underscore at an end or twice.
pub(crate) fn is_module_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('_').all(|word| !word.is_empty() && word.chars().all(allowed))
        && !KEYWORDS.contains(&text)
}

/// Lower-case words that Rust 2024 keeps for itself, `mod` also because `mod.rs` is taken.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::is_module_name;

    #[test]
    fn snake_case_words_are_names() {
        for name in ["s3", "bucket_versioning", "elastic_load_balancing", "x_90_days", "types"] {
            assert!(is_module_name(name), "{name}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        for name in
            ["", "_", "S3", "3s", "a-b", "a b", "a__b", "a_", "_a", "mod", "type", "yield", "a/b", "..", "é", "a.rs"]
        {
            assert!(!is_module_name(name), "{name}");
        }
    }
}
