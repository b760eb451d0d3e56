//! Files of code: which may be read, how folders are listed, how paths are shown.

mod boundary;
mod folder;
mod path;

pub use boundary::Boundary;
pub use folder::{SKIPPED_FOLDERS, list};
pub use path::{clean, identity, shown};
