//! `codedeploy_gradual_deployment`

use macros::check;
use model::{At, Fact, Inventory, Linked, Text, Verdict, View, when};

use crate::views::codedeploy::DeploymentGroup;

/// A way to deploy that a team has defined.
#[derive(Debug, View)]
#[view("AWS::CodeDeploy::DeploymentConfig")]
struct DeploymentConfig<'a> {
    at: At<'a>,
    #[view(path = "TrafficRoutingConfig.Type")]
    routing: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::CodeDeploy::Application")]
struct Application<'a> {
    at: At<'a>,
    #[view(default = "Server")]
    compute_platform: Fact<'a, Text<'a>>,
}

/// Deployment groups of CodeDeploy move to a new version step by step
///
/// When everything changes at once, everyone meets the mistake at once, and going back takes as long as the deployment did.
/// One instance at a time, or a tenth of the requests for ten minutes, shows it while most users are still on the old
/// version. Without a configuration, functions and containers are switched all at once, instances one at a time.
///
/// ## Fix
/// Set `DeploymentConfigName` to a canary or linear configuration, such as `CodeDeployDefault.LambdaCanary10Percent5Minutes`,
/// or for instances to `CodeDeployDefault.OneAtATime` or `HalfAtATime`.
/// ```yaml,fail
/// Type: AWS::CodeDeploy::DeploymentGroup
/// Properties: { ApplicationName: shop, DeploymentConfigName: CodeDeployDefault.AllAtOnce }
/// ```
/// ```yaml,pass
/// Type: AWS::CodeDeploy::DeploymentGroup
/// Properties: { ApplicationName: shop, DeploymentConfigName: CodeDeployDefault.ECSLinear10PercentEvery1Minutes }
/// ```
#[check(OPS06_BP03, REL08_BP05, severity = Low, needs = [Testing])]
fn codedeploy_gradual_deployment(group: &DeploymentGroup, around: &Inventory) -> Verdict {
    let config = &group.deployment_config_name;
    let named = match around.linked::<DeploymentConfig>(config) {
        Linked::Found(own) => own.routing.must_not_be("AllAtOnce"),
        Linked::Unset(_) => Verdict::not_applicable(),
        Linked::Outside(_) | Linked::Unknown(_) => {
            config.must("a configuration that moves step by step", |name| !name.ends_with("AllAtOnce"))
        }
    };
    named
        & when(config.must_be_unset(), || {
            around.linked::<Application>(&group.application_name).and_then(|app| app.compute_platform.must_be("Server"))
        })
}
