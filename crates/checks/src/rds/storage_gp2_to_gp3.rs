//! `rds_storage_gp2_to_gp3`

use macros::check;
use model::{Verdict, when};

use crate::views::rds::Instance;

/// RDS instances use gp3 instead of gp2 or magnetic storage
///
/// What a gp2 volume can do depends on its size, and a small one lives on credits that run out under load.
/// gp3 costs the same or less, starts with 3,000 operations a second, and speed can be bought without
/// buying space. Magnetic storage is slower than either and kept for old databases only.
///
/// ## Fix
/// Set `StorageType: gp3`. The change runs while the database is in use; expect it to be slower for some
/// hours, and no other change of storage for six.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, StorageType: gp2 }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, StorageType: gp3 }
/// ```
#[check(COST06_BP02, PERF03_BP02, severity = Low)]
fn rds_storage_gp2_to_gp3(instance: &Instance) -> Verdict {
    when(instance.has_storage(), || instance.storage_type.must_not_be_one_of(&["gp2", "standard"]))
}
