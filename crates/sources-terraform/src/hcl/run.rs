//! One reading of a root module: its modules, its resources, and what is kept between them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use files::Boundary;
use hcl_edit::expr::Expression as Syntax;
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Gap, Node, Origin, Part, Value, Why};

use super::declare::{Content, Labels, Module};
use super::syntax::File;
use super::value::{Fault, NOWHERE, bare, text, unknown};
use super::variables::Given;
use crate::Options;

/// How many steps evaluation may take beside those that the length of the code gives it: a second of work, and
/// many times what code needs.
const BASE_STEPS: u64 = 4_000_000;

/// How many steps more every byte of code gives.
const STEPS_PER_BYTE: u64 = 8;

/// How deep evaluation may go: the stack it runs on is made for it.
pub(super) const MAX_DEPTH: usize = 4_000;

/// Gaps of one root are told up to this number.
const MAX_GAPS: usize = 200;

/// How many modules may be in modules.
const MAX_MODULE_DEPTH: usize = 32;

/// How many instances of modules and resources there may be.
const MAX_INSTANCES: usize = 200_000;

/// What evaluation of one root module shares.
pub(super) struct Run<'a> {
    pub(super) options: &'a Options,
    pub(super) boundary: &'a Boundary,
    pub(super) modules: &'a [Module<'a>],
    /// Where the root module lies.
    pub(super) root: PathBuf,
    pub(super) given: IndexMap<String, Given>,
    pub(super) scopes: RefCell<Vec<Rc<Scope<'a>>>>,
    pub(super) slots: RefCell<Vec<Rc<Slot<'a>>>>,
    gaps: RefCell<Vec<Gap>>,
    steps: Cell<u64>,
    exhausted: Cell<bool>,
    pub(super) depth: Cell<usize>,
    /// How many `try`s and `can`s are around: within, what is wrong is for them to see.
    pub(super) trying: Cell<usize>,
}

/// One instance of a module.
pub(super) struct Scope<'a> {
    pub(super) number: usize,
    pub(super) module: &'a Module<'a>,
    /// `module.shop["eu"].`, or nothing for the root.
    pub(super) prefix: String,
    pub(super) caller: Option<Caller<'a>>,
    /// What decides whether it exists, where that is not known.
    pub(super) presence: Option<Arc<Expression>>,
    pub(super) depth: usize,
    pub(super) variables: Cells<&'a str, Rc<Node>>,
    pub(super) locals: Cells<&'a str, Rc<Node>>,
    pub(super) outputs: Cells<&'a str, Rc<Node>>,
    pub(super) resources: Cells<(&'a str, &'a str), Rc<Expansion<usize>>>,
    pub(super) data: Cells<(&'a str, &'a str), Rc<Node>>,
    pub(super) calls: Cells<&'a str, Rc<Expansion<Option<usize>>>>,
    pub(super) providers: Cells<String, Rc<Provider>>,
}

/// What calls a module.
pub(super) struct Caller<'a> {
    /// The number of its scope.
    pub(super) scope: usize,
    pub(super) call: &'a Content<'a>,
    pub(super) each: Each,
}

/// What is worked out once, when it is asked for.
pub(super) type Cells<K, V> = RefCell<HashMap<K, Option<V>>>;

/// What a block with `count` or `for_each` comes to.
pub(super) enum Expansion<T> {
    One(T),
    Counted(Vec<T>),
    Keyed(IndexMap<String, T>),
    /// How many there are is not known: one stands for all.
    Open(T),
}

/// One instance of a resource.
pub(super) struct Slot<'a> {
    pub(super) scope: Rc<Scope<'a>>,
    pub(super) kind: &'a str,
    pub(super) content: &'a Content<'a>,
    pub(super) address: String,
    pub(super) each: Each,
    /// Whether one stands for a number that is not known.
    pub(super) open: Option<Arc<Expression>>,
    pub(super) arguments: Cells<String, Option<Rc<Node>>>,
}

