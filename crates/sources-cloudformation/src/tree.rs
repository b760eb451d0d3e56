//! Builds the raw tree of a document from the events of a parser.
//!
//! The stack is on the heap and its height is limited, so that neither a parser nor anything that
//! walks the finished tree can be made to overflow its own.

use indexmap::IndexMap;
use indexmap::map::Entry;
use model::{Node, Origin, Value};

use crate::error::Refusal;

/// The deepest nesting that is read. What AWS accepts is far below.
pub(crate) const MAX_DEPTH: usize = 200;

/// The most values that are read. Where each takes a character or two, they take fifty times the memory
/// of the text.
const MAX_NODES: usize = 1 << 22;

/// The key of YAML that copies the entries of other maps.
pub(crate) const MERGE: &str = "<<";

/// The tree as far as it has been read.
pub(crate) struct Tree {
    open: Vec<Collection>,
    root: Option<Node>,
    nodes: usize,
}

/// A list or map that has not ended.
struct Collection {
    content: Content,
    origin: Origin,
    depth: usize,
    /// The function that a short tag puts around it.
    function: Option<&'static str>,
}

enum Content {
    List(Vec<Node>),
    Map {
        entries: IndexMap<String, Node>,
        /// Whether the last entry has its key and not yet its value.
        open: bool,
        /// What merge keys add once the map has ended.
        merged: Option<IndexMap<String, Node>>,
    },
}

impl Tree {
    pub(crate) fn new() -> Self {
        Self { open: Vec::new(), root: None, nodes: 0 }
    }

    /// How many levels the innermost open collection is deep.
    pub(crate) fn depth(&self) -> usize {
        self.open.last().map_or(0, |collection| collection.depth)
    }

    /// Whether the next thing to come is the key of an entry.
    pub(crate) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Collection { content: Content::Map { open: false, .. }, .. }))
    }

    /// Begins a list.
    pub(crate) fn begin_list(&mut self, origin: Origin, function: Option<&'static str>) -> Result<(), Refusal> {
        self.begin(Content::List(Vec::new()), origin, function)
    }

    /// Begins a map.
    pub(crate) fn begin_map(&mut self, origin: Origin, function: Option<&'static str>) -> Result<(), Refusal> {
        self.begin(Content::Map { entries: IndexMap::new(), open: false, merged: None }, origin, function)
    }

    fn begin(&mut self, content: Content, origin: Origin, function: Option<&'static str>) -> Result<(), Refusal> {
        let depth = self.depth() + 1 + usize::from(function.is_some());
        if depth > MAX_DEPTH {
            return Err(too_deep(origin.line));
        }
        self.open.push(Collection { content, origin, depth, function });
        Ok(())
    }

    /// The key of the next entry.
    pub(crate) fn key(&mut self, mut name: String, origin: Origin) -> Result<(), Refusal> {
        // The parsers leave room behind it, several times its length.
        name.shrink_to_fit();
        let Some(Collection { content: Content::Map { entries, open, .. }, .. }) = self.open.last_mut() else {
            return Err(Refusal::new(origin.line, "a key outside a map"));
        };
        match entries.entry(name) {
            Entry::Vacant(vacant) => {
                vacant.insert(Node::new(Value::Null, origin));
                *open = true;
                Ok(())
            }
            Entry::Occupied(entry) => {
                let (name, line) = (entry.key(), entry.get().origin.line);
                Err(Refusal::new(origin.line, format!("duplicate key {name}, first used in line {line}")))
            }
        }
    }

    /// Ends the innermost collection and gives it back, not yet placed.
    pub(crate) fn end(&mut self) -> Option<Node> {
        let Collection { content, origin, function, .. } = self.open.pop()?;
        // A collection keeps room for more while it grows; of the small ones that most are, several
        // times what they need.
        let value = match content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Value::List(items)
            }
            Content::Map { mut entries, merged: None, .. } => {
                entries.shrink_to_fit();
                Value::Map(entries)
            }
            Content::Map { mut entries, merged: Some(others), .. } => {
                entries.shift_remove(MERGE);
                add_missing(&mut entries, others);
                Value::Map(entries)
            }
        };
        Some(within(function, Node::new(value, origin)))
    }

    /// The value of the merge key whose key came last. What the map itself says wins, wherever it
    /// stands.
    pub(crate) fn merge(&mut self, others: IndexMap<String, Node>) {
        // Its entry stays until the end, so that a second merge key is a duplicate.
        if let Some(Collection { content: Content::Map { open, merged, .. }, .. }) = self.open.last_mut() {
            *open = false;
            *merged = Some(others);
        }
    }

    /// Puts a finished node where it belongs.
    pub(crate) fn place(&mut self, mut node: Node) -> Result<(), Refusal> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Refusal::new(node.origin.line, format!("more than {MAX_NODES} values")));
        }
        match self.open.last_mut().map(|collection| &mut collection.content) {
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, open, .. }) => {
                let Some((_, entry)) = entries.last_mut().filter(|_| *open) else {
                    return Err(Refusal::new(node.origin.line, "a value without a key"));
                };
                node.origin = entry.origin;
                *entry = node;
                *open = false;
            }
            None if self.root.as_ref().is_none_or(|root| root.value == Value::Null) => {
                self.root = Some(node);
            }
            None if node.value == Value::Null => {}
            None => return Err(Refusal::new(node.origin.line, "several documents in one file")),
        }
        Ok(())
    }

    /// The whole tree, when all of it has been read.
    pub(crate) fn finish(self) -> Option<Node> {
        self.root
    }
}

/// Adds the entries that a map does not have yet.
pub(crate) fn add_missing(entries: &mut IndexMap<String, Node>, others: IndexMap<String, Node>) {
    for (name, node) in others {
        if let Entry::Vacant(vacant) = entries.entry(name) {
            vacant.insert(node);
        }
    }
}

/// The refusal of what is nested too deeply.
pub(crate) fn too_deep(line: u32) -> Refusal {
    Refusal::new(line, format!("nested more than {MAX_DEPTH} levels deep"))
}

/// The long form of what a short tag stands for.
pub(crate) fn within(function: Option<&'static str>, node: Node) -> Node {
    match function {
        Some(name) => {
            let origin = node.origin;
            Node::new(Value::Map(IndexMap::from([(name.to_owned(), node)])), origin)
        }
        None => node,
    }
}

/// What a tree weighs, in bytes or so: what a copy of it costs.
pub(crate) fn weight(node: &Node) -> usize {
    64 + match &node.value {
        Value::Text(text) | Value::Number(text) => text.len(),
        Value::Pattern(parts) => parts.len() * 64,
        Value::List(items) => items.iter().map(weight).sum(),
        Value::Map(entries) => entries.iter().map(|(key, node)| key.len() + weight(node)).sum(),
        _ => 0,
    }
}

/// How many levels a tree is deep.
pub(crate) fn depth(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
