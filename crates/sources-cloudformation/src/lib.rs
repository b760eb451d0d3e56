//! Templates of CloudFormation to the inventory.
//!
//! YAML and JSON, SAM, nested stacks and the output folders of the CDK. Every node keeps the place it
//! was written at. Functions are resolved as far as the template and the [`Options`] tell; what they
//! do not tell stays unknown and keeps the expression that was written. A template that is broken
//! becomes a [gap](model::Gap) with its line and costs only itself.
//!
//! ```
//! use model::{Builder, Value};
//! use sources_cloudformation::{Options, read_text};
//!
//! let template = "
//! Parameters: { Encrypted: { Type: String } }
//! Resources:
//!   Database:
//!     Type: AWS::RDS::DBInstance
//!     Properties: { StorageEncrypted: !Ref Encrypted, MultiAZ: true }
//! ";
//! let mut builder = Builder::new();
//! read_text("template.yaml", template, &Options::default(), &mut builder);
//! let inventory = builder.build();
//! let database = inventory.resources.iter().find(|resource| resource.id == "Database").unwrap();
//! assert_eq!(database.properties.get("MultiAZ").unwrap().value, Value::Bool(true));
//! let encrypted = database.properties.get("StorageEncrypted").unwrap();
//! assert_eq!(&*encrypted.expression().unwrap().text, "!Ref Encrypted");
//! ```

mod cdk;
mod conditions;
mod document;
mod error;
mod expression;
mod foreach;
mod functions;
mod hidden;
mod json;
mod nested;
mod parameters;
mod policy;
mod pseudo;
mod report;
mod resolve;
mod resource;
mod sam;
mod scalar;
mod stack;
mod suppressions;
mod tags;
mod template;
mod text;
mod tree;
mod twins;
mod walk;
mod yaml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use model::Builder;

pub use error::Error;
pub use parameters::parameter_file;

/// What is known about a deployment beside its templates.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Values of parameters, by name. They reach every template that is not nested in another.
    pub parameters: IndexMap<String, String>,
    /// The account, for `AWS::AccountId`.
    pub account: Option<String>,
    /// The region, for `AWS::Region`.
    pub region: Option<String>,
    /// The partition, for `AWS::Partition`; that of the region when not given.
    pub partition: Option<String>,
}

/// Reads templates and folders of templates. Folders are walked in the order of names, whatever order
/// the system lists them in; `progress` hears of every file before it is read. Files that are `taken`, in the form
/// of [`files::identity`], are somebody else's.
///
/// # Errors
/// When a path that is named does not exist or a folder that is named cannot be listed. Whatever is
/// wrong with a template is a gap and no error.
pub fn read(
    paths: &[PathBuf],
    taken: &BTreeSet<PathBuf>,
    options: &Options,
    progress: &mut dyn FnMut(&Path),
    into: &mut Builder,
) -> Result<(), Error> {
    walk::read(paths, taken, options, progress, into)
}

/// Reads one template from its text. `name` is the path that is shown for it.
pub fn read_text(name: &str, text: &str, options: &Options, into: &mut Builder) {
    stack::read_root(&stack::Root { name, text: text.into(), path: None, named: true, boundary: None }, options, into);
}
