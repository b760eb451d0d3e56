//! `s3_bucket_tls_only`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::s3::{Bucket, BucketPolicy};

/// S3 buckets refuse requests that do not use TLS
///
/// S3 answers on plain HTTP, too. A signed request that travels unencrypted can be read on the way,
/// and its answer with it. Only a statement in the bucket's policy that denies such requests rules
/// this out.
///
/// ## Fix
/// Add a statement to the bucket's policy that denies every action to everyone when
/// `aws:SecureTransport` is false, on the bucket and on its objects.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,pass
/// Resources:
///   Images: { Type: AWS::S3::Bucket }
///   ImagesPolicy:
///     Type: AWS::S3::BucketPolicy
///     Properties:
///       Bucket: !Ref Images
///       PolicyDocument:
///         Statement:
///           - Effect: Deny
///             Principal: "*"
///             Action: s3:*
///             Resource: [!GetAtt Images.Arn, !Sub "${Images.Arn}/*"]
///             Condition: { Bool: { aws:SecureTransport: false } }
/// ```
#[check(SEC09_BP02, severity = Medium, fsbp = ["S3.5"], cis = ["v3.0.0:2.1.1", "v5.0.0:2.1.1"])]
fn s3_bucket_tls_only(bucket: &Bucket, around: &Inventory) -> Verdict {
    around
        .referring::<BucketPolicy>("Bucket", &bucket.at)
        .any("a policy that denies requests without TLS", |policy| policy.policy.must_deny_plain_http())
}
