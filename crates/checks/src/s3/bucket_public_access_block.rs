//! `s3_bucket_public_access_block`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::s3::Bucket;

/// S3 buckets block public access by all four switches
///
/// The four switches are the safety net beneath policies and access control lists: with them on, a
/// careless statement or a public upload does not open the bucket. S3 turns them on for new buckets, so
/// a template that says nothing keeps them; a configuration that is given turns off whatever it leaves
/// out. A switch that is on for the whole account counts for each of its buckets.
///
/// ## Fix
/// Set `BlockPublicAcls`, `IgnorePublicAcls`, `BlockPublicPolicy` and `RestrictPublicBuckets` to true.
/// What is served to the public from this bucket has to move behind CloudFront first.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties:
///   PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true }
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
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// ```
/// ```account,pass
/// [{ "Type": "AWS::S3::Bucket" },
///  { "Type": "Pilaster::S3AccountPublicAccessBlock",
///    "Properties": { "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "IgnorePublicAcls": true,
///      "BlockPublicPolicy": true, "RestrictPublicBuckets": true } } }]
/// ```
#[check(SEC03_BP07, SEC08_BP04, severity = High, needs = [Testing], fsbp = ["S3.8"], cis = ["v3.0.0:2.1.4", "v5.0.0:2.1.4"])]
fn s3_bucket_public_access_block(bucket: &Bucket, around: &Inventory) -> Verdict {
    bucket.public_access_block_configuration.must_be_complete(&bucket.at, around)
}
