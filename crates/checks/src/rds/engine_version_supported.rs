//! `rds_engine_version_supported`

use findings::{Saving, Settings};
use jiff::Span;
use jiff::civil::{Date, date};
use macros::check;
use model::{At, Fact, FromAt, Text, Verdict, View, when};

use crate::cost::{Cost, given, known};
use crate::instance_class::processors;
use crate::views::rds::{Database, instances};

/// RDS databases run a major version in standard support
///
/// When standard support of a major version ends, RDS enrols its databases in Extended Support, which is
/// charged by vCPU and hour and gets dearer in the third year, or it upgrades them by force. Only holes
/// rated critical or high are still closed. Versions of MariaDB have no Extended Support at all.
///
/// ## Fix
/// Upgrade to a later major version: set `EngineVersion`, and `AllowMajorVersionUpgrade: true`. Try it on a
/// restored copy first, and use a blue/green deployment to keep the interruption short.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, EngineVersion: "12.22", DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, EngineVersion: "17.6", DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,fail
/// Type: AWS::RDS::DBCluster
/// Properties: { Engine: aurora-mysql, EngineVersion: 5.7.mysql_aurora.2.12.2 }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: oracle-se2, EngineVersion: 19.0.0.0.ru-2025-04.rur-2025-04.r1, DBInstanceClass: db.m5.large }
/// ```
#[check(
    SEC06_BP01, COST10_BP02, PERF05_BP06,
    severity = High, effort = Medium, needs = [Downtime, Testing], thresholds(notice_days = 0),
    saves = extended_support(database, settings)
)]
fn rds_engine_version_supported(database: &Database, settings: &Settings) -> Verdict {
    let notice = Span::new().try_days(settings.number("notice_days")).unwrap_or_default();
    let day = settings.today.saturating_add(notice);
    when(database.has_storage(), || {
        database.engine.and_then(|engine| match SUPPORT.iter().find(|(name, _)| name.eq_ignore_ascii_case(engine)) {
            None => Verdict::not_applicable(),
            // Without a version RDS chooses one, and never one out of support.
            Some((_, table)) => database.engine_version.and_then(|_| {
                database
                    .engine_version
                    .must_surely("a major version in standard support", |version| in_support(table, version, day))
            }),
        })
    })
}

/// Major versions of an engine and the last day of their standard support, the oldest first.
type Table = [(&'static str, Date)];

/// When standard support ends. A month without a day counts to its end.
///
/// As of November 2026: Amazon RDS for PostgreSQL Release Notes, Release Notes for Aurora PostgreSQL and
/// for Aurora MySQL, "Release calendars"; Amazon RDS User Guide, "MySQL on Amazon RDS versions" and
/// "MariaDB on Amazon RDS versions".
static SUPPORT: [(&str, &Table); 6] = [
    (
        "postgres",
        &[
            ("9.6", date(2022, 4, 30)),
            ("10", date(2023, 4, 30)),
            ("11", date(2024, 2, 29)),
            ("12", date(2025, 2, 28)),
            ("13", date(2026, 2, 28)),
            ("14", date(2027, 2, 28)),
            ("15", date(2028, 2, 29)),
            ("16", date(2029, 2, 28)),
            ("17", date(2030, 2, 28)),
            ("18", date(2031, 2, 28)),
        ],
    ),
    (
        "aurora-postgresql",
        &[
            ("11", date(2024, 2, 29)),
            ("12", date(2025, 2, 28)),
            ("13", date(2026, 2, 28)),
            ("14", date(2027, 2, 28)),
            ("15", date(2028, 2, 29)),
            ("16", date(2029, 2, 28)),
            ("17", date(2030, 2, 28)),
            ("18", date(2031, 2, 28)),
        ],
    ),
    (
        "mysql",
        &[
            ("5.6", date(2022, 3, 1)),
            ("5.7", date(2024, 2, 29)),
            ("8.0", date(2026, 7, 31)),
            ("8.4", date(2029, 7, 31)),
        ],
    ),
    // The first Aurora, of MySQL 5.6.
    ("aurora", &[("5.6", date(2023, 2, 28))]),
    (
        "aurora-mysql",
        &[
            ("5.6", date(2023, 2, 28)),
            ("5.7", date(2024, 10, 31)),
            ("8.0", date(2028, 4, 30)),
            ("8.4", date(2032, 4, 30)),
        ],
    ),
    (
        "mariadb",
        &[
            ("10.3", date(2023, 10, 23)),
            ("10.4", date(2025, 2, 28)),
            ("10.5", date(2026, 8, 31)),
            ("10.6", date(2026, 12, 31)),
            ("10.11", date(2028, 2, 29)),
            ("11.4", date(2029, 5, 31)),
            ("11.8", date(2028, 6, 30)),
            ("12.3", date(2029, 6, 30)),
        ],
    ),
];

/// Whether `version` is in standard support on a day. What the table does not list, but for what is
/// older than all of it, is not known.
fn in_support(table: &Table, version: &str, day: Date) -> Option<bool> {
    if let Some(last) = last_day(table, version) {
        return Some(day <= last);
    }
    let (oldest, _) = table.first()?;
    (numbers(version)? < numbers(oldest)?).then_some(false)
}

/// The first two numbers of a version.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    Some((parts.next()??, parts.next().flatten().unwrap_or(0)))
}

/// The last day of standard support of a version, if the table has it.
fn last_day(table: &Table, version: &str) -> Option<Date> {
    let is_of = |major: &str| version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    table.iter().find(|(major, _)| is_of(major)).map(|(_, last)| *last)
}

/// What decides what Extended Support costs.
#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance")]
struct Extended<'a> {
    at: At<'a>,
    #[view(path = "DBInstanceClass")]
    class: Fact<'a, Text<'a>>,
    /// Amazon RDS API Reference, `CreateDBInstance`.
    #[view(default = "open-source-rds-extended-support")]
    engine_lifecycle_support: Fact<'a, Text<'a>>,
}

