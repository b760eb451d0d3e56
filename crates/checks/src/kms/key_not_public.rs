//! `kms_key_not_public`

use macros::check;
use model::Verdict;

use crate::views::kms::Key;

/// KMS keys cannot be used by just anyone
///
/// What is encrypted is only as safe as its key. A key policy that admits every principal lets any AWS
/// account decrypt with it, or schedule its deletion, which makes all data under it unreadable for good.
///
/// ## Fix
/// Name the account (`arn:aws:iam::<account>:root`, which leaves the rest to IAM) or the roles in
/// `Principal`. Where every principal has to stand, add a condition on `kms:CallerAccount` or
/// `aws:PrincipalOrgID`.
/// ```yaml,fail
/// Type: AWS::KMS::Key
/// Properties:
///   KeyPolicy:
///     Statement: [{ Effect: Allow, Principal: "*", Action: kms:*, Resource: "*" }]
/// ```
/// ```yaml,pass
/// Type: AWS::KMS::Key
/// Properties:
///   KeyPolicy:
///     Statement:
///       - Effect: Allow
///         Principal: { AWS: !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" }
///         Action: kms:*
///         Resource: "*"
/// ```
/// ```yaml,pass
/// Type: AWS::KMS::Key
/// Properties:
///   KeyPolicy:
///     Statement:
///       - Effect: Allow
///         Principal: { AWS: "*" }
///         Action: kms:Decrypt
///         Resource: "*"
///         Condition:
///           StringEquals: { kms:CallerAccount: !Ref AWS::AccountId, kms:ViaService: s3.eu-west-1.amazonaws.com }
/// ```
#[check(SEC08_BP04, SEC03_BP07, severity = Critical, needs = [Testing], fsbp = ["KMS.5"])]
fn kms_key_not_public(key: &Key) -> Verdict {
    key.policy.must_not_admit_everyone()
}
