//! Running the binary, and what it prints.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// Runs in a folder.
pub(crate) fn pilaster(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("pilaster").expect("the binary");
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env_remove("COLUMNS");
    command.output().expect("it runs")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}
