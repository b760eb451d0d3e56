//! Files that take the place of older ones only when they are whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is written. Where it is dropped before it is [finished](Replacing::finish), what stood in its place
/// still does.
pub(crate) enum Replacing {
    /// Into a file beside the target, which it replaces.
    Beside { file: BufWriter<NamedTempFile>, target: PathBuf },
    /// Into the target: a pipe, a device or a link is written to and not replaced.
    Straight(BufWriter<File>),
}

impl Replacing {
    /// Begins to write what shall stand at `target`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub(crate) fn begin(target: &Path) -> io::Result<Self> {
        let beside = match fs::symlink_metadata(target) {
            Ok(old) if old.is_file() => {
                // What may not be written to is not replaced either.
                File::options().write(true).open(target)?;
                beside(target, Some(old.permissions()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => beside(target, None),
            _ => return Self::straight(target),
        };
        match beside {
            Ok(file) => Ok(Self::Beside { file: BufWriter::new(file), target: target.to_owned() }),
            // There may be a right to the file and none to its folder; where there is neither, this says why.
            Err(_) => Self::straight(target),
        }
    }

    fn straight(target: &Path) -> io::Result<Self> {
        Ok(Self::Straight(BufWriter::new(File::create(target)?)))
    }

    /// Puts it in its place, now that it is whole.
    ///
    /// # Errors
    /// When it cannot be written there.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Straight(mut file) => file.flush(),
            Self::Beside { file, target } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                match file.persist(&target) {
                    Ok(_) => Ok(()),
                    // A file that is mounted by itself, as containers do, cannot be replaced, but can be written to.
                    Err(refused) => {
                        io::copy(&mut refused.file.reopen()?, &mut File::create(&target)?)?;
                        Ok(())
                    }
                }
            }
        }
    }
}

impl Write for Replacing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside { file, .. } => file.write(bytes),
            Self::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside { file, .. } => file.flush(),
            Self::Straight(file) => file.flush(),
        }
    }
}

/// A file in the target's folder, as a rename does not leave a file system. With the permissions of the old file, or
/// those that any new one gets.
fn beside(target: &Path, old: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pilaster-");
    // Without this only the owner could read it; the umask still counts.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(target: &Path, text: &str) -> io::Result<()> {
        let mut file = Replacing::begin(target)?;
        file.write_all(text.as_bytes())?;
        file.finish()
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn what_is_not_finished_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("report");
        fs::write(&target, "old").unwrap();
        for target in [&target, &folder.path().join("new")] {
            let mut file = Replacing::begin(target).unwrap();
            file.write_all(&[b'x'; 100_000]).unwrap();
        }
        assert_eq!((fs::read_to_string(&target).unwrap().as_str(), entries(folder.path())), ("old", 1));
        write(&target, "new").unwrap();
        assert_eq!((fs::read_to_string(&target).unwrap().as_str(), entries(folder.path())), ("new", 1));
        assert!(Replacing::begin(folder.path()).is_err());
        assert!(Replacing::begin(&folder.path().join("none/report")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_that_any_file_would_have() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [plain, new, old] = ["plain", "new", "old"].map(|name| folder.path().join(name));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        File::create(&plain).unwrap();
        write(&new, "").unwrap();
        assert_eq!(mode(&new), mode(&plain));
        File::create(&old).unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
        write(&old, "new").unwrap();
        assert_eq!(mode(&old) & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links() {
        let folder = tempfile::tempdir().unwrap();
        let [target, link] = ["target", "link"].map(|name| folder.path().join(name));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
