//! `rds_deletion_protection`

use macros::check;
use model::{Verdict, when};

use crate::views::rds::Database;

/// RDS databases are protected against deletion
///
/// One call deletes a database and, unless told otherwise, its automated backups with it: a wrong name in
/// a script, a stack that is removed, or a change that makes CloudFormation replace the database. With
/// deletion protection such a call fails until someone turns the protection off on purpose.
///
/// ## Fix
/// Set `DeletionProtection: true`. Members of a cluster are covered by the cluster, and a read replica
/// holds nothing that its source does not.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mariadb, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBCluster
/// Properties: { Engine: aurora-mysql, DeletionProtection: true }
/// ```
#[check(OPS06_BP01, SEC08_BP04, severity = Medium, fsbp = ["RDS.7", "RDS.8"])]
fn rds_deletion_protection(database: &Database) -> Verdict {
    when(database.stands_alone(), || database.deletion_protection.must_be(true))
}
