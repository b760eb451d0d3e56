//! `ecr_lifecycle_policy`

use macros::check;
use model::Verdict;

use crate::views::ecr::Repository;

/// ECR repositories remove images that are no longer of use
///
/// Every build leaves an image of hundreds of megabytes. Without a policy all of them are stored, paid
/// for and scanned for ever, and the flaws of images that nobody runs hide those of the ones that do.
///
/// ## Fix
/// Add a `LifecyclePolicy` that expires untagged images after some days and keeps a number of tagged
/// ones. Keep enough to roll back to, and try it with a preview first.
/// ```yaml,fail
/// Type: AWS::ECR::Repository
/// ```
/// ```yaml,pass
/// Type: AWS::ECR::Repository
/// Properties:
///   LifecyclePolicy:
///     LifecyclePolicyText: |
///       {"rules": [{"rulePriority": 1, "action": {"type": "expire"},
///         "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}}]}
/// ```
#[check(COST04_BP05, SUS04_BP03, COST04_BP04, severity = Medium, fsbp = ["ECR.3"])]
fn ecr_lifecycle_policy(repository: &Repository) -> Verdict {
    repository.lifecycle_policy.must_be_set()
}
