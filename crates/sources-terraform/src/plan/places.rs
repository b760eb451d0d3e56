//! The sources beside a plan: where everything in it was written, and what the plan does not tell of it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use files::{Boundary, clean};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ForIntro, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::visit::{Visit, visit_for_intro, visit_traversal};
use model::{Builder, Node, Origin, Suppression, Value};
use serde::Deserialize;

use super::configuration::{Configuration, Module};
use crate::comments;
use crate::hcl::syntax::{self, File};

/// How deep modules may lie in modules.
const MAX_DEPTH: usize = 32;

/// The folders of code of a plan's modules.
#[derive(Default)]
pub(crate) struct Sources {
    /// By the names of the calls that lead to them: `shop.logs`.
    modules: HashMap<String, usize>,
    folders: Vec<Folder>,
}

/// The code of a module.
struct Folder {
    files: Vec<File>,
    /// By address without a key, the file and the place in it.
    blocks: HashMap<String, (usize, usize)>,
    /// By name, the same.
    locals: HashMap<String, (usize, usize)>,
    /// By the place of a block.
    waivers: HashMap<(usize, usize), Vec<Node>>,
    suppressions: Vec<(Option<(usize, usize)>, Suppression)>,
}

/// What Terraform notes of the modules it has installed.
#[derive(Deserialize, Default)]
struct Manifest {
    #[serde(rename = "Modules", default)]
    modules: Vec<Installed>,
}

#[derive(Deserialize)]
struct Installed {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Dir")]
    folder: PathBuf,
}

/// The block of a resource.
pub(crate) struct Declared<'s> {
    pub(crate) spot: Spot<'s>,
    pub(crate) waivers: &'s [Node],
    pub(crate) prevent_destroy: Option<Node>,
}

impl Sources {
    /// The code of a plan, where the folder holds it.
    pub(crate) fn of(configuration: &Configuration, folder: &Path, into: &mut Builder) -> Self {
        let mut sources = Self::default();
        let Ok(files) = syntax::module_files(folder) else { return sources };
        if !files.iter().any(|file| is_read(file)) {
            return sources;
        }
        let manifest = std::fs::read(folder.join(".terraform/modules/modules.json")).ok();
        let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok()).unwrap_or_default();
        let boundary = Boundary::of(folder);
        let installed: HashMap<String, PathBuf> =
            manifest.modules.into_iter().map(|one| (one.key, folder.join(one.folder))).collect();
        let mut known: HashMap<PathBuf, usize> = HashMap::new();
        let mut open: Vec<(String, PathBuf, &Module, usize)> =
            vec![(String::new(), folder.to_owned(), &configuration.root_module, 0)];
        while let Some((path, folder, module, depth)) = open.pop() {
            let folder = clean(&folder);
            if depth > MAX_DEPTH || !boundary.holds(&folder) {
                continue;
            }
            let number = *known.entry(folder.clone()).or_insert_with(|| {
                // What is wrong with the code is no gap of the plan's.
                sources.folders.push(into.without_gaps(|into| Folder::read(&folder, into)));
                sources.folders.len() - 1
            });
            let mut calls: Vec<_> = module.module_calls.iter().collect();
            calls.sort_by_key(|(name, _)| *name);
            for (name, call) in calls {
                let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let is_local = call.source.starts_with("./") || call.source.starts_with("../");
                let inner = match installed.get(&key) {
                    _ if is_local => folder.join(&call.source),
                    Some(installed) => installed.clone(),
                    None => continue,
                };
                open.push((key, inner, &call.module, depth + 1));
            }
            sources.modules.insert(path, number);
        }
        sources
    }

    fn folder(&self, module: &str) -> Option<&Folder> {
        self.folders.get(*self.modules.get(module)?)
    }

    /// The block of a resource or a data source of a module.
    pub(crate) fn declared(&self, module: &str, address: &str) -> Option<Declared<'_>> {
        let folder = self.folder(module)?;
        let place = folder.blocks.get(address)?;
        let (file, block) = folder.block(*place)?;
        let lifecycle = block.body.get_blocks("lifecycle").find_map(|one| one.body.get_attribute("prevent_destroy"));
        let prevent_destroy = lifecycle.and_then(|attribute| match &attribute.value {
            Expression::Bool(value) => Some(Node::new(Value::Bool(*value.value()), file.place(&attribute.key))),
            _ => None,
        });
        Some(Declared {
            spot: Spot { origin: file.place(&block.ident), inner: Inner::Body(file, &block.body) },
            waivers: folder.waivers.get(place).map_or(&[], Vec::as_slice),
            prevent_destroy,
        })
    }

    /// The expression of a local value of a module.
    pub(crate) fn local(&self, module: &str, name: &str) -> Option<Spot<'_>> {
        let folder = self.folder(module)?;
        let (file, block) = folder.block(*folder.locals.get(name)?)?;
        let attribute = block.body.get_attribute(name)?;
        Some(Spot { origin: file.place(&attribute.key), inner: Inner::Value(file, &attribute.value) })
    }

    /// What other tools are told to overlook, with the module and the address it stands in.
    pub(crate) fn suppressions(&self) -> Vec<(Option<(String, String)>, Suppression)> {
        let mut found = Vec::new();
        for (number, folder) in self.folders.iter().enumerate() {
            // Of several calls that lead to a folder, the first.
            let path = self.modules.iter().filter(|(_, own)| **own == number).map(|(path, _)| path).min();
            let addresses: HashMap<_, _> = folder.blocks.iter().map(|(address, place)| (*place, address)).collect();
            for (place, suppression) in &folder.suppressions {
                let address = place.and_then(|place| addresses.get(&place).copied());
                found.push((path.cloned().zip(address.cloned()), suppression.clone()));
            }
        }
        found
    }
}

