//! Terraform to the inventory: plans, states, and folders of code.
//!
//! Resources get CloudFormation's types and properties by the mappings under `resources/`; what Terraform splits is put
//! together. What is not known stays unknown and keeps the expression that was written. A file that is broken becomes a
//! [gap](model::Gap) with its line and costs only itself.

mod assemble;
mod awscc;
mod comments;
mod error;
mod hcl;
mod instance;
mod json;
mod mapping;
mod overlay;
mod plan;
mod policy_document;
mod resources;
#[cfg(test)]
mod schema;
mod shape;
mod walk;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use model::Builder;

pub use error::Error;

/// What is known about a deployment beside its code.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Values of variables of root modules, as they are given to `-var`: text, or an expression.
    pub variables: IndexMap<String, String>,
    /// Files of values of variables, as they are given to `-var-file`.
    pub variable_files: Vec<PathBuf>,
    /// Values of variables from the environment, by name without `TF_VAR_`.
    pub environment: IndexMap<String, String>,
    /// The account that everything goes to.
    pub account: Option<String>,
    /// The region that everything goes to where its provider does not tell.
    pub region: Option<String>,
}

/// Reads what is Terraform among files and folders; `progress` hears of each plan and each folder of code before
/// it is read. Gives the files that are Terraform's, in the form of [`files::identity`], so that nobody else takes them
/// for something of theirs.
///
/// # Errors
/// When a file of variables cannot be used. Whatever is wrong with code or a plan is a gap and no error.
pub fn read(
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(&Path),
    into: &mut Builder,
) -> Result<BTreeSet<PathBuf>, Error> {
    walk::read(paths, options, progress, into)
}

/// Reads a plan or a state, as `terraform show -json` writes them. `name` is what is shown for it.
pub fn read_plan(name: &str, reader: impl Read, options: &Options, into: &mut Builder) {
    walk::plan_from(name, reader, options, into);
}

/// Whether a text that begins so is a plan or a state.
pub fn looks_like_plan(start: &[u8]) -> bool {
    plan::looks_like_plan(start)
}
