//! AWS CodeDeploy.

use model::{At, Fact, List, Text, View};

/// What is deployed to, and how.
#[derive(Debug, View)]
#[view("AWS::CodeDeploy::DeploymentGroup")]
pub(crate) struct DeploymentGroup<'a> {
    pub(crate) at: At<'a>,
    pub(crate) application_name: Fact<'a, Text<'a>>,
    pub(crate) deployment_config_name: Fact<'a, Text<'a>>,
    #[view(path = "AutoRollbackConfiguration.Enabled", default = false)]
    pub(crate) rollback: Fact<'a, bool>,
    #[view(path = "AutoRollbackConfiguration.Events")]
    pub(crate) rollback_events: List<'a, Fact<'a, Text<'a>>>,
}
