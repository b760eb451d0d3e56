//! `ecr_tag_immutability`

use macros::check;
use model::Verdict;

use crate::views::ecr::Repository;

/// ECR repositories do not let tags be moved to other images
///
/// Where a tag can be moved, what was tested as `1.4.2` is not certainly what runs as `1.4.2`: a second
/// build, a mistake or an intruder with the right to push replaces it, and a restart brings the other
/// image into production. A rollback to a tag may bring back anything.
///
/// ## Fix
/// Set `ImageTagMutability: IMMUTABLE`, and give every build a tag of its own, such as the commit. Where
/// a tag like `latest` has to move, use `IMMUTABLE_WITH_EXCLUSION` and exclude only that one.
/// ```yaml,fail
/// Type: AWS::ECR::Repository
/// ```
/// ```yaml,pass
/// Type: AWS::ECR::Repository
/// Properties: { ImageTagMutability: IMMUTABLE }
/// ```
#[check(SEC06_BP04, REL08_BP04, severity = Medium, needs = [Testing], fsbp = ["ECR.2"])]
fn ecr_tag_immutability(repository: &Repository) -> Verdict {
    repository.image_tag_mutability.must_be_one_of(&["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"])
}
