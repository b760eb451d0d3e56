//! Resolves what a template writes in place of literals.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Origin, Reference, ResourceId, Value, Why};

use crate::conditions::Truth;
use crate::expression::{call, written};
use crate::foreach;
use crate::functions;
use crate::hidden::{as_hidden, hide, holds_hidden};
use crate::pseudo::Pseudo;
use crate::report::Report;
use crate::template::MAX_NAME;
use crate::text::{Assembly, has_dynamic_reference};
use crate::tree::{MAX_DEPTH, depth, weight};

/// What a logical id stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A resource of the inventory.
    Resource(ResourceId),
    /// A resource whose condition, named here, is false.
    Absent(String),
    /// A resource that could not be read; there is a gap for it already.
    Broken,
}

/// The outputs of a nested stack.
pub(crate) type Outputs = Rc<IndexMap<String, Node>>;

/// What can be seen from within one template.
pub(crate) struct Scope<'a> {
    /// The path shown for the template.
    pub(crate) file: &'a str,
    pub(crate) report: &'a Report,
    pub(crate) pseudo: &'a Pseudo,
    /// Values of parameters.
    pub(crate) parameters: HashMap<String, Node>,
    pub(crate) mappings: IndexMap<String, Node>,
    pub(crate) conditions: HashMap<String, Truth>,
    /// Resources by logical id.
    pub(crate) targets: IndexMap<String, Target>,
    /// The positions of the resources in `targets`.
    pub(crate) present: HashMap<ResourceId, usize>,
    /// Outputs of the nested stacks that have been followed, by logical id.
    pub(crate) outputs: HashMap<String, Outputs>,
    /// Logical ids that may come into being on deployment: those a macro or SAM adds.
    pub(crate) generated: Generated,
    /// Whether what is being resolved has drawn on a hidden parameter: its result is hidden, too.
    pub(crate) hidden: Cell<bool>,
    /// Whether what is being resolved stands in a mapping, which looks nothing up itself.
    pub(crate) mapping: Cell<bool>,
}

/// Which logical ids that the template does not declare may nevertheless exist.
#[derive(Debug, Clone, Default)]
pub(crate) struct Generated {
    /// A macro that is not known may add any.
    pub(crate) any: bool,
    /// SAM adds ids that begin with those of its resources.
    pub(crate) beginnings: HashSet<String>,
    /// Names such as `Function.Alias`, and the resources SAM makes for them.
    pub(crate) names: HashMap<String, String>,
}

impl Generated {
    fn covers(&self, name: &str) -> bool {
        self.any
            || name
                .char_indices()
                .take(MAX_NAME)
                .filter_map(|(end, letter)| name.get(..end + letter.len_utf8()))
                .any(|beginning| self.beginnings.contains(beginning))
    }
}

