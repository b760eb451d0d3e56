//! `rds_graviton_candidate`

use findings::Saving;
use macros::check;
use model::{Fact, FromAt, Inventory, Linked, State, Text, Verdict, when};

use crate::cost::{given, known};
use crate::instance_class::{family, in_family, is_graviton};
use crate::views::rds::{Database, Instance, on_demand};

/// RDS instances of open-source engines run on Graviton
///
/// The same size of a class costs about a tenth less on Graviton than on other processors, does at least
/// as much work and draws less power. Open-source engines run on it unchanged: to applications nothing
/// differs.
///
/// ## Fix
/// Change `DBInstanceClass` to the Graviton class of the same size: `db.m5.large` to `db.m7g.large`,
/// `db.t3.medium` to `db.t4g.medium`. This interrupts the database as long as a failover takes, and
/// reservations for the old class no longer count. Old minor versions do not offer the latest classes, and
/// versions that have no Graviton class at all, such as MySQL 5.7 and PostgreSQL 11, are not judged: upgrade
/// those first.
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
fn rds_graviton_candidate(instance: &Instance, around: &Inventory) -> Verdict {
    when(instance.runs(&FIRST.map(|(engine, _)| engine)), || {
        instance.class.and_then(|class| match is_graviton(class) {
            // db.serverless
            None => Verdict::not_applicable(),
            Some(true) => instance.class.must("a Graviton class", |_| true),
            Some(false) => {
                when(may_run_on_graviton(instance, around), || instance.class.must("a Graviton class", |_| false))
            }
        })
    })
}

/// A version as numbers: that of the engine, but of Aurora MySQL its own.
type Version = [u32; 3];

/// The versions of each engine from which on it runs on db.t4g, db.m6g and db.r6g: the first of a major version that does,
/// and all later major versions (Amazon RDS User Guide and Amazon Aurora User Guide, "Supported DB engines for DB instance
/// classes").
const FIRST: [(&str, &[Version]); 5] = [
    ("postgres", &[[12, 7, 0]]),
    ("mysql", &[[8, 0, 25]]),
    ("mariadb", &[[10, 4, 0]]),
    ("aurora-postgresql", &[[11, 12, 0], [12, 8, 0], [13, 3, 0], [14, 3, 0]]),
    ("aurora-mysql", &[[2, 9, 2]]),
];

/// Its version is one that runs on Graviton. Without one RDS takes a current version.
fn may_run_on_graviton<'a>(instance: &Instance<'a>, around: &'a Inventory) -> Verdict {
    instance.engine.and_then(|engine| {
        let version = version(instance, around);
        version.must_be_unset()
            | version.must_surely("a version that runs on Graviton", |version| runs_on_graviton(engine, version))
    })
}

/// The version of an instance; that of a member may stand at its cluster.
fn version<'a>(instance: &Instance<'a>, around: &'a Inventory) -> Fact<'a, Text<'a>> {
    let own = Database::from_at(instance.at.clone()).engine_version;
    match (own.state(), around.linked::<Database>(&instance.cluster)) {
        (State::Unset, Linked::Found(cluster)) => cluster.engine_version,
        _ => own,
    }
}

/// None where it is not known, or where the version is none.
fn runs_on_graviton(engine: &str, version: &str) -> Option<bool> {
    let (_, first) = FIRST.iter().find(|(name, _)| name.eq_ignore_ascii_case(engine))?;
    let version = match (engine.eq_ignore_ascii_case("aurora-mysql"), version.split_once("mysql_aurora.")) {
        (true, Some((_, own))) => numbers(own)?,
        // Aurora takes a current one of those that are compatible with it.
        (true, None) => return ["5.7", "8.0", "8.4"].contains(&version).then_some(true),
        (false, _) => numbers(version)?,
    };
    let of_major = first.iter().find(|first| first[0] == version[0]);
    Some(of_major.or(first.last()).is_some_and(|first| version >= *first))
}

/// `12.22-rds.20250508` is 12.22.0. Of what a version leaves out RDS takes a current one.
fn numbers(version: &str) -> Option<Version> {
    let mut numbers = [u32::MAX; 3];
    for (number, part) in numbers.iter_mut().zip(version.split('.')) {
        let (digits, rest) = part.split_at(part.bytes().take_while(u8::is_ascii_digit).count());
        *number = digits.parse().ok()?;
        if !rest.is_empty() {
            break;
        }
    }
    Some(numbers)
}

/// Families and the one with Graviton whose sizes are as large (Amazon RDS User Guide, "Hardware specifications for
/// DB instance classes").
const SIBLINGS: [(&str, &str); 6] =
    [("m4", "m6g"), ("m5", "m6g"), ("r4", "r6g"), ("r5", "r6g"), ("t2", "t4g"), ("t3", "t4g")];

fn on_graviton(instance: &Instance<'_>, around: &Inventory) -> Option<Saving> {
    let (engine, version) = (known(&instance.engine)?, version(instance, around));
    given(version.must_surely("a version that runs on Graviton", |version| runs_on_graviton(engine, version)))?;
    let now = known(&instance.class)?;
    let (_, graviton) = SIBLINGS.iter().find(|(x86, _)| family(now) == Some(*x86))?;
    on_demand(&instance.at, around, now)?.less(on_demand(&instance.at, around, &in_family(now, graviton)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_on_graviton() {
        for (engine, version, wanted) in [
            ("mysql", "5.7.44-rds.20240408", Some(false)),
            ("mysql", "8.0.24", Some(false)),
            ("mysql", "8.0.25", Some(true)),
            ("mysql", "8.0", Some(true)),
            ("MySQL", "8.4.6", Some(true)),
            ("postgres", "11.22", Some(false)),
            ("postgres", "12.6", Some(false)),
            ("postgres", "12.22-rds.20250508", Some(true)),
            ("postgres", "17", Some(true)),
            ("postgres", "latest", None),
            ("mariadb", "10.3.39", Some(false)),
            ("mariadb", "10.11.14", Some(true)),
            ("aurora-postgresql", "10.21", Some(false)),
            ("aurora-postgresql", "11.21", Some(true)),
            ("aurora-postgresql", "13.2", Some(false)),
            ("aurora-postgresql", "16.9", Some(true)),
            ("aurora-mysql", "5.7.mysql_aurora.2.09.1", Some(false)),
            ("aurora-mysql", "5.7.mysql_aurora.2.12.5", Some(true)),
            ("aurora-mysql", "8.0.mysql_aurora.3.08.2", Some(true)),
            ("aurora-mysql", "8.0", Some(true)),
            ("aurora-mysql", "5.7.12", None),
        ] {
            assert_eq!(runs_on_graviton(engine, version), wanted, "{engine} {version}");
        }
    }
}
