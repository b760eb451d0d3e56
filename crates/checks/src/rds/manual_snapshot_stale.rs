//! `rds_manual_snapshot_stale`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("Pilaster::DBSnapshot", "Pilaster::DBClusterSnapshot")]
struct Snapshot<'a> {
    at: At<'a>,
    #[view(default = "manual")]
    snapshot_type: Fact<'a, Text<'a>>,
    #[view(path = "Observed.SnapshotCreateTime")]
    created: Fact<'a, Text<'a>>,
}

/// Snapshots of databases that were taken by hand are not kept for ever
///
/// Nothing deletes a manual snapshot: it is paid for by the gigabyte until somebody does, and holds the personal data of
/// years ago when it was promised to be deleted. Snapshots of AWS Backup have a lifecycle of their own and are not
/// judged.
///
/// ## Fix
/// Delete what nobody will restore, and let AWS Backup take what has to be kept, with a lifecycle. For long archives,
/// export the snapshot to Amazon S3. How old one may be is the threshold `max_days`.
/// ```account,fail
/// {
///   "Type": "Pilaster::DBSnapshot",
///   "Properties": { "SnapshotType": "manual", "Observed": { "SnapshotCreateTime": "2022-05-01T10:00:00Z" } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "Pilaster::DBClusterSnapshot",
///   "Properties": { "SnapshotType": "manual", "Observed": { "SnapshotCreateTime": "2026-09-01T10:00:00Z" } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "Pilaster::DBSnapshot",
///   "Properties": { "SnapshotType": "awsbackup", "Observed": { "SnapshotCreateTime": "2022-05-01T10:00:00Z" } }
/// }
/// ```
#[check(COST04_BP05, SUS04_BP05, severity = Low, code = Never, thresholds(max_days = 365))]
fn rds_manual_snapshot_stale(snapshot: &Snapshot, settings: &Settings) -> Verdict {
    when(snapshot.snapshot_type.must_be("manual"), || {
        must_be_within(&snapshot.created, settings.number("max_days"), settings)
    })
}
