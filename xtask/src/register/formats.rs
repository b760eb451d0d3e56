//! The register of report formats.

use std::path::{Path, PathBuf};

use super::{File, layout, must_be_generated};
use crate::name::is_module_name;
use crate::workspace::{self, Error};

const FOLDER: &str = "crates/reports/src/formats";

pub(super) fn files(root: &Path) -> Result<Vec<File>, Error> {
    let folder = PathBuf::from(FOLDER);
    let names = workspace::modules(&root.join(&folder))?;
    if names.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(name) = names.iter().find(|name| !is_module_name(name)) {
        return Err(Error::broken(folder.join(name), "a format is named in snake case; rename it"));
    }
    let path = folder.join("mod.rs");
    must_be_generated(root, &path)?;

    let mut text = layout::header("The report formats, one file each.");
    layout::modules(&mut text, "", &names);
    text.push('\n');
    let entries = names.iter().map(|name| format!("&{name}::FORMAT"));
    text.push_str("/// Every format, by name.\n");
    layout::slice(&mut text, "FORMATS", "&crate::Format", entries);
    Ok(vec![File { path, text: Some(text) }])
}
