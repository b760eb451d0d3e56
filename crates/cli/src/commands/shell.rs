//! `pilaster completions` and `pilaster man`

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments::Arguments;
use crate::error::Error;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Error> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pilaster", &mut text);
    print(&text)
}

/// Prints the manual page: that of the program, followed by those of its commands.
pub(crate) fn man() -> Result<ExitCode, Error> {
    let mut text = Vec::new();
    let mut command = Arguments::command();
    command.build();
    let failed = |source| Error::Output { place: "the manual page".to_owned(), source };
    Man::new(command.clone()).render(&mut text).map_err(failed)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let page = Man::new(subcommand.clone());
        page.render_synopsis_section(&mut text).map_err(failed)?;
        page.render_description_section(&mut text).map_err(failed)?;
        page.render_options_section(&mut text).map_err(failed)?;
    }
    print(&text)
}

/// Writes to standard output.
pub(crate) fn print(text: &[u8]) -> Result<ExitCode, Error> {
    let mut out = io::stdout().lock();
    out.write_all(text)
        .and_then(|()| out.flush())
        .map_err(|source| Error::Output { place: "standard output".to_owned(), source })?;
    Ok(ExitCode::SUCCESS)
}
