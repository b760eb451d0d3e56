//! Paths of files as URIs, from the root of the repository.

/// Where the repository begins. Both are absolute, with any kind of slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The root of the repository.
    pub root: String,
    /// The folder that relative paths are counted from.
    pub folder: String,
}

/// A file as SARIF names it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FileUri {
    /// Percent-encoded, with forward slashes.
    pub(crate) uri: String,
    /// Whether it is counted from the root of the repository.
    pub(crate) relative: bool,
}

/// The URI of a path. What lies outside the repository keeps its absolute path.
pub(crate) fn file_uri(path: &str, base: Option<&Base>) -> FileUri {
    let whole = whole(path, base);
    match below_root(&whole, base) {
        Some(parts) => FileUri { uri: encoded(&parts), relative: true },
        None => FileUri { uri: format!("file:///{}", encoded(&normal(&whole))), relative: false },
    }
}

/// A path from the root of the repository, as it is written there. What lies outside keeps its absolute
/// path.
pub(crate) fn repository_path(path: &str, base: Option<&Base>) -> String {
    let whole = whole(path, base);
    below_root(&whole, base).map(|parts| parts.join("/")).unwrap_or(whole)
}

/// A path with forward slashes, absolute where it is known what it is counted from.
fn whole(path: &str, base: Option<&Base>) -> String {
    let path = path.replace('\\', "/");
    match base {
        Some(base) if !is_absolute(&path) => format!("{}/{path}", base.folder.replace('\\', "/")),
        _ => path,
    }
}

/// The parts of a path below the root; nothing where it lies outside.
fn below_root<'a>(whole: &'a str, base: Option<&Base>) -> Option<Vec<&'a str>> {
    let parts = normal(whole);
    if !is_absolute(whole) {
        return Some(parts);
    }
    let root = base?.root.replace('\\', "/");
    let depth = parts.strip_prefix(normal(&root).as_slice())?.len();
    (depth > 0).then(|| parts.get(parts.len() - depth..).unwrap_or_default().to_vec())
}

fn is_absolute(path: &str) -> bool {
    let mut characters = path.chars();
    path.starts_with('/')
        || characters.next().is_some_and(|c| c.is_ascii_alphabetic())
            && characters.next() == Some(':')
            && characters.next() == Some('/')
}

/// The parts of a path without `.`, and with `..` applied.
fn normal(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

fn encoded(parts: &[&str]) -> String {
    let mut uri = String::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            uri.push('/');
        }
        for byte in part.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(uri: &str) -> FileUri {
        FileUri { uri: uri.to_owned(), relative: true }
    }

    #[test]
    fn relative_paths_are_counted_from_the_root() {
        assert_eq!(file_uri("./a//b/../c.yaml", None), relative("a/c.yaml"));
        let base = Base { root: "/home/me/shop".to_owned(), folder: "/home/me/shop/infra".to_owned() };
        assert_eq!(file_uri("a.yaml", Some(&base)), relative("infra/a.yaml"));
        assert_eq!(file_uri("../b.yaml", Some(&base)), relative("b.yaml"));
        assert_eq!(file_uri("/home/me/shop/c.yaml", Some(&base)), relative("c.yaml"));
    }

    #[test]
    fn what_lies_outside_is_absolute() {
        let base = Base { root: "/home/me/shop".to_owned(), folder: "/home/me/shop".to_owned() };
        let outside = file_uri("../other/a.yaml", Some(&base));
        assert_eq!(outside, FileUri { uri: "file:///home/me/other/a.yaml".to_owned(), relative: false });
        assert_eq!(file_uri("/tmp/a.yaml", None).uri, "file:///tmp/a.yaml");
    }

    #[test]
    fn windows_paths_are_understood() {
        let base = Base { root: "C:\\shop".to_owned(), folder: "C:\\shop\\infra".to_owned() };
        assert_eq!(file_uri("a\\b.yaml", Some(&base)), relative("infra/a/b.yaml"));
    }

    #[test]
    fn paths_of_the_repository_are_as_written() {
        let base = Base { root: "/home/me/shop".to_owned(), folder: "/home/me/shop/infra".to_owned() };
        assert_eq!(repository_path("a b,%.yaml", Some(&base)), "infra/a b,%.yaml");
        assert_eq!(repository_path("/tmp/a.yaml", Some(&base)), "/tmp/a.yaml");
        assert_eq!(repository_path("./a.yaml", None), "a.yaml");
    }

    #[test]
    fn everything_unusual_is_encoded() {
        assert_eq!(file_uri("a b/ü#?%:[x].yaml", None), relative("a%20b/%C3%BC%23%3F%25%3A%5Bx%5D.yaml"));
        assert_eq!(file_uri("a\u{1b}\n.yaml", None), relative("a%1B%0A.yaml"));
    }
}