/// Versions whose standard support ended before this have no Extended Support (Amazon RDS User Guide, "Supported MySQL major
/// versions" and "Release calendar for Amazon RDS for PostgreSQL").
const EXTENDED_SINCE: Date = date(2024, 2, 29);

/// What is charged for a version in the first two years of Extended Support, for each processor and for those of a standby,
/// too (Amazon RDS User Guide, "Amazon RDS Extended Support charges"). The price of the third year is not known here.
fn extended_support(database: &Database<'_>, settings: &Settings) -> Option<Saving> {
    let instances = instances(&database.at)?;
    let extended = Extended::from_at(database.at.clone());
    given(extended.engine_lifecycle_support.must_be("open-source-rds-extended-support"))?;
    let engine = known(&database.engine)?;
    let is_extended = |name: &str| ["postgres", "mysql"].contains(&name) && name.eq_ignore_ascii_case(engine);
    let (_, table) = SUPPORT.iter().find(|(name, _)| is_extended(name))?;
    let last = last_day(table, known(&database.engine_version)?)?;
    if last < EXTENDED_SINCE || settings.today <= last || settings.today > last.saturating_add(Span::new().years(2)) {
        return None;
    }
    let processors = processors(known(&extended.class)?)?.checked_mul(instances)?;
    Cost::hourly(processors, "vCPUs in Extended Support", pricing::price("rds", "extended-support:year-1")?)?.saved()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(engine: &str, version: &str, day: Date) -> Option<bool> {
        let (_, table) = SUPPORT.iter().find(|(name, _)| *name == engine).unwrap();
        in_support(table, version, day)
    }

    #[test]
    fn versions_by_the_day() {
        assert_eq!(support("postgres", "13.20", date(2026, 2, 28)), Some(true));
        assert_eq!(support("postgres", "13.20", date(2026, 3, 1)), Some(false));
        assert_eq!(support("postgres", "9.5.25", date(2026, 3, 1)), Some(false));
        assert_eq!(support("postgres", "1", date(2026, 3, 1)), Some(false));
        assert_eq!(support("postgres", "19.1", date(2026, 3, 1)), None);
        assert_eq!(support("aurora-mysql", "8.0.mysql_aurora.3.10.0", date(2026, 8, 1)), Some(true));
        assert_eq!(support("mysql", "8.0.43", date(2026, 8, 1)), Some(false));
        assert_eq!(support("mariadb", "10.11.14", date(2026, 12, 1)), Some(true));
        assert_eq!(support("mariadb", "10.1.3", date(2026, 12, 1)), Some(false));
        assert_eq!(support("mariadb", "latest", date(2026, 12, 1)), None);
    }

    #[test]
    fn tables_begin_with_the_oldest() {
        for (engine, table) in SUPPORT {
            assert!(table.is_sorted_by_key(|(major, _)| numbers(major)), "{engine}");
        }
    }
}
