//! LibreOffice, in which tests open the workbooks that reports write.

use std::process::{Command, Stdio};

/// What reads workbooks without a screen, which takes 60 MB to download.
const PACKAGE: &str = "libreoffice-calc-nogui";

/// Installs it where that takes no more than to say so: as root, on a system with apt. Elsewhere the tests that
/// open workbooks are skipped.
pub(crate) fn libreoffice(say: &mut dyn FnMut(&str)) {
    if runs("soffice", &["--version"]) {
        return;
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    let install = ["install", "--yes", "--quiet=2", "--no-install-recommends", PACKAGE];
    say(&format!(
        "LibreOffice is not installed: {}",
        if is_root { "asking apt for it" } else { "no workbook is opened" }
    ));
    if is_root && !(runs("apt-get", &["update", "--quiet=2"]) && runs("apt-get", &install)) {
        say(&format!("{PACKAGE} cannot be installed: no workbook is opened"));
    }
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
