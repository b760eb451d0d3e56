//! `cloudtrail_s3_data_events`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::TrailOfAccount;

/// A trail records what is done to objects in S3
///
/// Management events tell that a bucket's policy was changed, not that its objects were read, overwritten
/// or deleted. After a leak, or in an attack that encrypts or erases data, only data events tell which.
/// It is enough that one of the trails that were read records them.
///
/// ## Fix
/// Add an advanced event selector with `eventCategory` equal to `Data` and `resources.type` equal to
/// `AWS::S3::Object`. Data events are charged by number: leave out buckets that only receive logs.
/// ```yaml,fail
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, IsMultiRegionTrail: true, S3BucketName: logs }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties:
///   IsLogging: true
///   S3BucketName: logs
///   EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }]
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties:
///   IsLogging: true
///   S3BucketName: logs
///   AdvancedEventSelectors:
///     - FieldSelectors:
///         - { Field: eventCategory, Equals: [Data] }
///         - { Field: resources.type, Equals: ["AWS::S3::Object"] }
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CloudTrail::Trail", "Properties": {
///     "IsLogging": true, "EventSelectors": [{ "IncludeManagementEvents": true, "ReadWriteType": "All" }] } }
/// ]
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CloudTrail::Trail", "Properties": { "IsLogging": true, "EventSelectors": [
///     { "ReadWriteType": "All", "DataResources": [{ "Type": "AWS::S3::Object", "Values": ["arn:aws:s3"] }] }] } }
/// ]
/// ```
#[check(
    SEC04_BP01,
    severity = Medium, needs = [Money], fsbp = ["S3.22", "S3.23"],
    cis = ["v3.0.0:3.8", "v3.0.0:3.9", "v5.0.0:3.8", "v5.0.0:3.9"], code = Partly
)]
fn cloudtrail_s3_data_events(account: &TrailOfAccount, around: &Inventory) -> Verdict {
    account.must_have(around, "a trail of the events of objects", |trail| {
        if trail.at.is_in_account() {
            trail.is_logging.must_be(true) & trail.records_object_events()
        } else {
            trail.or_another(around, |trail| trail.records_object_events())
        }
    })
}
