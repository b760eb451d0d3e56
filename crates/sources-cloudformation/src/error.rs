//! What can go wrong.

/// Why the reader could not do its work. A template that is broken is not an error: it becomes a
/// [gap](model::Gap) and costs only itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was named is not there.
    #[error("{path} does not exist: name a template or a folder of templates")]
    Missing {
        /// The path as it was named.
        path: String,
    },
    /// A path that was named cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The path as it was named.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A parameter file does not hold parameters.
    #[error("{path}:{line}: {reason}")]
    Parameters {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
        /// What is wrong with it.
        reason: String,
    },
}

/// Why a document was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) line: u32,
    pub(crate) reason: String,
    /// Whether the text is not of the syntax it was read as. Another syntax may then be tried.
    pub(crate) syntax: bool,
}

impl Refusal {
    pub(crate) fn new(line: u32, reason: impl Into<String>) -> Self {
        Self { line, reason: cut(reason.into()), syntax: false }
    }

    pub(crate) fn syntax(line: u32, reason: impl Into<String>) -> Self {
        Self { line, reason: cut(reason.into()), syntax: true }
    }
}

/// The longest reason, in characters: names in it may be as long as the file.
const MAX_REASON: usize = 300;

/// A reason, cut when it is long.
pub(crate) fn cut(mut reason: String) -> String {
    if let Some((end, _)) = reason.char_indices().nth(MAX_REASON) {
        reason.truncate(end);
        reason.push('…');
    }
    reason
}
