//! `codepipeline_test_stage`

use macros::check;
use model::{At, Fact, List, Outcome, State, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::CodePipeline::Pipeline")]
struct Pipeline<'a> {
    at: At<'a>,
    stages: List<'a, Stage<'a>>,
}

#[derive(Debug, View)]
struct Stage<'a> {
    at: At<'a>,
    actions: List<'a, Action<'a>>,
}

#[derive(Debug, View)]
struct Action<'a> {
    at: At<'a>,
    #[view(path = "ActionTypeId.Category")]
    category: Fact<'a, Text<'a>>,
}

/// Categories of actions that find a mistake.
const TESTS: &[&str] = &["Test", "Build", "Approval", "Compute"];

impl Stage<'_> {
    fn has(&self, categories: &[&str]) -> Verdict {
        self.actions.any("such an action", |action| {
            action.category.must("one of the categories", |category| categories.contains(category))
        })
    }
}

/// Pipelines test, build or approve before their last deployment
///
/// A pipeline from source straight to production puts every change before users as it was written, typing errors
/// included. A test, a build that checks, or an approval after a look at staging is where most of them stop. Pipelines
/// that deploy nothing are not judged.
///
/// ## Fix
/// Add a stage with an action of the category `Test`, `Build` or `Approval` before the stage that deploys to production.
/// ```yaml,fail
/// Type: AWS::CodePipeline::Pipeline
/// Properties:
///   Stages:
///     - { Name: Source, Actions: [{ Name: Code, ActionTypeId: { Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1" } }] }
///     - { Name: Live, Actions: [{ Name: Deploy, ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" } }] }
/// ```
/// ```yaml,pass
/// Type: AWS::CodePipeline::Pipeline
/// Properties:
///   Stages:
///     - { Name: Source, Actions: [{ Name: Code, ActionTypeId: { Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1" } }] }
///     - { Name: Test, Actions: [{ Name: Unit, ActionTypeId: { Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1" } }] }
///     - { Name: Live, Actions: [{ Name: Deploy, ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" } }] }
/// ```
#[check(OPS05_BP02, OPS06_BP02, REL08_BP02, OPS05_BP10, severity = Low, effort = Medium, needs = [Testing])]
fn codepipeline_test_stage(pipeline: &Pipeline) -> Verdict {
    let State::Set(stages) = pipeline.stages.state() else {
        return pipeline.stages.any("stages that are known", |stage| stage.has(TESTS)).weakened();
    };
    let Some(last) = stages.iter().rposition(|stage| stage.has(&["Deploy"]).outcome != Outcome::Fail) else {
        return Verdict::not_applicable();
    };
    let before = stages.get(..=last).unwrap_or_default();
    let tests = model::any(before.iter().map(|stage| stage.has(TESTS)));
    when(stages.get(last).map_or_else(Verdict::no, |stage| stage.has(&["Deploy"])), || tests)
}
