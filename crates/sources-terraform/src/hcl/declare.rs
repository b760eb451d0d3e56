//! What the files of a module declare, overrides merged in.

use std::collections::HashMap;

use hcl_edit::Decorated;
use hcl_edit::Ident;
use hcl_edit::expr::Expression as Syntax;
use hcl_edit::structure::{Attribute, Block, Body};
use indexmap::{Equivalent, IndexMap};
use model::Origin;

use super::library::Folder;
use super::syntax::{self, File};

/// An argument and the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct Argument<'a> {
    pub(super) file: &'a File,
    key: &'a Decorated<Ident>,
    pub(super) value: &'a Syntax,
}

impl<'a> Argument<'a> {
    fn new(file: &'a File, attribute: &'a Attribute) -> Self {
        Self { file, key: &attribute.key, value: &attribute.value }
    }

    /// Where its name stands.
    pub(super) fn place(&self) -> Origin {
        self.file.place(self.key)
    }
}

/// What a block holds. A block that is overridden holds what it comes to.
pub(super) struct Content<'a> {
    pub(super) file: &'a File,
    pub(super) block: &'a Block,
    pub(super) arguments: IndexMap<&'a str, Argument<'a>>,
    pub(super) blocks: Vec<(&'a File, &'a Block)>,
    /// The number of the file in its folder, and of the block among those of the file.
    pub(super) number: (usize, usize),
}

impl<'a> Content<'a> {
    fn new(file: &'a File, block: &'a Block, number: (usize, usize)) -> Self {
        let arguments = arguments(file, &block.body);
        Self { file, block, arguments, blocks: block.body.blocks().map(|block| (file, block)).collect(), number }
    }

    /// Takes over what an override says: arguments one by one, nested blocks by their type.
    fn merge(&mut self, other: Self) {
        self.arguments.extend(other.arguments);
        let replaced = |block: &Block| other.blocks.iter().any(|(_, own)| own.ident.as_str() == block.ident.as_str());
        self.blocks.retain(|(_, block)| !replaced(block));
        self.blocks.extend(other.blocks);
    }

    /// The nested blocks of a type.
    pub(super) fn nested(&self, kind: &str) -> impl Iterator<Item = (&'a File, &'a Block)> {
        self.blocks.iter().copied().filter(move |(_, block)| block.ident.as_str() == kind)
    }

    pub(super) fn place(&self) -> Origin {
        self.file.place(self.block)
    }
}

/// The arguments of a body.
pub(super) fn arguments<'a>(file: &'a File, body: &'a Body) -> IndexMap<&'a str, Argument<'a>> {
    body.attributes().map(|attribute| (attribute.key.as_str(), Argument::new(file, attribute))).collect()
}

/// A type and a name to look for, however long they live.
#[derive(Hash)]
pub(super) struct Labels<'n>(pub(super) &'n str, pub(super) &'n str);

impl Equivalent<(&str, &str)> for Labels<'_> {
    fn equivalent(&self, key: &(&str, &str)) -> bool {
        (self.0, self.1) == *key
    }
}

type ByName<'a> = IndexMap<&'a str, Content<'a>>;
type ByTypeAndName<'a> = IndexMap<(&'a str, &'a str), Content<'a>>;

/// One module as it is declared.
pub(super) struct Module<'a> {
    pub(super) folder: &'a Folder,
    pub(super) variables: ByName<'a>,
    pub(super) locals: HashMap<&'a str, Argument<'a>>,
    pub(super) outputs: ByName<'a>,
    pub(super) resources: ByTypeAndName<'a>,
    pub(super) data: ByTypeAndName<'a>,
    pub(super) calls: ByName<'a>,
    /// By name and alias: `aws`, `aws.east`.
    pub(super) providers: IndexMap<String, Content<'a>>,
    /// Addresses in the module that have become others: from and to, as they are written.
    pub(super) moves: Vec<(String, String)>,
    /// Blocks that do not count, and why.
    pub(super) refused: Vec<(&'a File, &'a Block, &'static str)>,
}

impl<'a> Module<'a> {
    pub(super) fn of(folder: &'a Folder) -> Self {
        let mut module = Self {
            folder,
            variables: IndexMap::new(),
            locals: HashMap::new(),
            outputs: IndexMap::new(),
            resources: IndexMap::new(),
            data: IndexMap::new(),
            calls: IndexMap::new(),
            providers: IndexMap::new(),
            moves: Vec::new(),
            refused: Vec::new(),
        };
        for (number, file) in folder.files.iter().enumerate() {
            for (block_number, (file, block)) in syntax::top_blocks(std::slice::from_ref(file)).enumerate() {
                module.declare(file, block, (number, block_number));
            }
        }
        module
    }

    fn declare(&mut self, file: &'a File, block: &'a Block, number: (usize, usize)) {
        let content = || Content::new(file, block, number);
        let mut labels = block.labels.iter().map(|label| label.as_str());
        let is_new = match (block.ident.as_str(), labels.next(), labels.next()) {
            ("locals", ..) => {
                self.locals.extend(arguments(file, &block.body));
                true
            }
            ("variable", Some(name), _) => add(&mut self.variables, name, content()),
            ("output", Some(name), _) => add(&mut self.outputs, name, content()),
            ("module", Some(name), _) => add(&mut self.calls, name, content()),
            ("resource", Some(kind), Some(name)) => add(&mut self.resources, (kind, name), content()),
            ("data", Some(kind), Some(name)) => add(&mut self.data, (kind, name), content()),
            ("provider", Some(name), _) => {
                let content = content();
                let key = match content.arguments.get("alias").map(|alias| alias.value) {
                    Some(Syntax::String(alias)) => format!("{name}.{}", alias.as_str()),
                    _ => name.to_owned(),
                };
                add(&mut self.providers, key, content)
            }
            ("moved", ..) => {
                let address = |name| block.body.get_attribute(name).and_then(|end| address(file, &end.value));
                self.moves.extend(address("from").zip(address("to")));
                true
            }
            ("resource" | "data" | "variable" | "output" | "module" | "provider", ..) => {
                return self.refused.push((file, block, "lacks a name"));
            }
            _ => true,
        };
        if !is_new {
            self.refused.push((file, block, "is declared more than once: the first counts"));
        }
    }
}

/// An address as it is written, without blanks; in JSON it is text.
fn address(file: &File, value: &Syntax) -> Option<String> {
    match value {
        Syntax::String(address) => Some(address.as_str().to_owned()),
        Syntax::Traversal(_) => {
            let mut is_key = false;
            let written = file.written(value).chars().filter(|letter| {
                is_key ^= *letter == '"';
                is_key || !letter.is_whitespace()
            });
            Some(written.collect())
        }
        _ => None,
    }
}

/// Adds what a block declares, or what an override makes of it. False when it is declared already.
fn add<'a, K: std::hash::Hash + Eq>(to: &mut IndexMap<K, Content<'a>>, key: K, content: Content<'a>) -> bool {
    match to.get_mut(&key) {
        Some(known) if syntax::overrides(&content.file.name) => known.merge(content),
        Some(_) => return false,
        None => {
            to.insert(key, content);
        }
    }
    true
}
