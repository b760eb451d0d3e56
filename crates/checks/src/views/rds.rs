//! Amazon RDS and Aurora.

use model::{At, Fact, FromAt, Inventory, Linked, List, Outcome, State, Tags, Text, Verdict, View, all};

use super::metrics::Metric;
use crate::cost::{Cost, given, known};

const CLUSTER: &str = "AWS::RDS::DBCluster";
const INSTANCE: &str = "AWS::RDS::DBInstance";

/// What a database that continues another is made from.
const SOURCES: [&str; 8] = [
    "SourceDBInstanceIdentifier",
    "SourceDbiResourceId",
    "SourceDBClusterIdentifier",
    "SourceDBInstanceAutomatedBackupsArn",
    "ReplicationSourceIdentifier",
    "DBSnapshotIdentifier",
    "DBClusterSnapshotIdentifier",
    "SnapshotIdentifier",
];

/// RDS takes the names of engines in any case.
fn is_aurora(engine: &str) -> bool {
    engine.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("aurora"))
}

/// An instance: one of its own, or a member of a cluster.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance")]
pub(crate) struct Instance<'a> {
    pub(crate) at: At<'a>,
    pub(crate) engine: Fact<'a, Text<'a>>,
    #[view(path = "DBInstanceClass")]
    pub(crate) class: Fact<'a, Text<'a>>,
    #[view(path = "DBClusterIdentifier")]
    pub(crate) cluster: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBInstanceIdentifier")]
    pub(crate) source_instance: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBClusterIdentifier")]
    pub(crate) source_cluster: Fact<'a, Text<'a>>,
    #[view(path = "DBSubnetGroupName")]
    pub(crate) subnet_group: Fact<'a, Text<'a>>,
    #[view(path = "MultiAZ", default = false)]
    pub(crate) multi_az: Fact<'a, bool>,
    pub(crate) allocated_storage: Fact<'a, i64>,
    pub(crate) max_allocated_storage: Fact<'a, i64>,
    /// What RDS takes without `Iops`; with it, `io1` (Amazon RDS API Reference, `CreateDBInstance`).
    #[view(default = "gp3")]
    pub(crate) storage_type: Fact<'a, Text<'a>>,
    pub(crate) license_model: Fact<'a, Text<'a>>,
    #[view(default = 0)]
    pub(crate) monitoring_interval: Fact<'a, i64>,
    #[view(default = false)]
    pub(crate) enable_performance_insights: Fact<'a, bool>,
    #[view(default = "standard")]
    pub(crate) database_insights_mode: Fact<'a, Text<'a>>,
    pub(crate) tags: Tags<'a>,
}

impl Instance<'_> {
    /// It runs one of `engines`.
    pub(crate) fn runs(&self, engines: &[&str]) -> Verdict {
        let expected = engines.join(", ");
        self.engine.must(&expected, |engine| engines.iter().any(|name| name.eq_ignore_ascii_case(engine)))
    }

    /// It is no member of a cluster: those have their storage from it.
    pub(crate) fn has_storage(&self) -> Verdict {
        self.cluster.must_be_unset()
    }

    /// It is neither a member of a cluster nor a read replica.
    pub(crate) fn stands_alone(&self) -> Verdict {
        self.has_storage() & self.source_instance.must_be_unset() & self.source_cluster.must_be_unset()
    }
}

/// A cluster: Aurora, or one of three instances in three zones.
#[derive(Debug, View)]
#[view("AWS::RDS::DBCluster")]
pub(crate) struct Cluster<'a> {
    pub(crate) at: At<'a>,
    engine: Fact<'a, Text<'a>>,
    #[view(default = "provisioned")]
    engine_mode: Fact<'a, Text<'a>>,
    #[view(default = 0)]
    pub(crate) monitoring_interval: Fact<'a, i64>,
    #[view(default = false)]
    pub(crate) performance_insights_enabled: Fact<'a, bool>,
    #[view(default = "standard")]
    pub(crate) database_insights_mode: Fact<'a, Text<'a>>,
}

impl Cluster<'_> {
    /// It fails over without instances of its own: a cluster that is not Aurora is one of three instances
    /// in three zones, and version 1 of Aurora Serverless has no instances.
    pub(crate) fn is_spread_by_itself(&self) -> Verdict {
        self.engine.must("an engine other than Aurora", |engine| !is_aurora(engine))
            | self.engine_mode.must_be("serverless")
    }
}

