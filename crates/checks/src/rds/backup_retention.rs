//! `rds_backup_retention`

use findings::Settings;
use macros::check;
use model::{Verdict, when};

use crate::views::rds::Database;

/// RDS databases keep automated backups for at least a week
///
/// Automated backups are what a database is restored from, to any second within the retention period.
/// With a retention of zero there are none. A day is gone before a mistake made on a Friday is seen.
/// Instances of an Aurora cluster are backed up by their cluster, and a read replica by its source.
///
/// ## Fix
/// Set `BackupRetentionPeriod` to the number of days you need to be able to go back, seven or more.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, BackupRetentionPeriod: 14 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: aurora-postgresql, DBInstanceClass: db.r7g.large, DBClusterIdentifier: shop }
/// ```
#[check(
    REL09_BP03, REL13_BP02,
    severity = High, needs = [Money], fsbp = ["RDS.11", "RDS.50"], thresholds(min_days = 7)
)]
fn rds_backup_retention(database: &Database, settings: &Settings) -> Verdict {
    when(database.stands_alone(), || database.backup_retention_period.must_be_at_least(settings.number("min_days")))
}
