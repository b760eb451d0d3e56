//! `rds_storage_encrypted`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::rds::Database;

/// RDS databases are encrypted at rest
///
/// An unencrypted database leaves its data readable on every disk, backup and snapshot it is copied to,
/// and a snapshot that is shared by mistake can be opened by whoever gets it. Encryption cannot be
/// turned on later: the database has to be replaced. Members of a cluster are encrypted with it, and
/// what is restored or replicated takes after its source, which is judged where it was read, too.
///
/// ## Fix
/// Set `StorageEncrypted: true`, with a `KmsKeyId` of your own where you need to control who may use the
/// key. On an existing database this replaces it: copy a snapshot with encryption, restore it, and
/// switch over.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, StorageEncrypted: true }
/// ```
/// ```yaml,fail
/// Type: AWS::RDS::DBCluster
/// Properties: { Engine: aurora-mysql, StorageEncrypted: false }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: aurora-mysql, DBInstanceClass: db.r7g.large, DBClusterIdentifier: shop }
/// ```
#[check(
    SEC08_BP02,
    severity = High, effort = Medium, needs = [Downtime, Testing],
    fsbp = ["RDS.3", "RDS.27"], cis = ["v3.0.0:2.3.1", "v5.0.0:2.2.1"]
)]
fn rds_storage_encrypted(database: &Database, around: &Inventory) -> Verdict {
    when(database.has_storage(), || database.must_be_encrypted(around))
}
