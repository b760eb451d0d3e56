//! `rds_auto_minor_version_upgrade`

use macros::check;
use model::Verdict;

use crate::views::rds::Database;

/// RDS databases take minor versions on automatically
///
/// Minor versions fix bugs and security holes without changing what applications see. With automatic
/// upgrades off, each has to be remembered and applied by hand, and most are not. RDS applies them in
/// the maintenance window, and it does so unless told otherwise.
///
/// ## Fix
/// Remove `AutoMinorVersionUpgrade: false`, and set `PreferredMaintenanceWindow` to a time when a short
/// interruption hurts least.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, AutoMinorVersionUpgrade: false }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium }
/// ```
#[check(
    SEC06_BP01, OPS05_BP05, SUS06_BP03,
    severity = High, fsbp = ["RDS.13", "RDS.35"], cis = ["v3.0.0:2.3.2", "v5.0.0:2.2.2"]
)]
fn rds_auto_minor_version_upgrade(database: &Database) -> Verdict {
    database.auto_minor_version_upgrade.must_be(true)
}
