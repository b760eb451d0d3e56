//! `rds_idle`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::cost::known;
use crate::views::rds::{Measured, on_demand};

#[derive(Debug, View)]
#[view("AWS::RDS::DBCluster")]
struct Cluster<'a> {
    at: At<'a>,
    #[view(path = "ReplicationSourceIdentifier")]
    source: Fact<'a, Text<'a>>,
    #[view(path = "GlobalClusterIdentifier")]
    global: Fact<'a, Text<'a>>,
}

impl Cluster<'_> {
    /// It continues no other cluster. Which cluster of a global database is the primary is not read.
    fn is_no_replica(&self) -> Verdict {
        // RDS reports an empty text where there is none.
        let none = |id: &Fact<Text>| id.must_be_unset() | id.must("none", |id| id.is_empty());
        none(&self.source) & none(&self.global).weakened()
    }
}

/// Databases have been connected to within the last fortnight
///
/// A database without connections costs as much as one at work: instance, storage and licences. It is often
/// left over from a project that has ended, with its data still in it and nobody to look after them. Read
/// replicas and members of clusters that replicate another are not judged, as they may stand by; whether those
/// of a global database do is not known. Of a cluster one used member is enough.
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
    thresholds(days = 14),
    saves = on_demand(&database.at, around, known(&database.class)?)?.saved()
)]
fn rds_idle(database: &Measured, around: &Inventory, settings: &Settings) -> Verdict {
    let days = settings.number("days");
    let used = |database: &Measured| database.connections.over(days, |c| c.maximum.must_be_at_least(1.0));
    let is_primary = database.is_no_replica()
        & around.linked::<Cluster>(&database.cluster).and_then(|cluster| cluster.is_no_replica());
    when(database.is_available() & is_primary, || {
        let by_others = database.cluster.and_then(|cluster| {
            let members = around.holding::<Measured>("DBClusterIdentifier", cluster, &database.at).certainly();
            members.any("a member of the cluster with connections", used)
        });
        let own = used(database);
        when(database.connections.days.must_be_at_least(days), || own.or_perhaps(by_others))
    })
}
