//! `iam_cloudshell_full_access_restricted`

use macros::check;
use model::Verdict;

use crate::views::iam::Identity;

/// Nobody is given full access to AWS CloudShell
///
/// `AWSCloudShellFullAccess` lets a person move files between the shell and their own machine, past whatever
/// watches the network, and the shell has sudo and the internet. It is a way out for data that leaves few
/// traces.
///
/// ## Fix
/// Attach a policy of your own that allows CloudShell without `cloudshell:GetFileUploadUrls` and
/// `cloudshell:GetFileDownloadUrls`.
/// ```yaml,fail
/// Type: AWS::IAM::Group
/// Properties: { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSCloudShellFullAccess"] }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::Group
/// Properties: { ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess"] }
/// ```
/// ```account,fail
/// { "Type": "AWS::IAM::User", "Properties": { "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AWSCloudShellFullAccess"] } }
/// ```
#[check(SEC03_BP02, severity = Medium, fsbp = ["IAM.27"], cis = ["v3.0.0:1.22", "v5.0.0:1.21"])]
fn iam_cloudshell_full_access_restricted(identity: &Identity) -> Verdict {
    identity.managed_policy_arns.all(|policy| policy.must_not_end_with(":iam::aws:policy/AWSCloudShellFullAccess"))
}
