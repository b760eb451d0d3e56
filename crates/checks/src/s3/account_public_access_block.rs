//! `s3_account_public_access_block`

use macros::check;
use model::Verdict;

use crate::views::s3::AccountBlock;

/// The account blocks public access to all of its S3 buckets
///
/// The account's block stands above every bucket and access point, those of tomorrow included: with it on,
/// no policy and no access control list that somebody writes by mistake opens anything. Without it, each
/// bucket depends on its own settings, and buckets made before April 2023 came with none.
///
/// ## Fix
/// Turn on all four settings under "Block Public Access settings for this account" of the S3 console, or
/// with `aws s3control put-public-access-block`. An organization can turn them on for all accounts by an S3
/// policy. Find out first which buckets are public on purpose: serve their content through CloudFront, or
/// move it to an account of its own.
/// ```account,fail
/// { "Type": "Pilaster::S3AccountPublicAccessBlock" }
/// ```
/// ```account,fail
/// { "Type": "Pilaster::S3AccountPublicAccessBlock",
///   "Properties": { "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "IgnorePublicAcls": true,
///     "BlockPublicPolicy": true, "RestrictPublicBuckets": false } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::S3AccountPublicAccessBlock",
///   "Properties": { "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "IgnorePublicAcls": true,
///     "BlockPublicPolicy": true, "RestrictPublicBuckets": true } } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::S3AccountPublicAccessBlock",
///   "Properties": { "PublicAccessBlockConfiguration": { "Denied": "s3:GetAccountPublicAccessBlock" } } }
/// ```
#[check(SEC03_BP07, SEC08_BP04, severity = High, needs = [Testing], fsbp = ["S3.1"], cis = ["v3.0.0:2.1.4", "v5.0.0:2.1.4"], code = Never)]
fn s3_account_public_access_block(account: &AccountBlock) -> Verdict {
    account.block.must_be_complete_itself()
}
