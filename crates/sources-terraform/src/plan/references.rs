//! What the references in a plan's configuration mean.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::configuration::{Call, Configuration, Expr, Module, Step, joined, longest, steps};
use super::document::{Change, Variable};
use crate::instance::Instance;

/// How many modules and arguments a value may have come through.
const MAX_HOPS: usize = 32;

/// Where a reference stands: in a module, and in an instance of a resource or of a module call.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    frames: Vec<Frame<'a>>,
    /// With its brackets.
    key: Option<String>,
    for_each: Option<&'a Expr>,
}

#[derive(Clone)]
struct Frame<'a> {
    module: &'a Module,
    call: Option<&'a Call>,
    /// `module.shop["eu"]`; nothing for the root module.
    address: String,
    key: Option<String>,
}

impl<'a> Scope<'a> {
    /// The module that an address names.
    pub(crate) fn of(configuration: &'a Configuration, module_address: &str) -> Option<Self> {
        let root = Frame { module: &configuration.root_module, call: None, address: String::new(), key: None };
        let mut scope = Self { frames: vec![root], key: None, for_each: None };
        let mut rest = steps(module_address).into_iter().peekable();
        while let Some(step) = rest.next() {
            let (Step::Name("module"), Some(Step::Name(name))) = (step, rest.next()) else { return None };
            let key = rest.next_if(|step| matches!(step, Step::Key(_)));
            scope = scope.down(name, key.map(|key| joined(&[key])))?;
        }
        Some(scope)
    }

    /// Within an instance of a resource of the module.
    pub(crate) fn within(mut self, key: &str, for_each: Option<&'a Expr>) -> Self {
        self.key = (!key.is_empty()).then(|| key.to_owned());
        self.for_each = for_each;
        self
    }

    pub(crate) fn module(&self) -> &'a Module {
        // There is always the root module; the list is never empty.
        self.frames.last().map_or_else(|| unreachable!("a scope without a module"), |frame| frame.module)
    }

    fn address(&self) -> &str {
        self.frames.last().map_or("", |frame| &frame.address)
    }

    fn down(&self, name: &str, key: Option<String>) -> Option<Self> {
        let call = self.module().module_calls.get(name)?;
        let mut address = self.address().to_owned();
        if !address.is_empty() {
            address.push('.');
        }
        address.push_str("module.");
        address.push_str(name);
        address.push_str(key.as_deref().unwrap_or_default());
        let mut frames = self.frames.clone();
        frames.push(Frame { module: &call.module, call: Some(call), address, key });
        Some(Self { frames, key: None, for_each: None })
    }

    /// Where the module is called, and the call.
    fn up(&self) -> Option<(Self, &'a Call)> {
        let mut frames = self.frames.clone();
        let last = frames.pop()?;
        let call = last.call?;
        Some((Self { frames, key: last.key, for_each: call.for_each_expression.as_ref() }, call))
    }
}

/// What a reference comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    /// A literal that is passed to a module.
    Constant,
    /// What the configuration gives by itself: `each.key`, `count.index`, `path.module`.
    Given,
    /// A variable of the root module, or one of another that nothing is passed for.
    Parameter { name: String, hidden: bool },
    /// An attribute of an instance; without a name when only the whole is referred to.
    Instance { number: usize, attribute: String },
    /// Of several instances.
    Several { numbers: Vec<usize>, attribute: String },
    /// The policy of a data source that is read on apply.
    Document(String),
    /// An attribute of a data source.
    Supplied,
    /// A local value, or what is not in the plan.
    Open,
}

impl Meaning {
    /// Whether it is certainly there once everything is applied.
    pub(crate) fn is_attribute(&self) -> bool {
        matches!(self, Self::Instance { .. } | Self::Several { .. } | Self::Document(_) | Self::Supplied)
    }

    /// Whether the plan knows it.
    pub(crate) fn is_known(&self) -> bool {
        matches!(self, Self::Constant | Self::Given | Self::Parameter { .. })
    }
}

/// The instances of a plan by their addresses.
pub(crate) struct Addresses<'a> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) variables: &'a HashMap<String, Variable>,
    /// By the address of their block, which is without their own key: the key and the number.
    blocks: HashMap<String, Vec<(String, usize)>>,
    /// By number, the key.
    keys: Vec<String>,
    /// Of policies that are written on apply: by the address of the block, the keys.
    documents: HashMap<String, Vec<String>>,
    /// Attributes that were asked for of instances that are not made yet.
    asked: RefCell<HashMap<(usize, String), Option<String>>>,
}