/// What `each` and `count` are.
#[derive(Clone, Default)]
pub(super) struct Each {
    pub(super) key: Option<Rc<Node>>,
    pub(super) value: Option<Rc<Node>>,
    pub(super) index: Option<Rc<Node>>,
}

/// What the configuration of a provider says.
#[derive(Default)]
pub(super) struct Provider {
    pub(super) region: Option<Node>,
    pub(super) account: Option<String>,
    pub(super) tags: Option<Node>,
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Frame<'f, 'a> {
    pub(super) scope: &'f Scope<'a>,
    pub(super) file: &'f File,
    pub(super) each: &'f Each,
    pub(super) bindings: Option<&'f Binding<'f>>,
    /// The names that a template is given.
    pub(super) variables: Option<&'f IndexMap<String, Node>>,
    /// Where everything is said to stand, when it does not stand in a file that is shown.
    pub(super) at: Option<Origin>,
    /// Whether only the bindings can be seen.
    pub(super) isolated: bool,
}

/// A name that stands for a value.
pub(super) struct Binding<'f> {
    pub(super) name: &'f str,
    pub(super) value: &'f Node,
    pub(super) outer: Option<&'f Binding<'f>>,
}

impl<'f, 'a> Frame<'f, 'a> {
    pub(super) fn new(scope: &'f Scope<'a>, file: &'f File, each: &'f Each) -> Self {
        Self { scope, file, each, bindings: None, variables: None, at: None, isolated: false }
    }

    pub(super) fn bound(&self, name: &str) -> Option<&'f Node> {
        let mut next = self.bindings;
        while let Some(binding) = next {
            if binding.name == name {
                return Some(binding.value);
            }
            next = binding.outer;
        }
        self.variables?.get(name)
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a Options, boundary: &'a Boundary, modules: &'a [Module<'a>], root: PathBuf) -> Self {
        let bytes: usize = modules.iter().flat_map(|module| &module.folder.files).map(|file| file.text.len()).sum();
        Self {
            options,
            boundary,
            modules,
            root,
            given: IndexMap::new(),
            scopes: RefCell::default(),
            slots: RefCell::default(),
            gaps: RefCell::default(),
            steps: Cell::new(BASE_STEPS + STEPS_PER_BYTE * bytes as u64),
            exhausted: Cell::new(false),
            depth: Cell::new(0),
            trying: Cell::new(0),
        }
    }

    /// Something that could not be read.
    pub(super) fn gap(&self, file: &File, line: u32, reason: impl Into<String>) {
        let mut gaps = self.gaps.borrow_mut();
        match gaps.len() {
            number if number < MAX_GAPS => {
                gaps.push(Gap::in_file(file.name.clone(), Some(line).filter(|line| *line > 0), reason))
            }
            MAX_GAPS => gaps.push(Gap::in_file(file.name.clone(), None, "more of the same: the rest is not listed")),
            _ => {}
        }
    }

    pub(super) fn into_gaps(self) -> Vec<Gap> {
        self.gaps.into_inner()
    }

    /// Takes steps; none are left when it fails.
    pub(super) fn spend(&self, steps: usize, frame: &Frame<'_, 'a>, syntax: &Syntax) -> Result<(), Fault> {
        match self.steps.get().checked_sub(steps as u64) {
            Some(rest) => {
                self.steps.set(rest);
                Ok(())
            }
            None => {
                self.steps.set(0);
                if !self.exhausted.replace(true) {
                    self.gap(
                        frame.file,
                        frame.file.place(syntax).line,
                        "takes too long to work out: the rest is not known",
                    );
                }
                Err(Fault::new("takes too long to work out"))
            }
        }
    }

    /// A copy of a value that somebody else keeps. It costs what it weighs: code of a few lines can make a value of
    /// any size by using another twice.
    pub(super) fn copied(&self, node: &Node, frame: &Frame<'_, 'a>, syntax: &Syntax) -> Result<Node, Fault> {
        self.spend(weight(node), frame, syntax)?;
        Ok(node.clone())
    }

