//! `cargo xtask moto`: the stand-in for AWS that tests scan.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::workspace::read;

/// What is installed, next to the programs that run in it.
const REQUIREMENTS: &str = "crates/cli/tests/moto/requirements.txt";

/// The folder that builds go to.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from)
}

/// Where it is installed, which tests know, too.
fn folder() -> PathBuf {
    target().join("moto")
}

/// Installs moto into a virtual environment of Python, unless what is asked for is there already. Says
/// whether it is there in the end: without Python 3 and its packages it is not.
///
/// # Errors
/// When the requirements cannot be read.
pub fn moto(say: &mut dyn FnMut(&str)) -> Result<bool, Error> {
    let folder = folder();
    let requirements = crate::root().join(REQUIREMENTS);
    let wanted = read(&requirements)?;
    let installed = folder.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(true);
    }
    say(&format!("installing moto into {}", folder.display()));
    let python = folder.join("bin").join("python3");
    let pip: [&std::ffi::OsStr; 6] = [
        "-m".as_ref(),
        "pip".as_ref(),
        "install".as_ref(),
        "--quiet".as_ref(),
        "--requirement".as_ref(),
        requirements.as_os_str(),
    ];
    let done = run(Path::new("python3"), &["-m".as_ref(), "venv".as_ref(), folder.as_os_str()]) && run(&python, &pip);
    if done {
        // That it cannot be written only means that it is installed again.
        let _ = std::fs::write(&installed, wanted);
    } else {
        say("moto cannot be installed: tests that scan it are skipped (Python 3 with venv and pip is needed)");
    }
    Ok(done)
}

fn run(program: &Path, arguments: &[&std::ffi::OsStr]) -> bool {
    Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
}
