//! `rds_idle`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::rds::Measured;

/// Databases have been connected to within the last fortnight
///
/// A database without connections costs as much as one at work: instance, storage and licences. It is often
/// left over from a project that has ended, with its data still in it and nobody to look after them. Read
/// replicas are not judged, as they may stand by, and of a cluster one used member is enough.
///
/// ## Fix
/// Take a final snapshot, see that it can be restored, and delete the database. To stop an instance puts it
/// off only: RDS starts it again after seven days.
/// ```account,fail
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"Observed": {"Status": "available",
///   "Metrics": {"DatabaseConnections": {"Maximum": 0, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"Observed": {"Status": "available",
///   "Metrics": {"DatabaseConnections": {"Maximum": 12, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"Observed": {"Status": "available",
///   "Metrics": {"DatabaseConnections": {"Maximum": 0, "Days": 2}}}}}
/// ```
#[check(
    COST04_BP03, SUS03_BP02,
    severity = Medium, effort = Medium, needs = [Testing], code = Never,
    thresholds(days = 14)
)]
fn rds_idle(database: &Measured, around: &Inventory, settings: &Settings) -> Verdict {
    let days = settings.number("days");
    let used = |database: &Measured| database.connections.over(days, |c| c.maximum.must_be_at_least(1.0));
    when(database.is_available() & database.is_no_replica(), || {
        let by_others = database.cluster.and_then(|cluster| {
            let members = around.holding::<Measured>("DBClusterIdentifier", cluster, &database.at).certainly();
            members.any("a member of the cluster with connections", used)
        });
        let own = used(database);
        when(database.connections.days.must_be_at_least(days), || own.or_perhaps(by_others))
    })
}