    pub(super) fn slot(&self, number: usize) -> Option<Rc<Slot<'a>>> {
        self.slots.borrow().get(number).map(Rc::clone)
    }

    pub(super) fn scope(&self, number: usize) -> Option<Rc<Scope<'a>>> {
        self.scopes.borrow().get(number).map(Rc::clone)
    }

    /// Adds an instance of a module.
    pub(super) fn add_scope(
        &self,
        module: usize,
        prefix: String,
        caller: Option<Caller<'a>>,
        presence: Option<Arc<Expression>>,
        depth: usize,
    ) -> Option<usize> {
        let module = self.modules.get(module)?;
        let mut scopes = self.scopes.borrow_mut();
        let number = scopes.len();
        if depth > MAX_MODULE_DEPTH || number > MAX_INSTANCES {
            return None;
        }
        scopes.push(Rc::new(Scope {
            number,
            module,
            prefix,
            caller,
            presence,
            depth,
            variables: Cells::default(),
            locals: Cells::default(),
            outputs: Cells::default(),
            resources: Cells::default(),
            data: Cells::default(),
            calls: Cells::default(),
            providers: Cells::default(),
        }));
        Some(number)
    }

    fn add_slot(&self, slot: Slot<'a>) -> Option<usize> {
        let mut slots = self.slots.borrow_mut();
        let number = slots.len();
        if number >= MAX_INSTANCES {
            return None;
        }
        slots.push(Rc::new(slot));
        Some(number)
    }

    /// The value of a cell, worked out when it is not there yet. `None` when it is being worked out.
    pub(super) fn once<K: Clone + Eq + std::hash::Hash, V: Clone>(
        &self,
        cells: &Cells<K, V>,
        key: &K,
        work: impl FnOnce() -> V,
    ) -> Option<V> {
        if let Some(known) = cells.borrow().get(key) {
            return known.clone();
        }
        cells.borrow_mut().insert(key.clone(), None);
        let value = work();
        cells.borrow_mut().insert(key.clone(), Some(value.clone()));
        Some(value)
    }

    /// What a value that depends on itself comes to.
    pub(super) fn cycle(&self, frame: &Frame<'_, 'a>, line: u32, name: &str) -> Rc<Node> {
        self.gap(frame.file, line, format!("{name} depends on itself"));
        Rc::new(unknown(Expression::new(name, ExpressionKind::Function)))
    }

    /// The instances of a resource.
    pub(super) fn resource(
        &self,
        scope: &Scope<'a>,
        kind: &str,
        name: &str,
    ) -> Option<Result<Rc<Expansion<usize>>, Fault>> {
        let ((kind, name), content) = scope.module.resources.get_key_value(&Labels(kind, name))?;
        let expansion = self.once(&scope.resources, &(*kind, *name), || {
            Rc::new(self.expand(scope, content, &format!("{kind}.{name}"), |run, suffix, each, open| {
                let owner = run.scope(scope.number);
                let presence = open.or_else(|| scope.presence.clone());
                let slot = Slot {
                    scope: owner?,
                    kind,
                    content,
                    address: format!("{}{kind}.{name}{suffix}", scope.prefix),
                    each,
                    open: presence,
                    arguments: Cells::default(),
                };
                let added = run.add_slot(slot);
                if added.is_none() {
                    let reason = format!("more than {MAX_INSTANCES} instances: the rest of {kind}.{name} is not read");
                    run.gap(content.file, content.place().line, reason);
                }
                added
            }))
        });
        Some(expansion.ok_or_else(|| Fault::new(format!("{kind}.{name} depends on itself"))))
    }

    /// The instances of a module that is called. Of one that was not read, none.
    pub(super) fn call(&self, scope: &Scope<'a>, name: &str) -> Option<Result<Rc<Expansion<Option<usize>>>, Fault>> {
        let (name, content) = scope.module.calls.get_key_value(name)?;
        let expansion = self.once(&scope.calls, name, || {
            let target = scope.module.folder.calls.get(*name).copied();
            Rc::new(self.expand(scope, content, &format!("module.{name}"), |run, suffix, each, open| {
                let Some(target) = target else { return Some(None) };
                let endless = || {
                    let reason = "modules that call each other without end are not followed";
                    run.gap(content.file, content.place().line, reason);
                };
                if run.is_within(scope, target) {
                    endless();
                    return Some(None);
                }
                let caller = Caller { scope: scope.number, call: content, each };
                let presence = open.or_else(|| scope.presence.clone());
                let prefix = format!("{}module.{name}{suffix}.", scope.prefix);
                let added = run.add_scope(target, prefix, Some(caller), presence, scope.depth + 1);
                if added.is_none() {
                    endless();
                }
                Some(added)
            }))
        });
        Some(expansion.ok_or_else(|| Fault::new(format!("module.{name} depends on itself"))))
    }

    /// Whether a scope is of a module, or called by one that is.
    fn is_within(&self, scope: &Scope<'a>, module: usize) -> bool {
        let Some(module) = self.modules.get(module) else { return false };
        let mut is_same = std::ptr::eq(scope.module, module);
        let mut caller = scope.caller.as_ref().map(|caller| caller.scope);
        while let (false, Some(outer)) = (is_same, caller.and_then(|number| self.scope(number))) {
            is_same = std::ptr::eq(outer.module, module);
            caller = outer.caller.as_ref().map(|caller| caller.scope);
        }
        is_same
    }

    /// As many of a block as `count` or `for_each` say.
    pub(super) fn expand<T>(
        &self,
        scope: &Scope<'a>,
        content: &'a Content<'a>,
        name: &str,
        make: impl Fn(&Self, &str, Each, Option<Arc<Expression>>) -> Option<T>,
    ) -> Expansion<T> {
        let each = Each::default();
        if let Some(count) = content.arguments.get("count") {
            let frame = Frame::new(scope, count.file, &each);
            let node = self.scalar(self.node(count.value, &frame));
            return match super::value::as_integer(&node) {
                Some(number) => {
                    let number = usize::try_from(number.max(0)).unwrap_or(usize::MAX);
                    if number > MAX_INSTANCES {
                        self.gap(content.file, content.place().line, format!("count of {name} is too large: not read"));
                        return Expansion::Counted(Vec::new());
                    }
                    let one = |index: usize| {
                        let own = Node { value: Value::Number(index.to_string().into()), ..node.clone() };
                        let own = Each { index: Some(Rc::new(own)), ..Each::default() };
                        make(self, &format!("[{index}]"), own, None)
                    };
                    Expansion::Counted((0..number).map_while(one).collect())
                }
                None => {
                    let index = Some(Rc::new(unknown(Expression::set("count.index", ExpressionKind::Function))));
                    self.of_unknown_number(
                        &node,
                        count.file.written(count.value),
                        Each { index, ..Each::default() },
                        make,
                    )
                }
            };
        }
        if let Some(for_each) = content.arguments.get("for_each") {
            let frame = Frame::new(scope, for_each.file, &each);
            let node = self.node(for_each.value, &frame);
            return match self.pairs(&node) {
                Some(pairs) => {
                    let mut made = IndexMap::new();
                    for (key, each) in pairs {
                        let quoted = serde_json::to_string(&key).unwrap_or_default();
                        if !made.contains_key(&key)
                            && let Some(one) = make(self, &format!("[{quoted}]"), each, None)
                        {
                            made.insert(key, one);
                        }
                    }
                    Expansion::Keyed(made)
                }
                None => {
                    let open = |name: &str, set: bool| {
                        let kind = super::value::strongest([&node]);
                        Some(Rc::new(unknown(Expression { text: name.into(), kind, set })))
                    };
                    let value = match self.stands_for_all(&node) {
                        Some(_) => Some(Rc::new(node.clone())),
                        None => open("each.value", false),
                    };
                    let each = Each { key: open("each.key", true), value, index: None };
                    self.of_unknown_number(&node, for_each.file.written(for_each.value), each, make)
                }
            };
        }
        match make(self, "", Each::default(), None) {
            Some(one) => Expansion::One(one),
            None => Expansion::Counted(Vec::new()),
        }
    }

    /// What `each` is for every instance, in the order of their keys. None where the keys are not known.
    fn pairs(&self, for_each: &Node) -> Option<Vec<(String, Each)>> {
        let mut pairs: Vec<(String, Each)> = match &for_each.value {
            Value::Map(entries) => {
                let pair = |(key, entry): (&String, &Node)| {
                    let name = Node { written: entry.written.clone(), ..text(key.as_str()) };
                    (key.clone(), Each { key: Some(Rc::new(name)), value: Some(Rc::new(entry.clone())), index: None })
                };
                entries.iter().map(pair).collect()
            }
            Value::List(items) => {
                let pair = |item: &Node| {
                    let item = self.scalar(item.clone());
                    let key = super::value::as_string(&item)?;
                    let item = Rc::new(item);
                    Some((key, Each { key: Some(Rc::clone(&item)), value: Some(item), index: None }))
                };
                items.iter().map(pair).collect::<Option<_>>()?
            }
            _ => return None,
        };
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(pairs)
    }

    /// Of an instance that stands for a number that is not known, what decides the number.
    fn stands_for_all(&self, node: &Node) -> Option<Arc<Expression>> {
        match &node.value {
            Value::Reference(reference) if reference.attribute.is_empty() => {
                self.slot(reference.target.0 as usize)?.open.clone()
            }
            _ => None,
        }
    }

    fn of_unknown_number<T>(
        &self,
        number: &Node,
        written: &str,
        each: Each,
        make: impl Fn(&Self, &str, Each, Option<Arc<Expression>>) -> Option<T>,
    ) -> Expansion<T> {
        let expression = match &number.value {
            Value::Unknown(Why::Unresolved(expression)) => Arc::clone(expression),
            _ => self
                .stands_for_all(number)
                .unwrap_or_else(|| Arc::new(Expression::new(short(written), super::value::strongest([number])))),
        };
        match make(self, "", each, Some(expression)) {
            Some(one) => Expansion::Open(one),
            None => Expansion::Counted(Vec::new()),
        }
    }

    /// A reference as the text it is known to be; anything else as it is.
    pub(super) fn scalar(&self, node: Node) -> Node {
        match &node.value {
            Value::Reference(reference) => match self.literal(reference) {
                Some(known) => Node { value: known.value.clone(), origin: node.origin, written: node.written },
                None => node,
            },
            _ => node,
        }
    }
}

/// How many bytes of text weigh as much as a value.
const BYTES_PER_STEP: usize = 16;

/// How much there is of a value.
pub(super) fn weight(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Value::Map(entries) => 1 + entries.values().map(weight).sum::<usize>(),
        Value::Text(text) => 1 + text.len() / BYTES_PER_STEP,
        Value::Pattern(parts) => {
            let of_part = |part: &Part| match part {
                Part::Text(text) => 1 + text.len() / BYTES_PER_STEP,
                _ => 1,
            };
            parts.iter().map(of_part).sum()
        }
        _ => 1,
    }
}

/// The longest expression that is kept, in characters.
const MAX_WRITTEN: usize = 200;

/// An expression as it is shown.
pub(super) fn short(written: &str) -> Box<str> {
    match written.char_indices().nth(MAX_WRITTEN) {
        Some((end, _)) => format!("{}…", written.get(..end).unwrap_or_default()).into(),
        None => written.into(),
    }
}

/// A value that Terraform fills in.
pub(super) fn supplied(written: &str) -> Node {
    Node {
        origin: NOWHERE,
        ..bare(Value::Unknown(Why::Unresolved(Arc::new(Expression::set(short(written), ExpressionKind::Attribute)))))
    }
}
