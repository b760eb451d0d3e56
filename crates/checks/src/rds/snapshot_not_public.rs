//! `rds_snapshot_not_public`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View};

/// A manual snapshot of an instance or a cluster.
#[derive(Debug, View)]
#[view("Pilaster::DBSnapshot", "Pilaster::DBClusterSnapshot")]
struct Snapshot<'a> {
    at: At<'a>,
    #[view(default = false)]
    encrypted: Fact<'a, bool>,
    restorable_by: List<'a, Fact<'a, Text<'a>>>,
}

/// Database snapshots are not open to the public
///
/// Any AWS account can restore a public snapshot into a database of its own and read every row. A snapshot
/// that was made public for a moment, to hand it to somebody, is found and copied by those who watch for
/// this. Encrypted snapshots cannot be public.
///
/// ## Fix
/// Make the snapshot private, and share it with single accounts by their numbers. Encrypt the database, so
/// that its snapshots cannot be made public at all. Take it that the data was copied: replace the passwords
/// in it and find out whom you have to tell.
/// ```account,fail
/// { "Type": "Pilaster::DBSnapshot", "Properties": { "Encrypted": "false", "RestorableBy": ["444455556666", "all"] } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::DBSnapshot", "Properties": { "Encrypted": "false", "RestorableBy": ["444455556666"] } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::DBClusterSnapshot", "Properties": { "Encrypted": "true" } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::DBClusterSnapshot",
///   "Properties": { "Encrypted": "false", "RestorableBy": { "Denied": "rds:DescribeDBClusterSnapshotAttributes" } } }
/// ```
#[check(SEC03_BP07, severity = Critical, fsbp = ["RDS.1"], code = Never)]
fn rds_snapshot_not_public(snapshot: &Snapshot) -> Verdict {
    snapshot.encrypted.must_be(true) | snapshot.restorable_by.must_not_contain("all")
}
