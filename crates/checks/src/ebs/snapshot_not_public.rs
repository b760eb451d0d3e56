//! `ebs_snapshot_not_public`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View};

/// A snapshot of the account's own.
#[derive(Debug, View)]
#[view("Pilaster::Snapshot")]
struct Snapshot<'a> {
    at: At<'a>,
    public: Fact<'a, bool>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::SnapshotBlockPublicAccess")]
struct BlockPublicAccess<'a> {
    at: At<'a>,
    state: Fact<'a, Text<'a>>,
}

/// Volume snapshots are not open to the public
///
/// Any AWS account can make a volume of a public snapshot and read the disk: files, databases, keys and the
/// traces of what was deleted. People search public snapshots for exactly that, and cannot be seen doing so.
/// Where the region blocks all public sharing, a snapshot that is marked public is not.
///
/// ## Fix
/// Remove the public permission under "Modify permissions", and set the region's block public access for
/// snapshots to block all sharing. Replace every secret that was on the disk: copies may have been made.
/// ```account,fail
/// [{ "Type": "Pilaster::Snapshot", "Properties": { "Public": true } },
///  { "Type": "AWS::EC2::SnapshotBlockPublicAccess", "Properties": { "State": "block-new-sharing" } }]
/// ```
/// ```account,pass
/// { "Type": "Pilaster::Snapshot", "Properties": { "Public": false } }
/// ```
/// ```account,pass
/// [{ "Type": "Pilaster::Snapshot", "Properties": { "Public": true } },
///  { "Type": "AWS::EC2::SnapshotBlockPublicAccess", "Properties": { "State": "block-all-sharing" } }]
/// ```
/// ```account,unknown
/// [{ "Type": "Pilaster::Snapshot", "Properties": { "Public": { "Denied": "ec2:DescribeSnapshots" } } },
///  { "Type": "AWS::EC2::SnapshotBlockPublicAccess", "Properties": { "State": "unblocked" } }]
/// ```
#[check(SEC03_BP07, severity = Critical, fsbp = ["EC2.1"], code = Never)]
fn ebs_snapshot_not_public(snapshot: &Snapshot, around: &Inventory) -> Verdict {
    let is_blocked = around
        .beside::<BlockPublicAccess>(&snapshot.at)
        .any("a block of all public sharing", |block| block.state.must_be("block-all-sharing"));
    snapshot.public.must_be(false).or_perhaps(is_blocked)
}
