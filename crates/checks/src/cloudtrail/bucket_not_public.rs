//! `cloudtrail_bucket_not_public`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::cloudtrail::Trail;
use crate::views::s3::Bucket;

/// Buckets that hold the logs of trails are not open to the public
///
/// The logs name every role, address and resource of the account and everything that was done with them:
/// a map for an intruder, and personal data besides. Judged is the bucket that the trail names, where it
/// was read, too.
///
/// ## Fix
/// Set all four switches of the bucket's `PublicAccessBlockConfiguration`, and admit in its policy only
/// `cloudtrail.amazonaws.com`, with a condition on `aws:SourceArn`.
/// ```yaml,fail
/// Resources:
///   Trail:
///     Type: AWS::CloudTrail::Trail
///     Properties: { IsLogging: true, S3BucketName: !Ref Logs }
///   Logs:
///     Type: AWS::S3::Bucket
///     Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }
///   LogsPolicy:
///     Type: AWS::S3::BucketPolicy
///     Properties:
///       Bucket: !Ref Logs
///       PolicyDocument:
///         Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Logs.Arn}/*" }]
/// ```
/// ```yaml,pass
/// Resources:
///   Trail:
///     Type: AWS::CloudTrail::Trail
///     Properties: { IsLogging: true, S3BucketName: !Ref Logs }
///   Logs: { Type: AWS::S3::Bucket }
/// ```
/// ```yaml,unknown
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs-of-another-account }
/// ```
#[check(SEC08_BP04, SEC03_BP07, severity = Critical, fsbp = ["CloudTrail.6"], code = Partly)]
fn cloudtrail_bucket_not_public(trail: &Trail, around: &Inventory) -> Verdict {
    trail.if_own(|| around.linked::<Bucket>(&trail.bucket).and_then(|bucket| bucket.must_not_be_public(around)))
}
