//! `s3_bucket_not_public`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::s3::Bucket;

/// S3 buckets are not open to the public
///
/// A bucket that its policy or its access control list opens to everyone hands its objects to whoever
/// finds its name, and names are searched for by machines around the clock. Where writing is open as
/// well, strangers store their own files in it, at your cost and in your name. The block against public
/// access, of the bucket or of the account, overrides both. S3 turns it on for new buckets: it is judged as
/// on where the template says nothing.
///
/// ## Fix
/// Remove the public entry of `AccessControl` and the statement for every principal from the bucket's
/// policy, or limit the statement by a condition such as `aws:PrincipalOrgID` or `aws:SourceVpce`. Then
/// set all four switches of `PublicAccessBlockConfiguration`. To publish a website or downloads, keep
/// the bucket private and put CloudFront with origin access control before it.
/// ```yaml,fail
/// Resources:
///   Downloads:
///     Type: AWS::S3::Bucket
///     Properties:
///       PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }
///   DownloadsPolicy:
///     Type: AWS::S3::BucketPolicy
///     Properties:
///       Bucket: !Ref Downloads
///       PolicyDocument:
///         Statement:
///           - { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Downloads.Arn}/*" }
/// ```
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties:
///   AccessControl: PublicRead
///   OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }
///   PublicAccessBlockConfiguration: { BlockPublicAcls: false, IgnorePublicAcls: false }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   PublicAccessBlockConfiguration:
///     BlockPublicAcls: true
///     IgnorePublicAcls: true
///     BlockPublicPolicy: true
///     RestrictPublicBuckets: true
/// ```
#[check(SEC03_BP07, SEC08_BP04, severity = Critical, needs = [Testing], fsbp = ["S3.2", "S3.3"])]
fn s3_bucket_not_public(bucket: &Bucket, around: &Inventory) -> Verdict {
    bucket.must_not_be_public(around)
}
