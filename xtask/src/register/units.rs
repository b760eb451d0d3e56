//! The registers of folders in which every file is one unit of the same kind.

use std::path::{Path, PathBuf};

use super::{File, layout, must_be_generated};
use crate::name::is_module_name;
use crate::workspace::{self, Error};

/// A folder of units.
struct Folder {
    path: &'static str,
    /// What its `mod.rs` says of itself.
    about: &'static str,
    /// What the list of them says of itself.
    list_about: &'static str,
    /// The name of the list, of what every file exposes, and its type.
    list: &'static str,
    unit: &'static str,
    kind: &'static str,
}

const FOLDERS: [Folder; 3] = [
    Folder {
        path: "crates/reports/src/formats",
        about: "The report formats, one file each.",
        list_about: "Every format, by name.",
        list: "FORMATS",
        unit: "FORMAT",
        kind: "crate::Format",
    },
    Folder {
        path: "crates/sources-aws/src/collectors",
        about: "The collectors, one file for every service.",
        list_about: "Every collector, by name.",
        list: "COLLECTORS",
        unit: "COLLECTOR",
        kind: "crate::Collector",
    },
    Folder {
        path: "crates/sources-terraform/src/resources",
        about: "How Terraform's resources become CloudFormation's, one file for every family.",
        list_about: "The mappings of every family, by name.",
        list: "FAMILIES",
        unit: "MAPPINGS",
        kind: "&[crate::mapping::Mapping]",
    },
];

pub(super) fn files(root: &Path) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for folder in &FOLDERS {
        let path = PathBuf::from(folder.path);
        let names = workspace::modules(&root.join(&path))?;
        if names.is_empty() {
            continue;
        }
        if let Some(name) = names.iter().find(|name| !is_module_name(name)) {
            return Err(Error::broken(path.join(name), "a unit is named in snake case; rename it"));
        }
        let register = path.join("mod.rs");
        must_be_generated(root, &register)?;
        let mut text = layout::header(folder.about);
        layout::modules(&mut text, "", &names);
        let entries = names.iter().map(|name| format!("&{name}::{}", folder.unit));
        text.push_str(&format!("\n/// {}\n", folder.list_about));
        layout::slice(&mut text, folder.list, &format!("&{}", folder.kind), entries);
        files.push(File { path: register, text: Some(text) });
    }
    Ok(files)
}
