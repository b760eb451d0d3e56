//! `ecr_repository_not_public`

use macros::check;
use model::Verdict;

use crate::views::ecr::Repository;

/// ECR repositories are not open to every AWS account
///
/// Images hold your code and, more often than anyone likes, its configuration. A repository policy that
/// admits every principal lets any account pull them. One that admits pushing lets any account choose
/// what you run.
///
/// ## Fix
/// Name the accounts or roles in `RepositoryPolicyText`, or add a condition on `aws:PrincipalOrgID`.
/// ```yaml,fail
/// Type: AWS::ECR::Repository
/// Properties:
///   RepositoryPolicyText:
///     Statement: [{ Effect: Allow, Principal: "*", Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer] }]
/// ```
/// ```yaml,pass
/// Type: AWS::ECR::Repository
/// Properties:
///   RepositoryPolicyText:
///     Statement:
///       - Effect: Allow
///         Principal: "*"
///         Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
///         Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
/// ```
/// ```yaml,pass
/// Type: AWS::ECR::Repository
/// ```
#[check(SEC03_BP07, severity = Critical)]
fn ecr_repository_not_public(repository: &Repository) -> Verdict {
    repository.policy.must_not_admit_everyone()
}