fn is_read(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "tf")
}

impl Folder {
    fn read(folder: &Path, into: &mut Builder) -> Self {
        let paths = syntax::module_files(folder).unwrap_or_default();
        let files: Vec<File> =
            paths.iter().filter(|path| is_read(path)).filter_map(|path| syntax::read(path, into)).collect();
        let mut made = Self {
            files: Vec::new(),
            blocks: HashMap::new(),
            locals: HashMap::new(),
            waivers: HashMap::new(),
            suppressions: Vec::new(),
        };
        for (number, file) in files.iter().enumerate() {
            let mut places = Vec::new();
            let mut lines = Vec::new();
            for (index, structure) in file.body.iter().enumerate() {
                let Structure::Block(block) = structure else { continue };
                places.push((number, index));
                lines.push(file.lines(block));
                let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
                match (block.ident.as_str(), labels.as_slice()) {
                    ("resource", [kind, name]) => {
                        _ = made.blocks.entry(format!("{kind}.{name}")).or_insert((number, index))
                    }
                    ("data", [kind, name]) => {
                        made.blocks.entry(format!("data.{kind}.{name}")).or_insert((number, index));
                    }
                    ("locals", []) => {
                        let names = block.body.attributes().map(|attribute| attribute.key.as_str().to_owned());
                        made.locals.extend(names.map(|name| (name, (number, index))));
                    }
                    _ => {}
                }
            }
            let comments = comments::of(&file.text, file.source, &lines);
            for (block, waiver) in comments.waivers {
                if let Some(place) = places.get(block) {
                    made.waivers.entry(*place).or_default().push(waiver);
                }
            }
            let found = comments.suppressions.into_iter();
            made.suppressions
                .extend(found.map(|(block, one)| (block.and_then(|block| places.get(block).copied()), one)));
        }
        made.files = files;
        made
    }

    fn block(&self, (file, index): (usize, usize)) -> Option<(&File, &Block)> {
        let file = self.files.get(file)?;
        match file.body.get(index)? {
            Structure::Block(block) => Some((file, block)),
            Structure::Attribute(_) => None,
        }
    }
}

/// A place in the code, and what stands there.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'s> {
    pub(crate) origin: Origin,
    inner: Inner<'s>,
}

#[derive(Clone, Copy)]
enum Inner<'s> {
    Nothing,
    Body(&'s File, &'s Body),
    /// The blocks of a name in a body.
    Blocks(&'s File, &'s Body, &'s str),
    /// What a `dynamic` block makes.
    Content(&'s File, &'s Body),
    Value(&'s File, &'s Expression),
}

impl<'s> Spot<'s> {
    /// A place of which the code is not at hand.
    pub(crate) fn bare(origin: Origin) -> Self {
        Self { origin, inner: Inner::Nothing }
    }

    /// A node at this place.
    pub(crate) fn node(self, value: Value) -> Node {
        Node::new(value, self.origin)
    }

    /// An argument or nested blocks, or an entry of an object. What is not written has the place of what it is in.
    pub(crate) fn entry(self, name: &str) -> Self {
        let bare = Self::bare(self.origin);
        match self.inner {
            Inner::Body(file, body) => {
                if let Some(attribute) = body.get_attribute(name) {
                    return Self { origin: file.place(&attribute.key), inner: Inner::Value(file, &attribute.value) };
                }
                let mut blocks = body.blocks();
                if let Some(block) = blocks.find(|block| block.ident.as_str() == name) {
                    let name = block.ident.as_str();
                    return Self { origin: file.place(&block.ident), inner: Inner::Blocks(file, body, name) };
                }
                let mut dynamic = body.get_blocks("dynamic");
                match dynamic.find(|block| block.labels.first().is_some_and(|label| label.as_str() == name)) {
                    Some(block) => {
                        let origin = file.place(&block.ident);
                        let content = block.body.get_blocks("content").next();
                        content.map_or(Self::bare(origin), |content| Self {
                            origin,
                            inner: Inner::Content(file, &content.body),
                        })
                    }
                    None => bare,
                }
            }
            Inner::Blocks(..) => self.item(0).entry(name),
            Inner::Value(file, Expression::Object(object)) => {
                let found = object.iter().find(|(key, _)| key_of(key) == Some(name));
                found.map_or(bare, |(key, value)| Self {
                    origin: key.span().map_or(self.origin, |span| file.origin(span.start)),
                    inner: Inner::Value(file, value.expr()),
                })
            }
            _ => bare,
        }
    }