/// The address of the block of a change, and the key.
pub(crate) fn block_and_key(change: &Change) -> (String, &str) {
    let data = if change.mode == "data" { "data." } else { "" };
    let mut block = format!("{data}{}.{}", change.kind, change.name);
    if !change.module_address.is_empty() {
        block = format!("{}.{block}", change.module_address);
    }
    let key = change.address.strip_prefix(&block).unwrap_or_default();
    (block, key)
}

impl<'a> Addresses<'a> {
    pub(crate) fn new(
        configuration: &'a Configuration,
        variables: &'a HashMap<String, Variable>,
        changes: &[Change],
        documents: &HashMap<String, Change>,
    ) -> Self {
        let mut blocks: HashMap<String, Vec<_>> = HashMap::new();
        let mut keys = Vec::with_capacity(changes.len());
        for (number, change) in changes.iter().enumerate() {
            let (block, key) = block_and_key(change);
            keys.push(key.to_owned());
            blocks.entry(block).or_default().push((key.to_owned(), number));
        }
        let mut policies: HashMap<String, Vec<_>> = HashMap::new();
        for change in documents.values() {
            let (block, key) = block_and_key(change);
            policies.entry(block).or_default().push(key.to_owned());
        }
        Self { configuration, variables, blocks, keys, documents: policies, asked: RefCell::default() }
    }

    /// What references come to, in their order.
    pub(crate) fn meanings(&self, scope: &Scope<'a>, references: &[Box<str>]) -> Vec<Meaning> {
        let mut found = Vec::new();
        self.resolve_all(scope, references, &[], 0, &mut found);
        found
    }

    fn resolve_all(
        &self,
        scope: &Scope<'a>,
        references: &[Box<str>],
        rest: &[Step<'_>],
        hops: usize,
        found: &mut Vec<Meaning>,
    ) {
        let references = longest(references);
        let keyed = references.iter().any(|one| one.starts_with("each.") || one.starts_with("count."));
        for reference in references {
            let mut all = steps(reference);
            all.extend(rest);
            for meaning in self.resolve(scope, &all, keyed, hops) {
                if !found.contains(&meaning) {
                    found.push(meaning);
                }
            }
        }
    }

    fn resolve_expr(&self, scope: &Scope<'a>, expr: &Expr, rest: &[Step<'_>], hops: usize) -> Vec<Meaning> {
        let mut found = Vec::new();
        match expr {
            _ if hops > MAX_HOPS => found.push(Meaning::Open),
            Expr::Constant(_) => found.push(Meaning::Constant),
            Expr::References(references) if references.is_empty() => found.push(Meaning::Constant),
            Expr::References(references) => self.resolve_all(scope, references, rest, hops + 1, &mut found),
            Expr::Block(_) | Expr::Blocks(_) => found.push(Meaning::Open),
        }
        found
    }

