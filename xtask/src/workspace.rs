use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a chore was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {verb} {}", path.display())]
    File {
        /// What was tried.
        verb: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file breaks a rule that a register relies on.
    #[error("{}: {problem}", path.display())]
    Broken {
        /// The file, from the root of the workspace.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// An argument is not usable.
    #[error("{0}")]
    Argument(String),
    /// Cargo could not be started.
    #[error("cannot start cargo")]
    Cargo(#[source] io::Error),
    /// The output could not be written.
    #[error("cannot write the output")]
    Output(#[source] io::Error),
    /// A best practice that the framework does not have.
    #[error(transparent)]
    Unknown(#[from] framework::Unknown),
}

impl Error {
    pub(crate) fn broken(path: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        Error::Broken { path: path.into(), problem: problem.into() }
    }
}

/// The folder that holds the workspace, as it was when this program was built.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::File { verb: "read", path: path.into(), source })
}

/// Like [`read`], but a file that is not there is not an error.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::File { verb: "read", path: path.into(), source }),
    }
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let written = match path.parent() {
        Some(folder) => fs::create_dir_all(folder),
        None => Ok(()),
    };
    written.and_then(|()| fs::write(path, text)).map_err(|source| Error::File {
        verb: "write",
        path: path.into(),
        source,
    })
}

pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    fs::remove_file(path).map_err(|source| Error::File { verb: "remove", path: path.into(), source })
}

/// The names of the folders in a folder, sorted; none if it is not there.
pub(crate) fn folders(path: &Path) -> Result<Vec<String>, Error> {
    let mut names = names(path, |entry| entry.path().is_dir())?;
    names.retain(|name| !name.starts_with('.'));
    Ok(names)
}

/// The names of the modules in a folder (files in Rust other than `mod.rs`, and folders with a
/// `mod.rs`), sorted; none if the folder is not there.
pub(crate) fn modules(path: &Path) -> Result<Vec<String>, Error> {
    let names = names(path, |entry| {
        let path = entry.path();
        path.join("mod.rs").is_file() || path.extension().is_some_and(|kind| kind == "rs")
    })?;
    let mut modules: Vec<String> = names
        .into_iter()
        .map(|name| name.strip_suffix(".rs").map(str::to_owned).unwrap_or(name))
        .filter(|name| name != "mod")
        .collect();
    modules.sort();
    modules.dedup();
    Ok(modules)
}

fn names(path: &Path, wanted: impl Fn(&fs::DirEntry) -> bool) -> Result<Vec<String>, Error> {
    let failed = |source| Error::File { verb: "list", path: path.into(), source };
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if !wanted(&entry) {
            continue;
        }
        let name = entry
            .file_name()
            .into_string()
            .map_err(|name| Error::broken(path.join(name), "its name is not UTF-8; rename it".to_owned()))?;
        names.push(name);
    }
    names.sort();
    Ok(names)
}
