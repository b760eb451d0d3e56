//! What is known of the terminal.

use std::io::{self, IsTerminal};

use crate::arguments::ColorChoice;

/// Widest and narrowest text that is set; between them, the terminal decides.
const WIDTHS: (usize, usize) = (60, 120);

/// The width of text where there is no terminal.
const PIPED: usize = 80;

/// How many columns text may take.
pub(crate) fn width() -> usize {
    // A width that is set wins: it is how scripts and recordings ask for one.
    let set = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    set.or_else(measured).unwrap_or(PIPED).clamp(WIDTHS.0, WIDTHS.1)
}

/// Whether standard output gets colours.
pub(crate) fn color(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let refused = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = variable("TERM").is_some_and(|term| term == "dumb");
            !refused && !dumb && io::stdout().is_terminal()
        }
    }
}

/// The value of an environment variable.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
