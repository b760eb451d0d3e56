//! `rds_copy_tags_to_snapshots`

use macros::check;
use model::{Verdict, when};

use crate::views::rds::Database;

/// RDS databases copy their tags to snapshots
///
/// Snapshots outlive databases, and cost money as long as they do. Without tags nobody can tell whose
/// they are, whether they may be deleted, or whom to charge. RDS copies the tags of the database only when
/// told to.
///
/// ## Fix
/// Set `CopyTagsToSnapshot: true` on the instance, or on the cluster for all of its members.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBCluster
/// Properties: { Engine: aurora-postgresql, CopyTagsToSnapshot: true }
/// ```
#[check(COST03_BP02, COST04_BP01, severity = Low, fsbp = ["RDS.16", "RDS.17", "RDS.47", "RDS.48"])]
fn rds_copy_tags_to_snapshots(database: &Database) -> Verdict {
    when(database.has_storage(), || database.copy_tags_to_snapshot.must_be(true))
}
