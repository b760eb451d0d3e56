//! The registers of checks and views.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{File, layout, must_be_generated};
use crate::name::is_module_name;
use crate::workspace::{self, Error};

const SOURCE: &str = "crates/checks/src";

/// The folder beside the services that holds no checks.
pub(crate) const VIEWS: &str = "views";

/// Where the checks of a service stand, from the root of the workspace.
pub(crate) fn folder(service: &str) -> PathBuf {
    Path::new(SOURCE).join(service)
}

pub(super) fn files(root: &Path) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    let mut services = Vec::new();
    for name in workspace::folders(&root.join(SOURCE))? {
        if name == VIEWS {
            files.extend(views(root)?);
        } else if let Some(file) = service(root, &name)? {
            if file.text.is_some() {
                services.push(name);
            }
            files.push(file);
        }
    }
    if !services.is_empty() {
        files.push(register(root, &services)?);
    }
    Ok(files)
}

/// The `mod.rs` of one service, or nothing for a folder that holds no Rust.
fn service(root: &Path, service: &str) -> Result<Option<File>, Error> {
    let folder = folder(service);
    let names = workspace::modules(&root.join(&folder))?;
    let path = folder.join("mod.rs");
    must_be_generated(root, &path)?;
    if names.is_empty() {
        // The last check of a service is gone: its register goes too.
        let left = root.join(&path).exists();
        return Ok(left.then_some(File { path, text: None }));
    }
    if !is_module_name(service) {
        return Err(Error::broken(folder, "a service is named in snake case; rename the folder"));
    }
    for name in &names {
        check(root, service, name)?;
    }

    let mut text = layout::header(&format!("The checks of `{service}`, one file each."));
    layout::modules(&mut text, "", &names);
    text.push('\n');
    let entries =
        names.iter().map(|name| format!("&{name}::{}_{}", service.to_ascii_uppercase(), name.to_ascii_uppercase()));
    layout::slice(&mut text, "CHECKS", "&findings::Check", entries);
    Ok(Some(File { path, text: Some(text) }))
}

/// A file that is not a check would only be noticed as a missing static in a generated file, so it
/// is named here.
fn check(root: &Path, service: &str, name: &str) -> Result<(), Error> {
    let path = folder(service).join(format!("{name}.rs"));
    if !is_module_name(name) {
        return Err(Error::broken(path, "a check is named in snake case; rename the file"));
    }
    let text = workspace::read(&root.join(&path))?;
    let function = format!("fn {service}_{name}");
    let found = text.match_indices(&function).any(|(start, _)| text[start + function.len()..].starts_with(['(', '<']));
    if found && text.contains("#[check(") {
        return Ok(());
    }
    Err(Error::broken(
        path,
        format!(
            "it holds no `#[check(...)] {function}`; rename the function or the file, or move what is no check to `{SOURCE}/{VIEWS}`"
        ),
    ))
}

fn views(root: &Path) -> Result<Option<File>, Error> {
    let folder = Path::new(SOURCE).join(VIEWS);
    let names = workspace::modules(&root.join(&folder))?;
    if names.is_empty() {
        return Ok(None);
    }
    let path = folder.join("mod.rs");
    must_be_generated(root, &path)?;
    let mut text = layout::header("The views that checks read, one file each.");
    layout::modules(&mut text, "pub(crate) ", &names);
    Ok(Some(File { path, text: Some(text) }))
}

fn register(root: &Path, services: &[String]) -> Result<File, Error> {
    let path = Path::new(SOURCE).join("register.rs");
    must_be_generated(root, &path)?;
    let mut text = layout::header("Every check, by service.");
    for service in services {
        let _ = writeln!(text, "#[path = \"{service}/mod.rs\"]\npub(crate) mod {service};");
    }
    text.push('\n');
    let entries = services.iter().map(|service| format!("(\"{service}\", {service}::CHECKS)"));
    layout::slice(&mut text, "SERVICES", "(&str, &[&findings::Check])", entries);
    Ok(File { path, text: Some(text) })
}