impl Scope<'_> {
    /// Resolves a node in place; false when it turns out to be left out altogether.
    pub(crate) fn resolve(&self, node: &mut Node) -> bool {
        match &mut node.value {
            Value::Text(text) => {
                if has_dynamic_reference(text) {
                    let mut assembly = Assembly::default();
                    assembly.text(text);
                    node.value = self.finish(assembly);
                }
                true
            }
            Value::List(items) => {
                items.retain_mut(|item| self.resolve(item));
                true
            }
            Value::Map(entries) => {
                if entries.len() == 1
                    && let Some((name, _)) = entries.first()
                    && functions::is_function(name)
                {
                    return self.replace(node);
                }
                if entries.keys().any(|name| name.starts_with("Fn::")) {
                    // What a macro adds to a map is not known, nor what it takes away.
                    if entries.contains_key("Fn::Transform") {
                        let expression = Expression::new("!Transform …", ExpressionKind::Macro);
                        node.value = Value::Unknown(Why::Unresolved(Arc::new(expression)));
                        return true;
                    }
                    if !foreach::expand(self, entries) {
                        // What of the map is there is not all of it.
                        let expression = Expression::new("!ForEach …", ExpressionKind::Macro);
                        node.value = Value::Unknown(Why::Unresolved(Arc::new(expression)));
                        return true;
                    }
                }
                entries.retain(|_, entry| self.resolve(entry));
                true
            }
            _ => true,
        }
    }

    /// Replaces the call of a function by its result.
    fn replace(&self, node: &mut Node) -> bool {
        let Value::Map(mut entries) = std::mem::replace(&mut node.value, Value::Null) else {
            return true;
        };
        let Some((name, argument)) = entries.pop() else { return true };
        let around = self.hidden.replace(false);
        let result = functions::evaluate(self, &name, argument);
        let hidden = self.hidden.get();
        self.hidden.set(around || hidden);
        match result {
            Some(result) => {
                node.value = result.value;
                node.written = result.written;
                if hidden {
                    conceal(&name, node);
                }
                true
            }
            None => false,
        }
    }

    /// The value of a condition of this name.
    pub(crate) fn condition(&self, name: &str) -> Truth {
        match self.conditions.get(name) {
            Some(truth) => truth.clone(),
            None => Truth::Unknown(Arc::new(Expression::new(format!("!Condition {name}"), ExpressionKind::Choice))),
        }
    }

    /// `Ref`, or an attribute of what a name stands for; none for `AWS::NoValue`.
    pub(crate) fn lookup(&self, name: &str, attribute: &str, origin: Origin) -> Option<Node> {
        if attribute == "Ref" {
            if name == "AWS::NoValue" {
                return None;
            }
            if let Some(value) = self.parameters.get(name) {
                return Some(self.copy(value, origin));
            }
            if let Some(value) = self.pseudo.value(name, origin) {
                return Some(value);
            }
            if let Some(name) = self.generated.names.get(name) {
                return Some(self.attribute(name, "Ref", origin));
            }
        }
        Some(self.attribute(name, attribute, origin))
    }

    fn attribute(&self, name: &str, attribute: &str, origin: Origin) -> Node {
        let text = match attribute {
            "Ref" => format!("!Ref {name}"),
            _ => format!("!GetAtt {name}.{attribute}"),
        };
        if let Some(output) = attribute.strip_prefix("Outputs.")
            && let Some(outputs) = self.outputs.get(name)
        {
            return match outputs.get(output) {
                Some(value) => {
                    let mut node = self.copy(value, origin);
                    if !matches!(node.value, Value::Unknown(_)) {
                        node.written = written(text, ExpressionKind::Attribute);
                    }
                    node
                }
                None => {
                    self.gap(origin, format!("{text}: the nested stack has no such output"));
                    Node::unresolved(Expression::new(text, ExpressionKind::Attribute), origin)
                }
            };
        }
        match self.targets.get(name) {
            Some(Target::Resource(id)) => {
                let value = Value::Reference(Reference { target: *id, attribute: attribute.into() });
                let written = written(text, ExpressionKind::Attribute);
                Node { value, origin, written }
            }
            Some(Target::Absent(condition)) => {
                let text = format!("{text} (absent: {condition} is false)");
                Node::unresolved(Expression::new(text, ExpressionKind::Attribute), origin)
            }
            Some(Target::Broken) => Node::unresolved(Expression::set(text, ExpressionKind::Attribute), origin),
            None => {
                if !self.generated.covers(name) {
                    self.gap(origin, format!("{text}: nothing of that name in the template"));
                }
                Node::unresolved(Expression::new(text, ExpressionKind::Attribute), origin)
            }
        }
    }

    /// A copy of a value for another place, within the budget.
    pub(crate) fn copy(&self, value: &Node, origin: Origin) -> Node {
        if holds_hidden(value) {
            self.hidden.set(true);
        }
        // Values that go through stacks again and again must not get deeper each time.
        if !self.report.spend(weight(value), self.file, origin) || depth(value) > MAX_DEPTH {
            let text = value.expression().map_or("…", |expression| &expression.text);
            return Node::unresolved(Expression::new(text, ExpressionKind::Function), origin);
        }
        Node { value: value.value.clone(), origin, written: value.written.clone() }
    }

    /// The text that has been put together.
    pub(crate) fn finish(&self, assembly: Assembly) -> Value {
        assembly.finish(&|reference| self.name(reference))
    }

    /// The result of a function whose arguments are not known well enough.
    pub(crate) fn unresolved(&self, function: &str, argument: &Node, set: bool) -> Node {
        let text = call(function, argument).into();
        let expression = Expression { text, kind: ExpressionKind::Function, set };
        Node::unresolved(expression, argument.origin)
    }

    /// How a reference is written within `${}`.
    fn name(&self, reference: &Reference) -> String {
        let name = self
            .present
            .get(&reference.target)
            .and_then(|&position| self.targets.get_index(position))
            .map_or("…", |(name, _)| name);
        match &*reference.attribute {
            "Ref" => name.to_owned(),
            attribute => format!("{name}.{attribute}"),
        }
    }

    /// Something in this template that could not be read.
    pub(crate) fn gap(&self, origin: Origin, reason: impl Into<String>) {
        self.report.gap(self.file, origin.line, reason);
    }
}

/// Hides the result of a function that has drawn on a hidden parameter.
fn conceal(function: &str, node: &mut Node) {
    // These pass on trees whose parts have been resolved one by one, and hidden where they had to be.
    let passes = matches!(function, "Fn::If" | "Fn::Base64" | "Fn::ToJsonString")
        && matches!(node.value, Value::List(_) | Value::Map(_));
    if let Some(expression) = node.written.take() {
        match passes {
            true => node.written = Some(expression),
            false => hide(node, &as_hidden(&expression)),
        }
    }
}
