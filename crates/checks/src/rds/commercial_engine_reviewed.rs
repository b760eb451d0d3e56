//! `rds_commercial_engine_reviewed`

use findings::Settings;
use macros::check;
use model::{Verdict, any, when};

use crate::views::rds::Instance;

/// RDS instances with a licence in their price have been reviewed for it
///
/// A license-included Oracle or SQL Server costs several times what an open-source engine costs on the
/// same hardware, hour after hour. That can be right, but it should be a decision that someone made and
/// can explain, and not what was there before. A tag on the instance records it.
///
/// ## Fix
/// Move to PostgreSQL or MySQL where the application allows it; Babelfish and the Schema Conversion Tool
/// help. Otherwise tag the instance with `LicenseReviewed` and the reason or date as its value.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: sqlserver-se, DBInstanceClass: db.m6i.large, LicenseModel: license-included }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties:
///   Engine: sqlserver-se
///   DBInstanceClass: db.m6i.large
///   LicenseModel: license-included
///   Tags: [{ Key: LicenseReviewed, Value: "2026-10 vendor supports nothing else" }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: oracle-ee, DBInstanceClass: db.m6i.large, LicenseModel: bring-your-own-license }
/// ```
#[check(COST05_BP04, COST06_BP02, severity = Low, effort = Large, needs = [Testing], thresholds(tags = ["LicenseReviewed"]))]
fn rds_commercial_engine_reviewed(instance: &Instance, settings: &Settings) -> Verdict {
    let licensed = ["oracle-se2", "oracle-se2-cdb", "sqlserver-ee", "sqlserver-se", "sqlserver-web"];
    let brought = ["bring-your-own-license", "bring-your-own-media"];
    when(instance.runs(&licensed) & instance.license_model.must_not_be_one_of(&brought), || {
        any(settings.words("tags").iter().map(|tag| instance.tags.must_have(tag, &[])))
    })
}
