//! `s3_access_point_public_access_block`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::s3::AccessPoint;

/// S3 access points block public access
///
/// An access point is a door of its own to a bucket, with its own policy. Its block against public
/// access cannot be changed once it exists, so a door built without one stays without. All four switches
/// are on unless a configuration says otherwise, or where they are on for the whole account.
///
/// ## Fix
/// Set all four switches of `PublicAccessBlockConfiguration` to true, or leave the property out. The
/// access point is replaced; clients that use its name or alias have to be changed.
/// ```yaml,fail
/// Type: AWS::S3::AccessPoint
/// Properties:
///   Bucket: reports
///   PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: true }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::AccessPoint
/// Properties: { Bucket: reports }
/// ```
#[check(SEC03_BP07, severity = Critical, needs = [Downtime], fsbp = ["S3.19"])]
fn s3_access_point_public_access_block(point: &AccessPoint, around: &Inventory) -> Verdict {
    point.public_access_block_configuration.must_be_complete(&point.at, around)
}
