//! `rds_current_generation_class`

use findings::{Saving, Settings};
use macros::check;
use model::{Inventory, Verdict};

use crate::cost::known;
use crate::instance_class::{family, in_family};
use crate::views::rds::{Instance, on_demand};

/// RDS instances have a class of a current generation
///
/// Old generations cost more for less: a newer class of the same size does more work for the same money
/// or less, and takes less power for it. AWS retires the oldest ones, and then changes the class itself,
/// at a time of its own choosing.
///
/// ## Fix
/// Change `DBInstanceClass` to the current class of the same size, such as `db.m4.large` to `db.m7g.large`.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m4.large }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m7g.large }
/// ```
#[check(
    COST10_BP02, PERF05_BP06, SUS06_BP03,
    severity = Low, needs = [Downtime],
    thresholds(families = ["t1", "t2", "m1", "m2", "m3", "m4", "r3", "r4", "cr1"]),
    saves = renewed(instance, around)
)]
fn rds_current_generation_class(instance: &Instance, settings: &Settings) -> Verdict {
    let old = settings.words("families");
    instance.class.and_then(|class| match family(class) {
        // db.serverless
        None => Verdict::not_applicable(),
        Some(family) => {
            instance.class.must("a class of a current generation", |_| !old.iter().any(|old| old == family))
        }
    })
}

/// Families and a current one with processors of the same kind whose sizes are as large (Amazon RDS User Guide, "Hardware
/// specifications for DB instance classes").
const SUCCESSORS: [(&str, &str); 3] = [("m4", "m5"), ("r4", "r5"), ("t2", "t3")];

fn renewed(instance: &Instance<'_>, around: &Inventory) -> Option<Saving> {
    let now = known(&instance.class)?;
    let (_, successor) = SUCCESSORS.iter().find(|(old, _)| family(now) == Some(*old))?;
    on_demand(&instance.at, around, now)?.less(on_demand(&instance.at, around, &in_family(now, successor)?)?)
}
