//! `rds_graviton_candidate`

use findings::Saving;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::cost::known;
use crate::instance_class::{family, in_family, is_graviton};
use crate::views::rds::{Instance, on_demand};

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
#[check(
    COST06_BP02, SUS05_BP02, PERF02_BP01,
    severity = Low, needs = [Downtime, Testing],
    saves = on_graviton(instance, around)
)]
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

/// Families and the one with Graviton whose sizes are as large (Amazon RDS User Guide, "Hardware specifications for
/// DB instance classes").
const SIBLINGS: [(&str, &str); 6] =
    [("m4", "m6g"), ("m5", "m6g"), ("r4", "r6g"), ("r5", "r6g"), ("t2", "t4g"), ("t3", "t4g")];

fn on_graviton(instance: &Instance<'_>, around: &Inventory) -> Option<Saving> {
    let now = known(&instance.class)?;
    let (_, graviton) = SIBLINGS.iter().find(|(x86, _)| family(now) == Some(*x86))?;
    on_demand(&instance.at, around, now)?.less(on_demand(&instance.at, around, &in_family(now, graviton)?)?)
}
