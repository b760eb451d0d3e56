//! Values that the variables of a root module are given.

use std::path::{Path, PathBuf};

use files::shown;
use indexmap::IndexMap;
use model::{Builder, Gap, Node, Origin};

use super::run::{Each, Frame, Run};
use super::syntax::{self, File};
use crate::{Error, Options};

/// A value of a variable.
#[derive(Debug)]
pub(super) enum Given {
    /// From a file.
    Node(Node),
    /// As it is typed: the type of the variable says what it means.
    Text(String),
}

/// A file of values: of HCL, or of JSON.
pub(super) enum Values {
    Code(File),
    Document(Node),
}

/// The files of values that count for a root module, the strongest last.
pub(super) fn files(root: &Path, options: &Options, into: &mut Builder) -> Result<Vec<Values>, Error> {
    let mut paths: Vec<PathBuf> = Vec::new();
    paths.extend(["terraform.tfvars", "terraform.tfvars.json"].map(|name| root.join(name)));
    let mut automatic: Vec<PathBuf> = Vec::new();
    for (name, _) in files::list(root).unwrap_or_default() {
        let name = name.to_string_lossy();
        if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") {
            automatic.push(root.join(&*name));
        }
    }
    paths.extend(automatic);
    let mut values = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        match read(path, into) {
            Ok((found, faults)) => {
                values.push(found);
                for (line, reason) in faults {
                    into.gap(Gap::in_file(shown(path), Some(line), reason));
                }
            }
            Err((line, reason)) => into.gap(Gap::in_file(shown(path), line, reason)),
        }
    }
    for path in &options.variable_files {
        let name = shown(path);
        if let Err(source) = std::fs::metadata(path) {
            return Err(Error::Unreadable { path: name, source });
        }
        let wrong = |line: u32, reason: String| Error::Variables { path: name.clone(), line, reason };
        let (found, faults) = read(path, into).map_err(|(line, reason)| wrong(line.unwrap_or(1), reason))?;
        if let Some((line, reason)) = faults.into_iter().next() {
            return Err(wrong(line, reason));
        }
        values.push(found);
    }
    Ok(values)
}

type Faults = Vec<(u32, String)>;

fn read(path: &Path, into: &mut Builder) -> Result<(Values, Faults), (Option<u32>, String)> {
    let text = syntax::text_of(path).map_err(|reason| (None, reason))?;
    if path.extension().is_some_and(|extension| extension == "json") {
        let document: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| (u32::try_from(error.line()).ok(), format!("not JSON: {error}")))?;
        let source = into.file(shown(path), text);
        return Ok((Values::Document(Node::from_json(document, Origin::new(source, 1, 1))), Vec::new()));
    }
    let (file, faults) = File::parsed(shown(path), text, into);
    Ok((Values::Code(file), faults.into_iter().map(|fault| (fault.line, fault.reason)).collect()))
}

/// All values that are given to the variables of a root module.
pub(super) fn given(run: &Run<'_>, files: &[Values], options: &Options) -> IndexMap<String, Given> {
    let mut given = IndexMap::new();
    for (name, value) in &options.environment {
        given.insert(name.clone(), Given::Text(value.clone()));
    }
    let Some(scope) = run.scope(0) else { return given };
    let each = Each::default();
    for values in files {
        match values {
            Values::Code(file) => {
                let frame = Frame { isolated: true, ..Frame::new(&scope, file, &each) };
                for attribute in file.body.attributes() {
                    let mut node = run.node(&attribute.value, &frame);
                    node.origin = file.place(&attribute.key);
                    given.insert(attribute.key.as_str().to_owned(), Given::Node(node));
                }
            }
            Values::Document(document) => {
                if let model::Value::Map(entries) = &document.value {
                    for (name, node) in entries {
                        given.insert(name.clone(), Given::Node(node.clone()));
                    }
                }
            }
        }
    }
    for (name, value) in &options.variables {
        given.insert(name.clone(), Given::Text(value.clone()));
    }
    given
}