/// An instance or a cluster: what both have under the same name.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")]
pub(crate) struct Database<'a> {
    pub(crate) at: At<'a>,
    pub(crate) engine: Fact<'a, Text<'a>>,
    pub(crate) engine_version: Fact<'a, Text<'a>>,
    /// Of an instance the cluster it is a member of, of a cluster its own name.
    #[view(path = "DBClusterIdentifier")]
    cluster: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBInstanceIdentifier")]
    source_instance: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBClusterIdentifier")]
    source_cluster: Fact<'a, Text<'a>>,
    #[view(path = "DBSubnetGroupName")]
    subnet_group: Fact<'a, Text<'a>>,
    publicly_accessible: Fact<'a, bool>,
    /// One day when created through the API or a template without saying otherwise.
    #[view(default = 1)]
    pub(crate) backup_retention_period: Fact<'a, i64>,
    storage_encrypted: Fact<'a, bool>,
    /// Only an account reports it.
    storage_encryption_type: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) deletion_protection: Fact<'a, bool>,
    #[view(default = true)]
    pub(crate) auto_minor_version_upgrade: Fact<'a, bool>,
    pub(crate) master_user_password: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) manage_master_user_password: Fact<'a, bool>,
    #[view(path = "EnableCloudwatchLogsExports")]
    pub(crate) log_exports: List<'a, Fact<'a, Text<'a>>>,
    #[view(default = false)]
    pub(crate) copy_tags_to_snapshot: Fact<'a, bool>,
}

impl Database<'_> {
    /// It is no member of a cluster: those have storage, backups and credentials from it.
    pub(crate) fn has_storage(&self) -> Verdict {
        self.at.must_be_a(CLUSTER) | self.cluster.must_be_unset()
    }

    /// It is neither a member of a cluster nor a read replica, which is backed up by its source.
    pub(crate) fn stands_alone(&self) -> Verdict {
        self.at.must_be_a(CLUSTER)
            | (self.cluster.must_be_unset()
                & self.source_instance.must_be_unset()
                & self.source_cluster.must_be_unset())
    }

    /// Its address is its own: Aurora gives one to instances, other clusters share it with theirs.
    pub(crate) fn has_address(&self) -> Verdict {
        self.at.must_be_a(INSTANCE) | self.engine.must("an engine other than Aurora", |engine| !is_aurora(engine))
    }

    /// Its storage is encrypted.
    ///
    /// Aurora encrypts every cluster created since 18 February 2026 that says nothing of it, with a key
    /// of its own (Amazon Aurora User Guide, "Encrypting Amazon Aurora resources"); an account reports
    /// that in `StorageEncryptionType`. What is made from a snapshot or another database takes after it.
    pub(crate) fn must_be_encrypted(&self, around: &Inventory) -> Verdict {
        let source = around.linked::<Database>(&self.source_instance);
        match (self.storage_encrypted.state(), source) {
            (State::Unset, source @ Linked::Found(_)) => source.and_then(|source| source.must_be_encrypted_itself()),
            _ => self.must_be_encrypted_itself(),
        }
    }

    fn must_be_encrypted_itself(&self) -> Verdict {
        let aurora = self.at.must_be_a(CLUSTER) & self.engine.must("Aurora", |engine| is_aurora(engine));
        let by_aws = (aurora & self.storage_encrypted.must_be_unset())
            | self.storage_encryption_type.must_be_one_of(&["sse-kms", "sse-rds"]);
        let encrypted = self.storage_encrypted.must_be(true).or_perhaps(by_aws);
        let new = all(SOURCES.map(|source| self.at.child(source).must_be_unset()));
        match (self.storage_encrypted.state(), new.outcome) {
            (State::Unset, Outcome::Fail | Outcome::Unknown) => self.storage_encrypted.must_be(true).weakened(),
            _ => encrypted,
        }
    }

    /// It has no public address.
    ///
    /// What unset means depends on the subnet group: with one other than `default` it is private,
    /// without one it is public unless it is Aurora (Amazon RDS API Reference, `CreateDBInstance`).
    pub(crate) fn must_be_private(&self, around: &Inventory) -> Verdict {
        let private = self.publicly_accessible.must_be(false);
        match self.publicly_accessible.state() {
            State::Set(_) | State::Unknown(_) => private,
            State::Unset => {
                let group = match around.linked::<SubnetGroup>(&self.subnet_group) {
                    Linked::Found(group) => group.at.must_be_a(SubnetGroup::KINDS[0]),
                    _ => self.subnet_group.must("a group other than default", |group| *group != "default"),
                };
                let aurora = self.engine.must("Aurora", |engine| is_aurora(engine));
                let verdict = (private | group).or_perhaps(aurora);
                // A read replica is placed like its source.
                match self.source_instance.must_be_unset().outcome {
                    Outcome::Pass => verdict,
                    _ => verdict.weakened(),
                }
            }
        }
    }
}

