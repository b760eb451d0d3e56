//! YAML to the raw tree.

use std::borrow::Cow;

use indexmap::IndexMap;
use model::{Node, Origin, SourceId, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::error::Refusal;
use crate::tree::{MAX_DEPTH, MERGE, Tree, add_missing, depth, too_deep, weight, within};
use crate::{scalar, tags};

/// Reads one document.
pub(crate) fn parse(text: &str) -> Result<Node, Refusal> {
    let mut reader = Reader {
        tree: Tree::new(),
        anchors: Vec::new(),
        anchored: Vec::new(),
        merging: Vec::new(),
        // Copies of what an alias stands for may make a document larger, but not without limit.
        budget: ((1 << 20) + 16 * text.len()).min(1 << 28),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| refusal(&error))?;
        reader.event(event, span)?;
    }
    reader.tree.finish().ok_or_else(|| Refusal::new(1, "an empty document"))
}

struct Reader {
    tree: Tree,
    /// What anchors stand for, by the parser's numbers; none while the node has not ended.
    anchors: Vec<Option<Node>>,
    /// The anchor of each open collection, 0 for none.
    anchored: Vec<usize>,
    /// The levels at which the value of a merge key is being read.
    merging: Vec<usize>,
    budget: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Refusal> {
        let origin = origin(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.tree.wants_key() {
                    self.key(text, style, anchor, tag.as_deref(), origin)
                } else {
                    let node = scalar_node(&text, style, tag.as_deref(), origin)?;
                    self.done(node, anchor)
                }
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_as_key(origin)?;
                let function = function(tag.as_deref(), "seq", origin)?;
                self.tree.begin_list(origin, function)?;
                self.anchored.push(anchor);
                Ok(())
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_as_key(origin)?;
                let function = function(tag.as_deref(), "map", origin)?;
                self.tree.begin_map(origin, function)?;
                self.anchored.push(anchor);
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let anchor = self.anchored.pop().unwrap_or(0);
                match self.tree.end() {
                    Some(node) => self.done(node, anchor),
                    None => Err(Refusal::new(origin.line, "an end without a beginning")),
                }
            }
            Event::Alias(anchor) => {
                self.refuse_as_key(origin)?;
                let Some(Some(node)) = self.anchors.get(anchor) else {
                    return Err(Refusal::new(origin.line, "an alias to what it stands in"));
                };
                if self.tree.depth() + depth(node) > MAX_DEPTH {
                    return Err(too_deep(origin.line));
                }
                let mut node = node.clone();
                self.spend(&node, origin)?;
                node.origin = origin;
                self.done(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn key(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        origin: Origin,
    ) -> Result<(), Refusal> {
        if tag.is_some_and(|tag| !tag.is_yaml_core_schema() && !is_unspecific(tag)) {
            return Err(Refusal::new(origin.line, "a key that is not text"));
        }
        if anchor > 0 {
            self.remember(anchor, Node::new(Value::Text((&*text).into()), origin), origin)?;
        }
        if style == ScalarStyle::Plain && text == MERGE {
            self.merging.push(self.anchored.len());
        }
        self.tree.key(text.into_owned(), origin)
    }

    fn refuse_as_key(&self, origin: Origin) -> Result<(), Refusal> {
        match self.tree.wants_key() {
            true => Err(Refusal::new(origin.line, "a key that is not text")),
            false => Ok(()),
        }
    }

    /// A node that is complete goes where it belongs, or into the map that it is merged with.
    fn done(&mut self, node: Node, anchor: usize) -> Result<(), Refusal> {
        if anchor > 0 {
            let origin = node.origin;
            self.remember(anchor, node.clone(), origin)?;
        }
        if self.merging.last() != Some(&self.anchored.len()) {
            return self.tree.place(node);
        }
        self.merging.pop();
        let line = node.origin.line;
        let merged = merged(node).ok_or_else(|| Refusal::new(line, "a merge key (<<) whose value is not a map"))?;
        self.tree.merge(merged);
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: Node, origin: Origin) -> Result<(), Refusal> {
        self.spend(&node, origin)?;
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, None);
        }
        if let Some(place) = self.anchors.get_mut(anchor) {
            *place = Some(node);
        }
        Ok(())
    }

    fn spend(&mut self, node: &Node, origin: Origin) -> Result<(), Refusal> {
        match self.budget.checked_sub(weight(node)) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(Refusal::new(origin.line, "its aliases make it many times larger than it is written")),
        }
    }
}

