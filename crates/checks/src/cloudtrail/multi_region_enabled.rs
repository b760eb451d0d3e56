//! `cloudtrail_multi_region_enabled`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::cloudtrail::{Trail, TrailOfAccount};

/// A trail records management events of all regions, read and write
///
/// The trail is what an investigation reads: who created the key, who opened the bucket, from where.
/// A trail of one region sees nothing of the others, and that is where an intruder starts machines. Reads
/// show the search that came before the damage. A trail for data events only is left out, and one that
/// falls short is made up for by another that was read. An account needs one such trail, its own or its organization's.
///
/// ## Fix
/// Set `IsLogging` and `IsMultiRegionTrail` to true and record management events with `ReadWriteType: All`,
/// best in one trail of the organization whose bucket is in an account of its own. The first copy of
/// management events is free.
/// ```yaml,fail
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, IsMultiRegionTrail: true, S3BucketName: logs }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CloudTrail::Trail
/// Properties:
///   IsLogging: true
///   S3BucketName: logs
///   EventSelectors:
///     - IncludeManagementEvents: false
///       DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::payments/"] }]
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CloudTrail::Trail"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CloudTrail::Trail", "Properties": {
///     "IsLogging": true, "IsMultiRegionTrail": true, "IsOrganizationTrail": true,
///     "EventSelectors": [{ "IncludeManagementEvents": true, "ReadWriteType": "All" }] } }
/// ]
/// ```
#[check(
    SEC04_BP01,
    severity = High, fsbp = ["CloudTrail.1", "CloudTrail.3"], cis = ["v3.0.0:3.1", "v5.0.0:3.1"], code = Partly
)]
fn cloudtrail_multi_region_enabled(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    let covers_everything = |trail: &Trail| {
        trail.is_logging.must_be(true) & trail.is_multi_region_trail.must_be(true) & trail.records_reads_and_writes()
    };
    account.must_have(around, "a trail of all regions", |trail| {
        if trail.at.is_in_account() {
            covers_everything(trail)
        } else {
            when(trail.records_management_events(), || trail.or_another(around, covers_everything))
        }
    })
}
