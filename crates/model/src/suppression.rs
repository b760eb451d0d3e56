//! What other tools were told to overlook.

use serde::{Deserialize, Serialize};

use crate::{Origin, ResourceId};

/// A suppression written for another tool. It is reported and has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The tool: `checkov`, `cfn-guard`, `cfn_nag`, `cdk_nag`, `cfn-lint`, `trivy`, `tfsec`.
    pub tool: String,
    /// The rules it names.
    pub rules: Vec<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// The resource it stands in, when it stands in one.
    pub resource: Option<ResourceId>,
    /// Where it stands.
    pub origin: Origin,
}