fn refusal(error: &ScanError) -> Refusal {
    let line = u32::try_from(error.marker().line()).unwrap_or(u32::MAX).max(1);
    // The scanner has a limit of its own, which it reaches first where it looks far ahead.
    match error.info().contains("recursion limit") {
        true => too_deep(line),
        false => Refusal::syntax(line, format!("not valid YAML: {}", error.info())),
    }
}

fn origin(span: Span) -> Origin {
    let line = u32::try_from(span.start.line()).unwrap_or(u32::MAX);
    let column = u32::try_from(span.start.col() + 1).unwrap_or(u32::MAX);
    Origin::new(SourceId(0), line.max(1), column)
}

/// What a merge key adds: a map, or several of which the earlier ones win.
fn merged(node: Node) -> Option<IndexMap<String, Node>> {
    match node.value {
        Value::Map(entries) => Some(entries),
        Value::List(items) => {
            let mut all = IndexMap::new();
            for item in items {
                let Value::Map(entries) = item.value else { return None };
                add_missing(&mut all, entries);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The function that the tag of a collection stands for; `core` is the tag that says nothing.
fn function(tag: Option<&Tag>, core: &str, origin: Origin) -> Result<Option<&'static str>, Refusal> {
    match tag {
        None => Ok(None),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == core => Ok(None),
        Some(tag) if is_unspecific(tag) => Ok(None),
        Some(tag) => short(tag, origin).map(Some),
    }
}

/// Whether a tag is the lone exclamation mark.
fn is_unspecific(tag: &Tag) -> bool {
    matches!((tag.handle.as_str(), tag.suffix.as_str()), ("!", "") | ("", "!"))
}

fn short(tag: &Tag, origin: Origin) -> Result<&'static str, Refusal> {
    if tag.handle == "!"
        && let Some(name) = tags::long_form(&tag.suffix)
    {
        return Ok(name);
    }
    let written = match tag.is_yaml_core_schema() {
        true => format!("!!{}", tag.suffix),
        false => tag.to_string(),
    };
    Err(Refusal::new(origin.line, format!("unknown tag {written}")))
}

fn scalar_node(text: &str, style: ScalarStyle, tag: Option<&Tag>, origin: Origin) -> Result<Node, Refusal> {
    let value = match tag {
        None if style == ScalarStyle::Plain => scalar::plain(text),
        None => Value::Text(text.into()),
        Some(tag) if tag.is_yaml_core_schema() => match tag.suffix.as_str() {
            "str" => Value::Text(text.into()),
            "null" | "bool" | "int" | "float" => scalar::plain(text),
            _ => return short(tag, origin).map(|_| Node::new(Value::Null, origin)),
        },
        Some(tag) if is_unspecific(tag) => Value::Text(text.into()),
        Some(tag) => {
            let name = short(tag, origin)?;
            return Ok(within(Some(name), argument(name, text, origin)));
        }
    };
    Ok(Node::new(value, origin))
}

/// The argument of a function that was written as a scalar behind its short tag.
fn argument(function: &str, text: &str, origin: Origin) -> Node {
    let value = match text.split_once('.') {
        Some((target, attribute)) if function == "Fn::GetAtt" => Value::List(vec![
            Node::new(Value::Text(target.into()), origin),
            Node::new(Value::Text(attribute.into()), origin),
        ]),
        _ => Value::Text(text.into()),
    };
    Node::new(value, origin)
}
