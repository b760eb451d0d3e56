//! `codedeploy_auto_rollback`

use macros::check;
use model::Verdict;

use crate::views::codedeploy::DeploymentGroup;

/// Deployment groups of CodeDeploy roll back when a deployment fails
///
/// A deployment that fails stops where it is: some instances run the new version, some the old one. Until a person has
/// seen it and decided, users get either. With automatic rollback the last version that worked is back within minutes.
///
/// ## Fix
/// Set `AutoRollbackConfiguration` with `Enabled: true` and the events `DEPLOYMENT_FAILURE` and, together with alarms,
/// `DEPLOYMENT_STOP_ON_ALARM`.
/// ```yaml,fail
/// Type: AWS::CodeDeploy::DeploymentGroup
/// Properties: { ApplicationName: shop }
/// ```
/// ```yaml,pass
/// Type: AWS::CodeDeploy::DeploymentGroup
/// Properties: { ApplicationName: shop, AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_FAILURE] } }
/// ```
#[check(OPS06_BP04, OPS06_BP01, severity = Medium)]
fn codedeploy_auto_rollback(group: &DeploymentGroup) -> Verdict {
    group.rollback.must_be(true)
        & group.rollback_events.any("DEPLOYMENT_FAILURE or DEPLOYMENT_STOP_ON_ALARM", |event| {
            event.must_be_one_of(&["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"])
        })
}
