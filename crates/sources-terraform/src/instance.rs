//! What every reader of Terraform yields: instances of resources, in Terraform's own names.

use model::{Node, Origin, Presence, Suppression};

/// One instance of a managed resource, before it is given CloudFormation's names.
///
/// In `values`, a [`model::Reference`] names another instance by its number in the list of the same
/// configuration, and an attribute of it in Terraform's name (`id`, `arn`).
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    /// `module.shop["eu"].aws_s3_bucket.logs[0]`
    pub(crate) address: String,
    /// The addresses it had before, the last first, as far as `moved` blocks or a plan tell.
    pub(crate) formerly: Vec<String>,
    /// `aws_s3_bucket`
    pub(crate) kind: String,
    /// A map: arguments by name, and nested blocks as lists of maps, however many there are. What was
    /// not written is not there. `tags_all` holds the tags with those that the provider adds.
    pub(crate) values: Node,
    /// Where the block begins, or the plan.
    pub(crate) origin: Origin,
    /// Whether it certainly exists.
    pub(crate) presence: Presence,
    /// The account it goes to, where the provider's configuration tells.
    pub(crate) account: Option<String>,
    /// The region it goes to, where the provider's configuration tells.
    pub(crate) region: Option<String>,
    /// `lifecycle.prevent_destroy`, where it is written.
    pub(crate) prevent_destroy: Option<Node>,
    /// The waivers written on it: maps with `check`, `reason`, `owner` and `until`.
    pub(crate) waivers: Vec<Node>,
}

/// What one root module, plan or state comes to.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// Its managed resources, in the order of their addresses.
    pub(crate) instances: Vec<Instance>,
    /// What other tools are told to overlook, with the instance it stands in. The `resource` of it is filled in later.
    pub(crate) suppressions: Vec<(Option<usize>, Suppression)>,
    /// What its modules say beside their resources, where there is code.
    pub(crate) descriptions: Vec<Description>,
}

/// What a module says beside its resources.
#[derive(Debug)]
pub(crate) struct Description {
    /// The folder.
    pub(crate) id: String,
    /// Its first file.
    pub(crate) origin: Origin,
    /// As those of templates: `Parameters`.
    pub(crate) properties: Node,
}
