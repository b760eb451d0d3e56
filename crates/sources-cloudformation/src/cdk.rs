//! Output folders of the CDK: the manifest says which files are templates of stacks.

use std::path::{Path, PathBuf};

use model::{Node, Value};

use crate::{document, walk};

/// The file that makes a folder an output folder.
pub(crate) const MANIFEST: &str = "manifest.json";

/// A stack of an output folder.
pub(crate) struct Stack {
    pub(crate) template: PathBuf,
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

/// What a manifest lists.
pub(crate) struct Assembly {
    pub(crate) stacks: Vec<Stack>,
    /// Output folders within this one: the CDK makes one for each stage.
    pub(crate) folders: Vec<PathBuf>,
}

/// Reads the manifest of a folder; none when the folder is not an output folder of the CDK.
pub(crate) fn assembly(folder: &Path) -> Option<Assembly> {
    let text = walk::load(&folder.join(MANIFEST)).ok()?;
    let root = document::parse(&text).ok()?;
    root.get("version")?;
    let Value::Map(artifacts) = &root.get("artifacts")?.value else { return None };
    let mut assembly = Assembly { stacks: Vec::new(), folders: Vec::new() };
    for artifact in artifacts.values() {
        let properties = artifact.get("properties");
        let property = |name: &str| properties.and_then(|node| node.get(name)).and_then(text_of);
        match artifact.get("type").and_then(text_of) {
            Some("aws:cloudformation:stack") => {
                let Some(template) = property("templateFile") else { continue };
                let (account, region) = environment(artifact);
                let template = files::clean(&folder.join(template));
                assembly.stacks.push(Stack { template, account, region });
            }
            Some("cdk:cloud-assembly") => {
                let Some(inner) = property("directoryName") else { continue };
                assembly.folders.push(files::clean(&folder.join(inner)));
            }
            _ => {}
        }
    }
    Some(assembly)
}

/// The account and region of `aws://123456789012/eu-west-1`, as far as the CDK knew them.
fn environment(artifact: &Node) -> (Option<String>, Option<String>) {
    let place = artifact
        .get("environment")
        .and_then(text_of)
        .and_then(|text| text.strip_prefix("aws://"))
        .and_then(|text| text.split_once('/'));
    let known = |text: &str| (!text.starts_with("unknown-")).then(|| text.to_owned());
    place.map_or((None, None), |(account, region)| (known(account), known(region)))
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
