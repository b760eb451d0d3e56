//! The `pilaster` binary: arguments in, exit code out.

mod access;
mod arguments;
mod commands;
mod error;
mod interrupt;
mod judging;
mod outputs;
mod progress;
mod replacing;
mod saved;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::arguments::{Arguments, Command};
use crate::error::Error;

fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let result = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => run(arguments, &matches),
        Err(error) => error.exit(),
    };
    match result {
        Ok(code) => code,
        Err(Error::Output { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            error::print(&error);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments, matches: &clap::ArgMatches) -> Result<ExitCode, Error> {
    let matches = matches.subcommand().map_or(matches, |(_, matches)| matches);
    match arguments.command {
        Command::Assess(options) => commands::assess::run(options, matches),
        Command::Scan(options) => commands::scan::run(*options, matches),
        Command::Doctor(options) => commands::doctor::run(options),
        Command::Policy(options) => commands::policy::run(options),
        Command::Report(options) => commands::report::run(options, matches),
        Command::Compare(options) => commands::compare::run(options, matches),
        Command::Explain(options) => commands::explain::run(&options),
        Command::Checks(options) => commands::checks::run(&options),
        Command::Completions { shell } => commands::shell::completions(shell),
        Command::Man => commands::shell::man(),
    }
}