    /// An item of a list, or one of several blocks.
    pub(crate) fn item(self, index: usize) -> Self {
        let found = match self.inner {
            Inner::Blocks(file, body, name) => {
                let block = body.blocks().filter(|block| block.ident.as_str() == name).nth(index);
                block.map(|block| Self { origin: file.place(&block.ident), inner: Inner::Body(file, &block.body) })
            }
            Inner::Value(file, Expression::Array(array)) => {
                let item = array.iter().nth(index);
                item.map(|item| Self { origin: file.place(item), inner: Inner::Value(file, item) })
            }
            _ => None,
        };
        found.unwrap_or(Self::bare(self.origin))
    }

    /// A block that a `dynamic` block makes; its place where there is none.
    pub(crate) fn made(self) -> Self {
        match self.inner {
            Inner::Content(file, body) => Self { origin: self.origin, inner: Inner::Body(file, body) },
            _ => Self::bare(self.origin),
        }
    }

    pub(crate) fn is_dynamic(self) -> bool {
        matches!(self.inner, Inner::Content(..))
    }

    /// Whether a block is at hand, and has neither an argument nor blocks of this name.
    pub(crate) fn lacks(self, name: &str) -> bool {
        match self.inner {
            Inner::Body(_, body) => {
                !body.has_attribute(name)
                    && body.blocks().all(|block| {
                        let label = block.labels.first().map(|label| label.as_str());
                        block.ident.as_str() != name && !(block.ident.as_str() == "dynamic" && label == Some(name))
                    })
            }
            _ => false,
        }
    }

    /// How many items or blocks there are.
    pub(crate) fn len(self) -> usize {
        match self.inner {
            Inner::Blocks(_, body, name) => body.blocks().filter(|block| block.ident.as_str() == name).count(),
            Inner::Value(_, Expression::Array(array)) => array.iter().count(),
            _ => 0,
        }
    }

    /// The expression that stands here.
    pub(crate) fn expression(self) -> Option<&'s Expression> {
        match self.inner {
            Inner::Value(_, expression) => Some(expression),
            _ => None,
        }
    }

    /// An expression of the same file as it is written.
    pub(crate) fn written(self, expression: &Expression) -> String {
        match self.inner {
            Inner::Value(file, _) => file.written(expression).to_owned(),
            _ => super::configuration::longest(&references(expression)).join(", "),
        }
    }

    /// Another expression of the same file.
    pub(crate) fn with(self, expression: &'s Expression) -> Self {
        match self.inner {
            Inner::Value(file, _) => Self { origin: self.origin, inner: Inner::Value(file, expression) },
            _ => self,
        }
    }
}

/// The name of an entry of an object, where it is a literal.
pub(crate) fn key_of(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(ident) => Some(ident.as_str()),
        ObjectKey::Expression(Expression::String(text)) => Some(text.value()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(_) => None,
    }
}

/// What an expression refers to, in the form that plans have.
pub(crate) fn references(expression: &Expression) -> Vec<Box<str>> {
    let mut found = Found::default();
    found.visit_expr(expression);
    let own = |reference: &str| reference.split(['.', '[']).next().is_some_and(|root| found.bound.contains(root));
    found.references.iter().filter(|reference| !own(reference)).map(|one| one.as_str().into()).collect()
}

#[derive(Default)]
struct Found {
    references: Vec<String>,
    /// The names that `for` gives.
    bound: HashSet<String>,
}

impl Visit for Found {
    fn visit_for_intro(&mut self, node: &ForIntro) {
        self.bound.extend(node.key_var.iter().map(|name| name.as_str().to_owned()));
        self.bound.insert(node.value_var.as_str().to_owned());
        visit_for_intro(self, node);
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        if let Expression::Variable(root) = &node.expr {
            let mut text = root.as_str().to_owned();
            for operator in &node.operators {
                match operator.value() {
                    TraversalOperator::GetAttr(name) => {
                        text.push('.');
                        text.push_str(name.as_str());
                    }
                    TraversalOperator::Index(Expression::String(key)) => {
                        text.push_str(&format!("[{}]", serde_json::Value::from(key.as_str())));
                    }
                    TraversalOperator::Index(Expression::Number(key)) => text.push_str(&format!("[{}]", key.value())),
                    TraversalOperator::LegacyIndex(key) => text.push_str(&format!("[{}]", key.value())),
                    // What is taken of each of them is an attribute all the same.
                    _ => {}
                }
            }
            self.references.push(text);
        }
        visit_traversal(self, node);
    }
}
