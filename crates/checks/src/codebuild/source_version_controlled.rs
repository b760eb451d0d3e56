//! `codebuild_source_version_controlled`

use macros::check;
use model::{Verdict, when};

use crate::views::codebuild::Project;

/// CodeBuild projects take their source from a repository or a pipeline
///
/// What is built from an archive in a bucket was put there by someone, at some time, from something. Nobody can tell what
/// changed since the last build, who looked at it, or build last month's version again. Projects without a source are
/// not judged.
///
/// ## Fix
/// Set `Source.Type` to the repository's kind, or to `CODEPIPELINE` where a pipeline hands the source over.
/// ```yaml,fail
/// Type: AWS::CodeBuild::Project
/// Properties: { Source: { Type: S3, Location: code/shop.zip } }
/// ```
/// ```yaml,pass
/// Type: AWS::CodeBuild::Project
/// Properties: { Source: { Type: GITHUB, Location: "https://github.com/example/shop.git" } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::CodeBuild::Project
/// Properties: { Source: { Type: NO_SOURCE, BuildSpec: "version: 0.2" } }
/// ```
#[check(OPS05_BP01, SEC11_BP06, severity = Low, effort = Medium, needs = [Testing])]
fn codebuild_source_version_controlled(project: &Project) -> Verdict {
    when(project.source.kind.must_not_be("NO_SOURCE"), || project.source.kind.must_not_be("S3"))
}
