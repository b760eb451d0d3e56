//! `rds_multi_az`

use macros::check;
use model::{FromAt, Inventory, Verdict, View, when};

use crate::views::rds::{Cluster, Database, Instance};

/// RDS databases run in more than one availability zone
///
/// A database in a single zone is gone while that zone is, and is down during every change of its
/// hardware and operating system. A standby in another zone takes over within a minute or two. An
/// Aurora cluster stores its data in three zones anyway, but with a single instance there is nothing to
/// fail over to: a new one has to be started first.
/// Code does not tell production from the rest, so every database is judged: waive those that may be down.
///
/// ## Fix
/// Set `MultiAZ: true`, or give the Aurora cluster a second instance. Instances of a cluster are spread
/// over the zones of its subnet group unless `AvailabilityZone` says otherwise. The standby costs as
/// much as the instance.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m7g.large }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m7g.large, MultiAZ: true }
/// ```
/// ```yaml,pass
/// Resources:
///   Shop: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql } }
///   Writer:
///     Type: AWS::RDS::DBInstance
///     Properties: { Engine: aurora-postgresql, DBInstanceClass: db.r7g.large, DBClusterIdentifier: !Ref Shop }
///   Reader:
///     Type: AWS::RDS::DBInstance
///     Properties: { Engine: aurora-postgresql, DBInstanceClass: db.r7g.large, DBClusterIdentifier: !Ref Shop }
/// ```
#[check(REL10_BP01, REL11_BP02, severity = Medium, needs = [Money], fsbp = ["RDS.5", "RDS.15"], cis = ["v5.0.0:2.2.4"])]
fn rds_multi_az(database: &Database, around: &Inventory) -> Verdict {
    let instance = Instance::from_at(database.at.clone());
    let cluster = Cluster::from_at(database.at.clone());
    when(database.at.must_be_a(Instance::KINDS[0]) & instance.stands_alone(), || instance.multi_az.must_be(true))
        & when(database.at.must_be_a(Cluster::KINDS[0]), || {
            let members = around.referring::<Instance>("DBClusterIdentifier", &database.at);
            members.must_number_at_least(2).or_perhaps(cluster.is_spread_by_itself())
        })
}
