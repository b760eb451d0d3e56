//! `rds_graviton_candidate`

use macros::check;
use model::{Verdict, when};

use crate::instance_class::is_graviton;
use crate::views::rds::Instance;

/// RDS instances of open-source engines run on Graviton
///
/// The same size of a class costs about a tenth less on Graviton than on other processors, does at least
/// as much work and draws less power. Open-source engines run on it unchanged: to applications nothing
/// differs.
///
/// ## Fix
/// Change `DBInstanceClass` to the Graviton class of the same size: `db.m5.large` to `db.m7g.large`,
/// `db.t3.medium` to `db.t4g.medium`. This interrupts the database as long as a failover takes, and
/// reservations for the old class no longer count. Old minor versions do not offer the latest classes.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m5.large }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m7g.large }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: oracle-se2, DBInstanceClass: db.m5.large }
/// ```
#[check(COST06_BP02, SUS05_BP02, PERF02_BP01, severity = Low, needs = [Downtime, Testing])]
fn rds_graviton_candidate(instance: &Instance) -> Verdict {
    let engines = ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"];
    when(instance.runs(&engines), || {
        instance.class.and_then(|class| match is_graviton(class) {
            // db.serverless
            None => Verdict::not_applicable(),
            Some(graviton) => instance.class.must("a Graviton class", |_| graviton),
        })
    })
}
