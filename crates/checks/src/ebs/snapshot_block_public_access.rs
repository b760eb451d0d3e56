//! `ebs_snapshot_block_public_access`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// Whether snapshots of a region may be public.
#[derive(Debug, View)]
#[view("AWS::EC2::SnapshotBlockPublicAccess")]
struct BlockPublicAccess<'a> {
    at: At<'a>,
    state: Fact<'a, Text<'a>>,
}

/// Public sharing of volume snapshots is blocked
///
/// A public snapshot is a disk that any AWS account can copy, with the files, the database and the keys
/// on it. Public snapshots are searched for. `block-new-sharing` keeps those public that are so already;
/// only `block-all-sharing` closes them, too.
///
/// ## Fix
/// Set `State: block-all-sharing` in every region. Where a snapshot is public on purpose, publish it from
/// an account of its own.
/// ```yaml,fail
/// Type: AWS::EC2::SnapshotBlockPublicAccess
/// Properties: { State: block-new-sharing }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::SnapshotBlockPublicAccess
/// Properties: { State: block-all-sharing }
/// ```
#[check(SEC03_BP07, SEC08_BP03, severity = High, fsbp = ["EC2.182"], code = Partly)]
fn ebs_snapshot_block_public_access(setting: &BlockPublicAccess) -> Verdict {
    setting.state.must_be("block-all-sharing")
}