/// The subnets a database can be placed in.
#[derive(Debug, View)]
#[view("AWS::RDS::DBSubnetGroup")]
pub(crate) struct SubnetGroup<'a> {
    pub(crate) at: At<'a>,
    pub(crate) subnet_ids: List<'a, Fact<'a, Text<'a>>>,
}

/// An instance of an account, and what was measured of it.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance")]
pub(crate) struct Measured<'a> {
    pub(crate) at: At<'a>,
    engine: Fact<'a, Text<'a>>,
    #[view(path = "DBInstanceClass")]
    pub(crate) class: Fact<'a, Text<'a>>,
    #[view(path = "DBClusterIdentifier")]
    pub(crate) cluster: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBInstanceIdentifier")]
    pub(crate) source_instance: Fact<'a, Text<'a>>,
    #[view(path = "SourceDBClusterIdentifier")]
    pub(crate) source_cluster: Fact<'a, Text<'a>>,
    /// In GiB.
    pub(crate) allocated_storage: Fact<'a, f64>,
    pub(crate) max_allocated_storage: Fact<'a, f64>,
    #[view(path = "Observed.Status")]
    pub(crate) status: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.DatabaseConnections")]
    pub(crate) connections: Metric<'a>,
    #[view(path = "Observed.Metrics.CPUUtilization")]
    pub(crate) cpu: Metric<'a>,
    /// In bytes.
    #[view(path = "Observed.Metrics.FreeStorageSpace")]
    pub(crate) free_storage: Metric<'a>,
}

impl Measured<'_> {
    pub(crate) fn is_available(&self) -> Verdict {
        self.status.must_be("available")
    }

    /// Its storage is of the size it was given: that of Aurora grows by itself, that of the three instances of
    /// any other cluster does not.
    pub(crate) fn has_storage_of_a_size(&self) -> Verdict {
        self.cluster.must_be_unset() | self.engine.must("an engine other than Aurora", |engine| !is_aurora(engine))
    }

    /// It is no read replica, which may stand by to be promoted.
    pub(crate) fn is_no_replica(&self) -> Verdict {
        self.source_instance.must_be_unset() & self.source_cluster.must_be_unset()
    }
}

/// What decides what an instance costs.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance")]
struct Billed<'a> {
    at: At<'a>,
    engine: Fact<'a, Text<'a>>,
    #[view(path = "DBClusterIdentifier")]
    cluster: Fact<'a, Text<'a>>,
    #[view(path = "MultiAZ", default = false)]
    multi_az: Fact<'a, bool>,
    storage_type: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
}

/// Of the cluster of an instance.
#[derive(Debug, View)]
#[view("AWS::RDS::DBCluster")]
struct StorageOfCluster<'a> {
    at: At<'a>,
    storage_type: Fact<'a, Text<'a>>,
}

/// What a database is that is not charged by the hour (Amazon RDS User Guide, "Viewing Amazon RDS DB instance status").
const STOPPED: [&str; 3] = ["creating", "deleting", "stopped"];

/// How many instances the database at `at` is charged as: one that has a standby in another zone, as two (Amazon RDS User
/// Guide, "On-Demand DB instances for Amazon RDS"). Members of clusters that are not Aurora have prices of their own.
pub(crate) fn instances(at: &At<'_>) -> Option<i64> {
    given(at.must_be_a(INSTANCE))?;
    let database = Billed::from_at(at.clone());
    if at.is_in_account() {
        given(database.status.must("a status in which it is charged", |status| !STOPPED.contains(status)))?;
    }
    if is_aurora(known(&database.engine)?) {
        // The other members of its cluster stand by.
        return Some(1);
    }
    given(database.cluster.must_be_unset())?;
    Some(if known(&database.multi_az)? { 2 } else { 1 })
}

/// What the instance of the database at `at` costs on demand if it is of the class `class`, without its storage. Instances
/// of Aurora cost more where the cluster does not pay for requests to its storage.
pub(crate) fn on_demand(at: &At<'_>, around: &Inventory, class: &str) -> Option<Cost> {
    let (count, database) = (instances(at)?, Billed::from_at(at.clone()));
    let engine = known(&database.engine)?.to_ascii_lowercase();
    if is_aurora(&engine) {
        given(database.storage_type.must_not_be("aurora-iopt1"))?;
        if let Linked::Found(cluster) = around.linked::<StorageOfCluster>(&database.cluster) {
            given(cluster.storage_type.must_not_be("aurora-iopt1"))?;
        }
    }
    let what = format!("{class} with {engine}");
    let price = |zones| pricing::price("rds", &format!("instance:{class}:{engine}:{zones}"));
    match price("multi-az") {
        Some(both) if count == 2 => Cost::hourly(1, &format!("{what} in two zones"), both),
        _ => Cost::hourly(count, &what, price("single-az")?),
    }
}
