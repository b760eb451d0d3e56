//! Amazon EFS.

use model::{At, Fact, List, Tags, Text, View};

/// A file system.
#[derive(Debug, View)]
#[view("AWS::EFS::FileSystem")]
pub(crate) struct FileSystem<'a> {
    pub(crate) at: At<'a>,
    #[view(default = false)]
    pub(crate) encrypted: Fact<'a, bool>,
    /// Automatic backups are on by default for file systems in one zone, and off for all others (Amazon EFS
    /// API Reference, `CreateFileSystem`).
    #[view(path = "BackupPolicy.Status")]
    pub(crate) backup_policy: Fact<'a, Text<'a>>,
    pub(crate) availability_zone_name: Fact<'a, Text<'a>>,
    pub(crate) file_system_tags: Tags<'a>,
    pub(crate) lifecycle_policies: List<'a, LifecyclePolicy<'a>>,
}

/// One move of files that have not been read for some time.
#[derive(Debug, View)]
pub(crate) struct LifecyclePolicy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "TransitionToIA")]
    pub(crate) transition_to_ia: Fact<'a, Text<'a>>,
    pub(crate) transition_to_archive: Fact<'a, Text<'a>>,
}
