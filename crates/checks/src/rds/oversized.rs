//! `rds_oversized`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::computeoptimizer::{OfDatabase, estimated, must_not_find, recommended};
use crate::views::rds::Measured;

/// Database instances are as large as their work needs
///
/// The class of an instance is most of what a database costs. AWS Compute Optimizer weighs processors,
/// memory, connections and storage of a fortnight against the classes there are. Without it, a peak of the
/// processors that the next smaller class would barely carry justifies the class; lower ones say nothing,
/// because a database takes all the memory it is given.
///
/// ## Fix
/// Change to the class that Compute Optimizer recommends (`RecommendationOptions`) in a maintenance window:
/// the instance restarts, or fails over where it has a standby. Enrol the account in Compute Optimizer where
/// there is no recommendation.
/// ```account,fail
/// [{"Type": "AWS::RDS::DBInstance", "Id": "orders", "Arn": "arn:aws:rds:eu-west-1:111122223333:db:orders",
///   "Properties": {"Observed": {"Status": "available"}}},
///  {"Type": "Pilaster::DatabaseRecommendation", "Properties": {"Finding": "Overprovisioned",
///   "ResourceArn": "arn:aws:rds:eu-west-1:111122223333:db:orders"}}]
/// ```
/// ```account,pass
/// {"Listed": ["Pilaster::DatabaseRecommendation"], "Resources": [
///   {"Type": "AWS::RDS::DBInstance", "Properties": {"Observed": {"Status": "available",
///     "Metrics": {"CPUUtilization": {"Maximum": 77, "Average": 30, "Days": 14}}}}}]}
/// ```
/// ```account,unknown
/// [{"Type": "AWS::RDS::DBInstance", "Id": "orders", "Arn": "arn:aws:rds:eu-west-1:111122223333:db:orders",
///   "Properties": {"Observed": {"Status": "available"}}},
///  {"Type": "Pilaster::DatabaseRecommendation", "Properties": {
///   "ResourceArn": "arn:aws:rds:eu-west-1:111122223333:db:orders"}}]
/// ```
/// ```account,unknown
/// {"Listed": ["Pilaster::DatabaseRecommendation"], "Resources": [
///   {"Type": "AWS::RDS::DBInstance", "Properties": {"Observed": {"Status": "available",
///     "Metrics": {"CPUUtilization": {"Maximum": 9, "Average": 3, "Days": 14}}}}}]}
/// ```
#[check(
    COST06_BP02, SUS05_BP01, PERF03_BP03,
    severity = Medium, effort = Medium, needs = [Downtime, Testing], code = Never,
    thresholds(cpu_percent = 40, days = 7),
    saves = estimated(around, &database.at)
)]
fn rds_oversized(database: &Measured, around: &Inventory, settings: &Settings) -> Verdict {
    let (days, percent) = (settings.number("days"), settings.number("cpu_percent") as f64);
    when(database.is_available(), || {
        recommended::<OfDatabase>(
            around,
            &database.at,
            |recommendation| must_not_find(&recommendation.finding, "Overprovisioned"),
            || database.cpu.over(days, |cpu| cpu.maximum.must_be_at_least(percent).weakened()),
        )
    })
}
