//! Amazon RDS.

use model::{At, Fact, List, Tags, Text, Verdict, View};

/// A database instance.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance")]
pub(crate) struct Instance<'a> {
    pub(crate) at: At<'a>,
    pub(crate) engine: Fact<'a, Text<'a>>,
    pub(crate) engine_version: Fact<'a, Text<'a>>,
    #[view(path = "DBInstanceClass")]
    pub(crate) class: Fact<'a, Text<'a>>,
    #[view(path = "DBClusterIdentifier")]
    pub(crate) cluster: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBInstanceIdentifier")]
    pub(crate) source_instance: Fact<'a, Text<'a>>,
    #[view(path = "DBSubnetGroupName")]
    pub(crate) subnet_group: Fact<'a, Text<'a>>,
    /// One day when created through the API or a template without saying otherwise.
    #[view(default = 1)]
    pub(crate) backup_retention_period: Fact<'a, i64>,
    #[view(default = false)]
    pub(crate) storage_encrypted: Fact<'a, bool>,
    pub(crate) tags: Tags<'a>,
    #[view(path = "EnableCloudwatchLogsExports")]
    pub(crate) log_exports: List<'a, Fact<'a, Text<'a>>>,
}

impl Instance<'_> {
    /// It is neither a member of a cluster nor a read replica: those take their storage, backups and
    /// credentials from elsewhere.
    pub(crate) fn stands_alone(&self) -> Verdict {
        self.cluster.must_be_unset() & self.source_instance.must_be_unset()
    }
}
