//! Nested stacks whose template lies in a local file.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use model::{Gap, Node, Resource, Value};

use crate::document;
use crate::error::Refusal;
use crate::functions::sub_references;
use crate::resolve::{Outputs, Scope};
use crate::stack::{File, Run, Shared, instantiate};
use crate::template::Template;
use crate::walk::{clean, load, shown};

/// The type of a nested stack.
pub(crate) const STACK: &str = "AWS::CloudFormation::Stack";

/// How deep stacks may nest. A quota of AWS allows fewer in practice.
const MAX_NESTING: usize = 16;

/// How many nested stacks one root may have in all.
const MAX_STACKS: usize = 1000;

/// The templates that one root has reached.
#[derive(Default)]
pub(crate) struct Library {
    templates: HashMap<PathBuf, Option<Rc<Nested>>>,
    /// The templates of the stacks that are being read, outermost first.
    open: Vec<PathBuf>,
    stacks: usize,
}

struct Nested {
    file: File,
    template: Template,
    bytes: usize,
}

impl Library {
    /// For a root that lies at this path.
    pub(crate) fn new(root: Option<&Path>) -> Self {
        Self { open: root.map(clean).into_iter().collect(), ..Self::default() }
    }

    /// The files that were read as nested templates.
    pub(crate) fn paths(&self) -> BTreeSet<PathBuf> {
        self.templates.keys().cloned().collect()
    }
}

/// Reads the stack that a resource declares; none, and a gap, when its template cannot be reached.
pub(crate) fn follow(
    shared: &Shared<'_>,
    run: &mut Run<'_>,
    scope: &Scope<'_>,
    parent: &File,
    resource: &Resource,
) -> Option<Outputs> {
    let place = match location(resource, parent) {
        Ok(place) => place,
        Err(reason) => {
            scope.gap(resource.origin, format!("nested stack {}: {reason}", resource.id));
            return None;
        }
    };
    let refused = if run.library.open.contains(&place) {
        Some("its template nests itself".to_owned())
    } else if run.library.open.len() >= MAX_NESTING {
        Some(format!("nested more than {MAX_NESTING} stacks deep"))
    } else if run.library.stacks >= MAX_STACKS {
        Some(format!("more than {MAX_STACKS} nested stacks"))
    } else {
        None
    };
    if let Some(reason) = refused {
        scope.gap(resource.origin, format!("nested stack {}: {reason}", resource.id));
        return None;
    }
    let nested = match run.library.templates.get(&place) {
        Some(known) => known.clone(),
        None => {
            let read = read(&place, run);
            let nested = match read {
                Ok(nested) => Some(Rc::new(nested)),
                Err((name, Refusal { line, reason, .. })) => {
                    run.builder.gap(Gap::in_file(name, Some(line), reason));
                    None
                }
            };
            run.library.templates.insert(place.clone(), nested.clone());
            if let Some(nested) = &nested {
                shared.report.extend(nested.bytes);
            }
            nested
        }
    }?;
    if run.library.stacks > 0 && !shared.report.spend(4 * nested.bytes, scope.file, resource.origin) {
        return None;
    }
    run.library.stacks += 1;
    let parameters = resource.properties.get("Parameters");
    let given = |name: &str, _| parameters.and_then(|parameters| parameters.get(name)).cloned();
    run.library.open.push(place);
    let prefix = format!("{}/", resource.id);
    let outputs = instantiate(shared, run, &nested.file, nested.template.clone(), &prefix, &given);
    run.library.open.pop();
    Some(outputs)
}

fn read(place: &Path, run: &mut Run<'_>) -> Result<Nested, (String, Refusal)> {
    let name = shown(place);
    let text = load(place).map_err(|refusal| (name.clone(), refusal))?;
    let source = run.builder.file(name.as_str(), text.as_str());
    let template = document::parse(&text, source)
        .and_then(Template::new)
        .map_err(|refusal| (name.clone(), refusal))?;
    let file = File { name, source, path: Some(place.to_owned()) };
    Ok(Nested { file, template, bytes: text.len() })
}

/// Where the template of a nested stack lies; an error says why it cannot be read.
fn location(resource: &Resource, parent: &File) -> Result<PathBuf, String> {
    // The CDK uploads the template and writes beside the resource which file it was.
    let asset = resource.attributes.get("Metadata").and_then(|node| node.get("aws:asset:path"));
    let written = match asset.or_else(|| resource.properties.get("TemplateURL")) {
        Some(node) => node,
        None => return Err("it has no TemplateURL".to_owned()),
    };
    let Value::Text(text) = &written.value else {
        let text = crate::expression::render(written);
        return Err(format!("where its template lies is not known: {text}"));
    };
    local(text, parent.path.as_deref())
}

/// The file that a template location names, relative to the template it is written in.
pub(crate) fn local(text: &str, parent: Option<&Path>) -> Result<PathBuf, String> {
    let text = text.strip_prefix("file://").unwrap_or(text);
    if text.contains("://") {
        return Err(format!("its template is remote and was not read: {text}"));
    }
    let Some(folder) = parent.and_then(Path::parent) else {
        return Err(format!("its template was not read, for want of a folder to find it in: {text}"));
    };
    let place = clean(&folder.join(text));
    match place.is_file() {
        true => Ok(place),
        false => Err(format!("its template is not there: {}", shown(&place))),
    }
}

/// The logical ids that a tree refers to.
pub(crate) fn mentions(node: &Node, found: &mut BTreeSet<String>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| mentions(item, found)),
        Value::Map(entries) => {
            for (key, entry) in entries {
                match (key.as_str(), &entry.value) {
                    ("Fn::GetAtt", Value::Text(text)) => {
                        found.extend(text.split('.').next().map(str::to_owned));
                    }
                    ("Fn::GetAtt", Value::List(items)) => {
                        if let Some(Node { value: Value::Text(text), .. }) = items.first() {
                            found.insert(text.to_string());
                        }
                    }
                    ("Fn::Sub", _) => substituted(entry, found),
                    _ => {}
                }
                mentions(entry, found);
            }
        }
        _ => {}
    }
}

fn substituted(argument: &Node, found: &mut BTreeSet<String>) {
    let text = match &argument.value {
        Value::List(items) => items.first(),
        _ => Some(argument),
    };
    if let Some(Node { value: Value::Text(text), .. }) = text {
        let names = sub_references(text).filter_map(|name| name.split('.').next());
        found.extend(names.map(str::to_owned));
    }
}
