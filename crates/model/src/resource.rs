//! Resources: identities with property trees.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Expression, Node, Origin};

/// The number of a resource in its [inventory](crate::Inventory).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceId(pub u32);

/// One resource, whatever it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// The type in CloudFormation's names: `AWS::S3::Bucket`. What CloudFormation has no type for is
    /// called `Pilaster::Template`, `Pilaster::Account` and the like.
    pub kind: String,
    /// In code the logical id, behind the ids of the nested stacks it stands in: `Network/Vpc`. In an
    /// account the physical id.
    pub id: String,
    /// The name AWS knows it by, where the source tells.
    pub name: Option<String>,
    /// Its ARN, where the source tells.
    pub arn: Option<String>,
    /// The account it is in, where the source tells.
    pub account: Option<String>,
    /// The region it is in, where the source tells.
    pub region: Option<String>,
    /// Where it is declared, or the call that listed it.
    pub origin: Origin,
    /// Whether it certainly exists.
    pub presence: Presence,
    /// Code, or a running account.
    pub medium: Medium,
    /// A map: its properties.
    pub properties: Node,
    /// What stands beside the properties: `DeletionPolicy`, `UpdateReplacePolicy`, `DependsOn`,
    /// `Metadata`, ...
    pub attributes: IndexMap<String, Node>,
}

/// What has one name in all regions of an account.
const EVERYWHERE: [&str; 5] =
    ["AWS::S3::Bucket", "AWS::IAM::", "AWS::CloudFront::", "AWS::Route53::", "AWS::Organizations::"];

impl Resource {
    /// Whether both are in the same account and region. In code, where neither is told, they are.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.account == other.account && self.region == other.region
    }

    /// Whether `other` means this resource when it says `name`, which is its name or its ARN.
    pub(crate) fn is_meant_by(&self, name: &str, other: &Self) -> bool {
        let is_everywhere = EVERYWHERE.iter().any(|kind| self.kind.starts_with(kind));
        name.starts_with("arn:") || self.account == other.account && (is_everywhere || self.region == other.region)
    }
}

/// Whether a resource exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// It does.
    Certain,
    /// It depends on a condition that cannot be resolved.
    Possible(Arc<Expression>),
}

/// What a resource was read from. It decides which default an unset property has, and that what only
/// a running account can tell is unknown in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// A template, a plan, a directory: what will be created.
    Code,
    /// An account: what is there.
    Account,
}
