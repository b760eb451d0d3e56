//! `cargo xtask ci`: everything that has to hold before a change lands.

use std::process::{Command, Stdio};

use crate::Error;
use crate::libreoffice::libreoffice;

/// The steps, in order; the cheapest ones that can fail come first.
const STEPS: [(&str, &[&str]); 3] = [
    ("fmt", &["fmt", "--all", "--check"]),
    ("clippy", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]),
    ("test", &["test", "--workspace"]),
];

/// Runs the steps and returns the name of the first that failed. A step whose tool is not installed
/// is skipped with a line that says so.
///
/// # Errors
/// When cargo cannot be started.
pub fn ci(say: &mut dyn FnMut(&str)) -> Result<Option<&'static str>, Error> {
    for (name, arguments) in STEPS {
        if name != "test" && !is_installed(name) {
            say(&format!("skipped cargo {name}: it is not installed (rustup component add {})", component(name)));
            continue;
        }
        if name == "test" {
            crate::moto(say)?;
            libreoffice(say);
        }
        say(&format!("cargo {}", arguments.join(" ")));
        let status = Command::new(env!("CARGO")).args(arguments).current_dir(crate::root()).status();
        if !status.map_err(Error::Cargo)?.success() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn component(tool: &str) -> &str {
    match tool {
        "fmt" => "rustfmt",
        other => other,
    }
}

fn is_installed(tool: &str) -> bool {
    let mut version = Command::new(env!("CARGO"));
    version.args([tool, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    matches!(version.status(), Ok(status) if status.success())
}
