//! `appconfig_gradual_rollout`

use macros::check;
use model::{At, Fact, List, Verdict, View, when};

/// How a configuration is rolled out, or where to.
#[derive(Debug, View)]
#[view("AWS::AppConfig::DeploymentStrategy", "AWS::AppConfig::Environment")]
struct Rollout<'a> {
    at: At<'a>,
    deployment_duration_in_minutes: Fact<'a, f64>,
    growth_factor: Fact<'a, f64>,
    monitors: List<'a, At<'a>>,
}

/// AppConfig rolls configurations out gradually and watches an alarm
///
/// A feature flag changes production as much as a release does, and most outages begin with a change. Rolled out to
/// everyone at once, a wrong value hits everyone at once. Step by step, with an alarm on the environment, AppConfig
/// takes it back while few have seen it.
///
/// ## Fix
/// In the deployment strategy set `DeploymentDurationInMinutes` above 0 and `GrowthFactor` below 100. In the
/// environment list under `Monitors` the ARN of an alarm, and a role that may read it.
/// ```yaml,fail
/// Type: AWS::AppConfig::DeploymentStrategy
/// Properties: { Name: at-once, DeploymentDurationInMinutes: 0, GrowthFactor: 100, ReplicateTo: NONE }
/// ```
/// ```yaml,pass
/// Type: AWS::AppConfig::DeploymentStrategy
/// Properties: { Name: gradual, DeploymentDurationInMinutes: 20, GrowthFactor: 10, ReplicateTo: NONE }
/// ```
/// ```yaml,fail
/// Type: AWS::AppConfig::Environment
/// Properties: { ApplicationId: shop, Name: production }
/// ```
#[check(OPS06_BP03, REL05_BP07, severity = Low, needs = [Testing])]
fn appconfig_gradual_rollout(rollout: &Rollout) -> Verdict {
    when(rollout.at.must_be_a("AWS::AppConfig::DeploymentStrategy"), || {
        rollout.deployment_duration_in_minutes.must("more than 0", |minutes| *minutes > 0.0)
            & rollout.growth_factor.must("less than 100", |percent| *percent < 100.0)
    }) & when(rollout.at.must_be_a("AWS::AppConfig::Environment"), || rollout.monitors.must_not_be_empty())
}
