//! `rds_free_storage`

use findings::Settings;
use macros::check;
use model::{Verdict, when};

use crate::views::rds::Measured;

/// Databases have storage left
///
/// A database whose storage is full stops: it takes no writes, and often cannot even be restarted before it
/// has been enlarged. Temporary files of one large query can take what is left. Where storage scales by
/// itself and its limit leaves room for one more step, of 10 GiB or a tenth, RDS enlarges it before that.
/// Aurora, whose storage has no size, is not judged.
///
/// ## Fix
/// Raise `AllocatedStorage`, which takes no downtime but cannot be undone, or set `MaxAllocatedStorage`. Look
/// for logs, replication slots and tables that grow without need. Alarm on `FreeStorageSpace`.
/// ```account,fail
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"AllocatedStorage": "100", "Observed": {"Status": "available",
///   "Metrics": {"FreeStorageSpace": {"Minimum": 5368709120, "Days": 1}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"AllocatedStorage": "100", "Observed": {"Status": "available",
///   "Metrics": {"FreeStorageSpace": {"Minimum": 53687091200, "Days": 1}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"AllocatedStorage": "100", "MaxAllocatedStorage": "500",
///   "Observed": {"Status": "available", "Metrics": {"FreeStorageSpace": {"Minimum": 5368709120, "Days": 1}}}}}
/// ```
/// ```account,fail
/// {"Type": "AWS::RDS::DBInstance", "Properties": {"AllocatedStorage": "20", "MaxAllocatedStorage": "22",
///   "Observed": {"Status": "available", "Metrics": {"FreeStorageSpace": {"Minimum": 1073741824, "Days": 1}}}}}
/// ```
#[check(
    REL06_BP02, REL07_BP03,
    severity = High, code = Never,
    thresholds(percent = 15)
)]
fn rds_free_storage(database: &Measured, settings: &Settings) -> Verdict {
    let percent = settings.number("percent");
    when(database.has_storage_of_a_size(), || {
        database.free_storage.over(1, |free| {
            database.allocated_storage.and_then(|allocated| {
                let least = allocated * (1_u64 << 30) as f64 * percent as f64 / 100.0;
                let expected = format!("{percent} percent of {allocated} GiB or more");
                // RDS enlarges storage by 10 GiB or by a tenth, whichever is more, at least, and does not where that
                // would reach the limit (Amazon RDS User Guide, "Managing capacity automatically with Amazon RDS storage
                // autoscaling").
                let enlarged = allocated + (allocated * 0.1).max(10.0);
                let room = format!("more than {enlarged} GiB");
                free.minimum
                    .must(&expected, |free| *free >= least)
                    .or_perhaps(when(database.max_allocated_storage.at().must_be_set(), || {
                        database.max_allocated_storage.must(&room, |most| *most > enlarged)
                    }))
            })
        })
    })
}
