//! `cargo xtask`: the chores of the workspace.

use std::error::Error as _;
use std::io::{self, Write};
use std::process::ExitCode;

use xtask::new_check::new_check;
use xtask::register::{Mode, register};
use xtask::{Error, template};

const USAGE: &str = "\
usage: cargo xtask <chore>

  ci
      format, lints and tests: what has to hold before a change lands
  moto
      install moto, the stand-in for AWS that tests scan
  register [--check]
      rewrite the generated files; with --check only name those that are stale
  new-check <service> <name> <best practice>...
      write the skeleton of the check <service>_<name> and register it
  parity [<family>...]
      have Terraform plan and apply the families of the equivalence suite to moto, and keep what comes of it
  provider-schema < <what `terraform providers schema -json` prints>
      rewrite which arguments Terraform's provider for AWS has, for the test of the mappings
  generate-template <resources> [--seed <number>]
      print a CloudFormation template of that many mixed resources
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = io::stdout().lock();
    match run(&arguments, &mut out).and_then(|code| out.flush().map_err(printing).map(|()| code)) {
        Ok(code) => code,
        // Whoever reads the output has seen enough.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[&str], out: &mut impl Write) -> Result<ExitCode, Error> {
    match *arguments {
        ["ci"] => {
            // Cargo writes between these lines: each has to be out before it starts.
            let failed = xtask::ci(&mut |line| drop(writeln!(out, "{line}").and_then(|()| out.flush())))?;
            if let Some(step) = failed {
                writeln!(out, "failed: cargo {step}").map_err(printing)?;
                return Ok(ExitCode::FAILURE);
            }
        }
        ["moto"] => {
            let installed = xtask::moto(&mut |line| drop(writeln!(out, "{line}").and_then(|()| out.flush())))?;
            if !installed {
                return Ok(ExitCode::FAILURE);
            }
        }
        ["register"] => {
            let written = register(&xtask::root(), Mode::Write)?;
            for path in &written {
                writeln!(out, "wrote {}", path.display()).map_err(printing)?;
            }
            if written.is_empty() {
                writeln!(out, "every register is fresh").map_err(printing)?;
            }
        }
        ["register", "--check"] => {
            let stale = register(&xtask::root(), Mode::Check)?;
            for path in &stale {
                writeln!(out, "stale: {}", path.display()).map_err(printing)?;
            }
            if !stale.is_empty() {
                writeln!(out, "run `cargo xtask register`").map_err(printing)?;
                return Ok(ExitCode::FAILURE);
            }
        }
        ["new-check", service, name, ref practices @ ..] => {
            let practices: Vec<_> = practices.iter().map(|&practice| practice.to_owned()).collect();
            for path in new_check(&xtask::root(), service, name, &practices)? {
                writeln!(out, "wrote {}", path.display()).map_err(printing)?;
            }
        }
        ["parity", ref families @ ..] => {
            if !xtask::parity(families, &mut |line| drop(writeln!(out, "{line}").and_then(|()| out.flush())))? {
                return Ok(ExitCode::FAILURE);
            }
        }
        ["provider-schema"] => {
            let path = xtask::provider_schema(&xtask::root(), io::stdin().lock())?;
            writeln!(out, "wrote {}", path.display()).map_err(printing)?;
        }
        ["generate-template", resources] => print_template(resources, "1", out)?,
        ["generate-template", resources, "--seed", seed] => print_template(resources, seed, out)?,
        ["help" | "--help" | "-h"] => out.write_all(USAGE.as_bytes()).map_err(printing)?,
        _ => {
            return Err(Error::Argument(format!("no such chore\n\n{}", USAGE.trim_end())));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_template(resources: &str, seed: &str, out: &mut impl Write) -> Result<(), Error> {
    let number =
        |text: &str| text.parse::<u64>().map_err(|_| Error::Argument(format!("{text:?} is not a number; use digits")));
    let template = template::generate(number(resources)?, number(seed)?);
    writeln!(out, "{template}").map_err(printing)
}

fn printing(error: io::Error) -> Error {
    Error::Output(error)
}

/// The error and what caused it, on one line of standard error.
fn complain(error: &Error) {
    let mut text = format!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    // Nothing is left to do when even this fails.
    let _ = writeln!(io::stderr(), "{text}");
}
