//! What can go wrong.

/// Why the reader could not do its work. A file that is broken is not an error: it becomes a
/// [gap](model::Gap) and costs only itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was named cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The path as it was named.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file of variables cannot be used.
    #[error("{path}:{line}: {reason}")]
    Variables {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
        /// What is wrong with it.
        reason: String,
    },
}
