//! Nested stacks whose template lies in a local file.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use files::{Boundary, clean, identity, shown};
use model::{Gap, Node, Resource, Value};

use crate::document;
use crate::error::Refusal;
use crate::functions::sub_references;
use crate::hidden::holds_hidden;
use crate::resolve::{Outputs, Scope};
use crate::resource::Entry;
use crate::stack::{File, Run, Shared, instantiate, template_of};
use crate::template::Template;
use crate::walk::load;

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
        Self { open: root.map(identity).into_iter().collect(), ..Self::default() }
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
    let place = match location(resource, parent, shared.boundary) {
        Ok(place) => place,
        Err(reason) => {
            scope.gap(resource.origin, format!("nested stack {}: {reason}", resource.id));
            return None;
        }
    };
    let refused = if run.library.open.contains(&identity(&place)) {
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
    let nested = match run.library.templates.get(&identity(&place)) {
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
            run.library.templates.insert(identity(&place), nested.clone());
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
    run.library.open.push(identity(&place));
    let prefix = format!("{}/", resource.id);
    let outputs = instantiate(shared, run, &nested.file, nested.template.clone(), &prefix, &given);
    run.library.open.pop();
    Some(outputs)
}

fn read(place: &Path, run: &mut Run<'_>) -> Result<Nested, (String, Refusal)> {
    let name = shown(place);
    let text = load(place).map_err(|refusal| (name.clone(), refusal))?;
    let text: Arc<str> = text.into();
    let root = document::parse(&text).map_err(|refusal| (name.clone(), refusal))?;
    let source = run.builder.file(name.as_str(), Arc::clone(&text));
    let template = template_of(root, source).map_err(|refusal| (name.clone(), refusal))?;
    let bytes = text.len();
    let file = File { name, source, path: Some(place.to_owned()), text, told: Cell::new(false) };
    Ok(Nested { file, template, bytes })
}

/// Where the template of a nested stack lies; an error says why it cannot be read.
fn location(resource: &Resource, parent: &File, boundary: Option<&Boundary>) -> Result<PathBuf, String> {
    // The CDK uploads the template and writes beside the resource which file it was.
    let asset = resource.attributes.get("Metadata").and_then(|node| node.get("aws:asset:path"));
    let written = match asset.or_else(|| resource.properties.get("TemplateURL")) {
        Some(node) => node,
        None => return Err("it has no TemplateURL".to_owned()),
    };
    let text = match &written.value {
        Value::Text(text) if !holds_hidden(written) => text,
        _ => {
            let text = crate::expression::render(written);
            return Err(format!("where its template lies is not known: {text}"));
        }
    };
    local(text, parent.path.as_deref(), boundary)
}

/// The file that a template location names, relative to the template it is written in.
pub(crate) fn local(text: &str, parent: Option<&Path>, boundary: Option<&Boundary>) -> Result<PathBuf, String> {
    let text = text.strip_prefix("file://").unwrap_or(text);
    if text.contains("://") {
        return Err(format!("its template is remote and was not read: {text}"));
    }
    let (Some(folder), Some(boundary)) = (parent.and_then(Path::parent), boundary) else {
        return Err(format!("its template was not read, for want of a folder to find it in: {text}"));
    };
    let place = clean(&folder.join(text));
    if !boundary.holds(&place) {
        return Err(format!("its template lies outside {} and was not read: {text}", boundary.name()));
    }
    match place.is_file() {
        true => Ok(place),
        false => Err(format!("its template is not there: {}", shown(&place))),
    }
}

/// Nested stacks in an order in which each comes after those whose outputs it takes.
pub(crate) fn in_order(stacks: Vec<Entry>) -> Vec<Entry> {
    let names: HashMap<String, usize> =
        stacks.iter().enumerate().map(|(number, stack)| (stack.logical.clone(), number)).collect();
    let needs: Vec<Vec<usize>> = stacks
        .iter()
        .map(|stack| {
            let mut found = BTreeSet::new();
            stack.properties.iter().for_each(|node| mentions(node, &mut found));
            found.iter().filter_map(|name| names.get(name).copied()).collect()
        })
        .collect();
    let mut waiting: Vec<Option<Entry>> = stacks.into_iter().map(Some).collect();
    let mut seen = vec![false; waiting.len()];
    let mut ordered = Vec::with_capacity(waiting.len());
    // Depth first, on a stack of its own. Those that need each other come in the order found.
    for start in 0..waiting.len() {
        let mut path = vec![(start, 0)];
        while let Some((number, next)) = path.pop() {
            if next == 0 && std::mem::replace(&mut seen[number], true) {
                continue;
            }
            match needs[number].get(next) {
                Some(&other) => {
                    path.push((number, next + 1));
                    if !seen[other] {
                        path.push((other, 0));
                    }
                }
                None => ordered.extend(waiting[number].take()),
            }
        }
    }
    ordered
}

/// The logical ids that a tree refers to.
fn mentions(node: &Node, found: &mut BTreeSet<String>) {
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