    fn resolve(&self, scope: &Scope<'a>, reference: &[Step<'_>], keyed: bool, hops: usize) -> Vec<Meaning> {
        let one = |meaning| vec![meaning];
        let (Some(Step::Name(first)), second) = (reference.first().copied(), reference.get(1).copied()) else {
            return one(Meaning::Open);
        };
        let rest = |from: usize| reference.get(from..).unwrap_or_default();
        match (first, second) {
            ("var", Some(Step::Name(name))) => match scope.up() {
                Some((caller, call)) if call.expressions.contains_key(name) => call
                    .expressions
                    .get(name)
                    .map_or_else(Vec::new, |expr| self.resolve_expr(&caller, expr, rest(2), hops + 1)),
                _ => {
                    let hidden = scope.module().variables.get(name).is_some_and(|variable| variable.sensitive);
                    one(Meaning::Parameter { name: name.to_owned(), hidden })
                }
            },
            ("module", Some(Step::Name(name))) => {
                let (key, rest) = key_and_rest(rest(2));
                let key = key.or_else(|| scope.key.clone().filter(|_| keyed));
                let Some((Step::Name(output), rest)) = rest.split_first() else { return one(Meaning::Open) };
                let Some(inner) = scope.down(name, key) else { return one(Meaning::Open) };
                match inner.module().outputs.get(*output).and_then(|output| output.expression.as_ref()) {
                    Some(expr) => self.resolve_expr(&inner, expr, rest, hops + 1),
                    None => one(Meaning::Open),
                }
            }
            ("each", Some(Step::Name("value"))) => match scope.for_each {
                Some(expr @ Expr::References(_)) => {
                    let mut found = self.resolve_expr(scope, expr, rest(2), hops + 1);
                    for meaning in &mut found {
                        self.narrow(meaning, scope.key.as_deref());
                    }
                    found
                }
                _ => one(Meaning::Given),
            },
            ("each" | "count" | "path" | "terraform" | "self", _) => one(Meaning::Given),
            ("local" | "ephemeral", _) => one(Meaning::Open),
            ("data", Some(Step::Name(kind))) => one(self.data(scope, kind, rest(2), keyed)),
            (kind, Some(Step::Name(name))) => {
                let block = addressed(scope, &format!("{kind}.{name}"));
                let (key, rest) = key_and_rest(rest(2));
                let attribute = joined(rest);
                let Some(instances) = self.blocks.get(&block) else { return one(Meaning::Open) };
                let number = |wanted: &str| instances.iter().find(|(key, _)| key == wanted).map(|(_, number)| *number);
                if let Some(key) = key {
                    return one(match number(&key) {
                        Some(number) => Meaning::Instance { number, attribute },
                        None => Meaning::Open,
                    });
                }
                let own = scope.key.as_deref().filter(|_| keyed).and_then(number);
                match (own, instances.as_slice()) {
                    (Some(number), _) | (None, &[(_, number)]) => one(Meaning::Instance { number, attribute }),
                    (None, _) => {
                        let numbers = instances.iter().map(|(_, number)| *number).collect();
                        one(Meaning::Several { numbers, attribute })
                    }
                }
            }
            _ => one(Meaning::Open),
        }
    }

    /// Of several instances, the one with a key.
    fn narrow(&self, meaning: &mut Meaning, key: Option<&str>) {
        let Meaning::Several { numbers, attribute } = meaning else { return };
        let Some(key) = key else { return };
        let of_key = numbers.iter().copied().find(|number| self.keys.get(*number).map(String::as_str) == Some(key));
        if let Some(number) = of_key {
            *meaning = Meaning::Instance { number, attribute: std::mem::take(attribute) };
        }
    }

    fn data(&self, scope: &Scope<'a>, kind: &str, rest: &[Step<'_>], keyed: bool) -> Meaning {
        let Some((Step::Name(name), rest)) = rest.split_first() else { return Meaning::Supplied };
        let (key, rest) = key_and_rest(rest);
        let block = addressed(scope, &format!("data.{kind}.{name}"));
        let Some(keys) = self.documents.get(&block) else { return Meaning::Supplied };
        if !matches!(rest.first(), None | Some(Step::Name("json" | "minified_json"))) {
            return Meaning::Supplied;
        }
        let wanted = key.or_else(|| scope.key.clone().filter(|_| keyed));
        let found = keys.iter().find(|key| Some(*key) == wanted.as_ref()).or(match keys.as_slice() {
            [single] => Some(single),
            _ => None,
        });
        found.map_or(Meaning::Supplied, |key| Meaning::Document(format!("{block}{key}")))
    }

    /// The text of an attribute of an instance, where it is known.
    pub(crate) fn text_of(
        &self,
        number: usize,
        attribute: &str,
        made: &[Instance],
        raw: Option<&RawValue>,
    ) -> Option<String> {
        if let Some(instance) = made.get(number) {
            return crate::shape::as_text(instance.values.get(attribute)?).map(str::to_owned);
        }
        let asked = (number, attribute.to_owned());
        if let Some(known) = self.asked.borrow().get(&asked) {
            return known.clone();
        }
        let values: Option<HashMap<String, &RawValue>> = raw.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let text = values.and_then(|values| serde_json::from_str::<String>(values.get(attribute)?.get()).ok());
        self.asked.borrow_mut().insert(asked, text.clone());
        text
    }

    /// The text an expression certainly has: a literal, or the value of a variable.
    pub(crate) fn constant(&self, scope: &Scope<'a>, expr: &'a Expr, hops: usize) -> Option<&'a Json> {
        match expr {
            Expr::Constant(value) => Some(value),
            Expr::References(references) if hops < MAX_HOPS => {
                let [reference] = longest(references)[..] else { return None };
                let [Step::Name("var"), Step::Name(name)] = steps(reference)[..] else { return None };
                match scope.up() {
                    Some((caller, call)) => self.constant(&caller, call.expressions.get(name)?, hops + 1),
                    None => self.variables.get(name).map(|variable| &variable.value),
                }
            }
            _ => None,
        }
    }
}

fn addressed(scope: &Scope<'_>, block: &str) -> String {
    match scope.address() {
        "" => block.to_owned(),
        module => format!("{module}.{block}"),
    }
}

fn key_and_rest<'s, 't>(steps: &'s [Step<'t>]) -> (Option<String>, &'s [Step<'t>]) {
    match steps.split_first() {
        Some((key @ Step::Key(_), rest)) => (Some(joined(&[*key])), rest),
        _ => (None, steps),
    }
}
