//! `rds_log_exports`

use macros::check;
use model::{Verdict, when};

use crate::views::rds::Database;

/// RDS databases export their logs to CloudWatch
///
/// The logs of the engine tell who connected, which queries were slow and what went wrong before a
/// crash. On the instance they are kept for a few days and are lost with it. In CloudWatch they can be
/// searched together with everything else, kept as long as needed, and alarmed on.
///
/// ## Fix
/// Set `EnableCloudwatchLogsExports`: `postgresql` for PostgreSQL; `error`, `slowquery` and `audit` for
/// MySQL and MariaDB; `error` and `agent` for SQL Server; `alert`, `audit` and `listener` for Oracle. Some
/// logs have to be turned on in the parameter group, too. Set a retention on their log groups.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, EnableCloudwatchLogsExports: [postgresql] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: aurora-mysql, DBInstanceClass: db.r7g.large, DBClusterIdentifier: shop }
/// ```
#[check(
    SEC04_BP01, OPS04_BP02,
    severity = Medium, needs = [Money],
    fsbp = ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.40", "RDS.42"]
)]
fn rds_log_exports(database: &Database) -> Verdict {
    when(database.has_storage(), || database.log_exports.must_not_be_empty())
}
