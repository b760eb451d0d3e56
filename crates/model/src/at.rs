//! Places in a resource's property tree, and the views that are read from them.

use std::rc::Rc;

use crate::node::{ExpressionKind, Part};
use crate::{Evidence, Expression, Medium, Node, Origin, Outcome, Presence, Resource, ResourceId, Value, Verdict, Why};

/// A place in the tree of one resource: a node, or the absence of one, and the path to it.
#[derive(Debug, Clone)]
pub struct At<'a> {
    id: ResourceId,
    resource: &'a Resource,
    found: Found<'a>,
    /// The nearest node that was written: what is absent is shown there.
    nearest: Origin,
    parent: Option<Rc<Step<'a>>>,
    name: Name<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Found<'a> {
    /// The node itself.
    Node(&'a Node),
    /// Nothing was written here.
    Missing,
    /// A node above this place is not known, so neither is this.
    Beyond(&'a Node),
    /// Only a running account has it, and this is code.
    NotInCode,
}

#[derive(Debug)]
struct Step<'a> {
    parent: Option<Rc<Step<'a>>>,
    name: Name<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Name<'a> {
    Root,
    /// One or more property names, joined by dots.
    Property(&'a str),
    Index(usize),
}

/// Anything a view can have as a field.
pub trait FromAt<'a> {
    /// Reads it. Reading never fails: what is not there or not known is found out by asking.
    fn from_at(at: At<'a>) -> Self;
}

/// A typed reading of a resource: what `#[derive(View)]` makes of a struct with
/// `#[view("AWS::S3::Bucket")]`.
pub trait View<'a>: FromAt<'a> {
    /// The types of resource it reads.
    const KINDS: &'static [&'static str];

    /// The place it was read from.
    fn at(&self) -> &At<'a>;
}

impl<'a> FromAt<'a> for At<'a> {
    fn from_at(at: At<'a>) -> Self {
        at
    }
}

impl<'a> At<'a> {
    /// The root of a resource's properties.
    pub fn root(id: ResourceId, resource: &'a Resource) -> Self {
        Self {
            id,
            resource,
            found: Found::Node(&resource.properties),
            nearest: resource.origin,
            parent: None,
            name: Name::Root,
        }
    }

    /// The resource this is a place in.
    pub fn resource(&self) -> &'a Resource {
        self.resource
    }

    /// Whether it was read from a running account.
    pub fn is_in_account(&self) -> bool {
        self.resource.medium == Medium::Account
    }

    /// The id of the resource.
    pub fn id(&self) -> ResourceId {
        self.id
    }

    /// The place `path` (property names joined by dots) below this one.
    pub fn child(&self, path: &'a str) -> Self {
        let (mut found, mut nearest) = (self.found, self.nearest);
        if path.starts_with("Observed") && self.resource.medium == Medium::Code {
            found = Found::NotInCode;
        } else {
            for key in path.split('.') {
                (found, nearest) = descend(found, nearest, key);
            }
        }
        self.below(found, nearest, Name::Property(path))
    }

    /// What stands beside the properties under this name: `DeletionPolicy`.
    pub fn attribute(&self, name: &'a str) -> Self {
        let (found, nearest) = match self.resource.attributes.get(name) {
            Some(node) => (Found::Node(node), node.origin),
            None => (Found::Missing, self.resource.origin),
        };
        Self { id: self.id, resource: self.resource, found, nearest, parent: None, name: Name::Property(name) }
    }

    pub(crate) fn found(&self) -> Found<'a> {
        self.found
    }

    pub(crate) fn key(&self, key: &'a str, node: &'a Node) -> Self {
        self.below(Found::Node(node), node.origin, Name::Property(key))
    }

    pub(crate) fn item(&self, index: usize, node: &'a Node) -> Self {
        self.below(Found::Node(node), node.origin, Name::Index(index))
    }

    /// This place with another node standing at it.
    pub(crate) fn in_place_of<'b>(&self, node: &'b Node) -> At<'b>
    where
        'a: 'b,
    {
        At {
            id: self.id,
            resource: self.resource,
            found: Found::Node(node),
            nearest: node.origin,
            parent: self.parent.clone(),
            name: self.name,
        }
    }

    fn below(&self, found: Found<'a>, nearest: Origin, name: Name<'a>) -> Self {
        let parent = match self.name {
            Name::Root => None,
            name => Some(Rc::new(Step { parent: self.parent.clone(), name })),
        };
        Self { id: self.id, resource: self.resource, found, nearest, parent, name }
    }

    /// The path from the root: `Ingress[0].CidrIp`.
    pub fn path(&self) -> String {
        let mut names = vec![self.name];
        let mut step = self.parent.as_deref();
        while let Some(Step { parent, name }) = step {
            names.push(*name);
            step = parent.as_deref();
        }
        let mut path = String::new();
        for name in names.iter().rev() {
            match name {
                Name::Root => {}
                Name::Property(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Name::Index(index) => {
                    path.push_str(&format!("[{index}]"));
                }
            }
        }
        path
    }

    /// A verdict on this place.
    pub(crate) fn verdict(&self, outcome: Outcome, observed: String, expected: String) -> Verdict {
        Verdict::new(outcome, self.evidence(observed, expected))
    }

    pub(crate) fn evidence(&self, observed: String, expected: String) -> Evidence {
        Evidence { resource: self.id, path: self.path(), observed, expected, origin: self.nearest, sensitive: false }
    }

    /// The value here is set, whatever it is.
    pub fn must_be_set(&self) -> Verdict {
        let expected = || "set".to_owned();
        match self.found {
            Found::Node(Node { value: Value::Null, .. }) | Found::Missing => {
                self.verdict(Outcome::Fail, "unset".to_owned(), expected())
            }
            Found::Node(node) => match node.expression() {
                Some(Expression { set: false, kind, .. }) if matches!(node.value, Value::Unknown(_)) => {
                    // A choice between two branches is told apart by what it leaves out.
                    let observed = match kind {
                        ExpressionKind::Choice => format!("{} (may be left out)", why_of(node)),
                        _ => why_of(node),
                    };
                    self.verdict(Outcome::Unknown, observed, expected())
                }
                _ => match &node.value {
                    Value::Unknown(why @ (Why::Denied(_) | Why::NotInCode | Why::NotRead)) => {
                        self.verdict(Outcome::Unknown, show_why(why), expected())
                    }
                    Value::Text(text) if text.is_empty() => self.verdict(Outcome::Fail, "empty".to_owned(), expected()),
                    _ => self.verdict(Outcome::Pass, show(node), expected()),
                },
            },
            Found::Beyond(node) => self.verdict(Outcome::Unknown, why_of(node), expected()),
            Found::NotInCode => self.verdict(Outcome::Unknown, show_why(&Why::NotInCode), expected()),
        }
    }

    /// No literal text here or below passes `test`, which sees the names of the properties that lead to
    /// the text, and the text; of text with parts that only deployment fills in, each part. Evidence
    /// says where the text stands, and never shows it.
    pub fn must_hold_no_literal(&self, expected: &str, test: impl Fn(&[&'a str], &str) -> bool) -> Verdict {
        let (mut found, mut unseen) = (Vec::new(), Vec::new());
        match self.found {
            Found::Node(node) => self.search(node, &mut Vec::new(), &test, &mut found, &mut unseen),
            Found::Beyond(Node { value: Value::Unknown(why), .. }) if why.hides_literals() => unseen.push(self.clone()),
            _ => {}
        }
        let verdict = |at: &Self, outcome, observed: &str| {
            let mut verdict = at.verdict(outcome, observed.to_owned(), expected.to_owned());
            for evidence in &mut verdict.evidence {
                evidence.sensitive = true;
            }
            verdict
        };
        match (&found[..], &unseen[..]) {
            ([], []) => verdict(self, Outcome::Pass, "no such text"),
            ([], [at, ..]) => verdict(at, Outcome::Unknown, &why_of_place(at)),
            _ => crate::all(found.iter().map(|at| verdict(at, Outcome::Fail, "a literal value"))),
        }
    }

    fn search(
        &self,
        node: &'a Node,
        names: &mut Vec<&'a str>,
        test: &impl Fn(&[&'a str], &str) -> bool,
        found: &mut Vec<Self>,
        unseen: &mut Vec<Self>,
    ) {
        match &node.value {
            Value::Map(entries) => {
                for (name, child) in entries {
                    names.push(name);
                    self.key(name, child).search(child, names, test, found, unseen);
                    names.pop();
                }
            }
            Value::List(items) => {
                for (number, child) in items.iter().enumerate() {
                    self.item(number, child).search(child, names, test, found, unseen);
                }
            }
            // What functions put together of literals is literal; the value of a parameter is not.
            Value::Text(text)
                if node.written.as_ref().is_none_or(|e| e.kind == ExpressionKind::Function) && test(names, text) =>
            {
                found.push(self.clone());
            }
            Value::Pattern(parts) => {
                let holds = |part: &Part| matches!(part, Part::Text(text) if test(names, text));
                if parts.iter().any(holds) {
                    found.push(self.clone());
                }
            }
            Value::Unknown(why) if why.hides_literals() => unseen.push(self.clone()),
            _ => {}
        }
    }

    /// Nothing is set here.
    pub fn must_be_unset(&self) -> Verdict {
        let mut verdict = self.must_be_set();
        verdict.outcome = verdict.outcome.not();
        for evidence in &mut verdict.evidence {
            evidence.expected = "unset".to_owned();
        }
        verdict
    }

    /// The resource is of the type `kind`.
    pub fn must_be_a(&self, kind: &str) -> Verdict {
        let outcome = if self.resource.kind == kind { Outcome::Pass } else { Outcome::Fail };
        let evidence = Evidence {
            resource: self.id,
            path: "Type".to_owned(),
            observed: self.resource.kind.clone(),
            expected: kind.to_owned(),
            origin: self.resource.origin,
            sensitive: false,
        };
        Verdict::new(outcome, evidence)
    }

    /// What `verdict` is worth when it rests on a resource that exists only perhaps.
    pub fn limited_by_presence(&self, verdict: Verdict) -> Verdict {
        match (&self.resource.presence, verdict.outcome) {
            (Presence::Possible(condition), Outcome::Pass | Outcome::Fail) => Verdict::new(
                Outcome::Unknown,
                Evidence {
                    resource: self.id,
                    path: "Condition".to_owned(),
                    observed: condition.text.to_string(),
                    expected: "known, so that it is known whether the resource exists".to_owned(),
                    origin: self.resource.origin,
                    sensitive: false,
                },
            ),
            _ => verdict,
        }
    }

    /// What `verdict` is worth as one of several of which one is enough: a pass of something that may not exist is
    /// unknown, a failure stays one.
    pub fn as_one_of_several(&self, verdict: Verdict) -> Verdict {
        if verdict.outcome == Outcome::Pass { self.limited_by_presence(verdict) } else { verdict }
    }

    /// The verdict on this resource as a whole: a failure of something that may not exist is unknown.
    pub fn concluded(&self, verdict: Verdict) -> Verdict {
        if verdict.outcome == Outcome::Fail { self.limited_by_presence(verdict) } else { verdict }
    }
}

fn descend<'a>(found: Found<'a>, nearest: Origin, key: &str) -> (Found<'a>, Origin) {
    let Found::Node(node) = found else { return (found, nearest) };
    match &node.value {
        Value::Map(entries) => match entries.get(key) {
            Some(child) => (Found::Node(child), child.origin),
            None => (Found::Missing, node.origin_or(nearest)),
        },
        Value::Null => (Found::Missing, nearest),
        _ => (Found::Beyond(node), node.origin_or(nearest)),
    }
}

impl Node {
    fn origin_or(&self, nearest: Origin) -> Origin {
        if self.origin.line > 0 { self.origin } else { nearest }
    }
}

/// Longest value shown in evidence, in characters.
const SHOWN: usize = 120;

/// A value as evidence shows it.
pub(crate) fn show(node: &Node) -> String {
    let mut text = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) | Value::Text(text) => shortened(text),
        Value::List(items) if items.is_empty() => "an empty list".to_owned(),
        Value::List(items) => format!("a list of {}", items.len()),
        Value::Map(entries) if entries.is_empty() => "an empty map".to_owned(),
        Value::Map(entries) => shortened(&format!("{{{}}}", entries.keys().cloned().collect::<Vec<_>>().join(", "))),
        Value::Pattern(_) | Value::Reference(_) => {
            return node.written.as_ref().map_or_else(|| "an attribute".to_owned(), |w| shortened(&w.text));
        }
        Value::Unknown(why) => return show_why(why),
    };
    if let Some(written) = &node.written {
        if matches!(written.kind, ExpressionKind::Parameter { hidden: true, .. }) {
            return format!("a hidden value (from {})", shortened(&written.text));
        }
        text.push_str(&format!(" (from {})", shortened(&written.text)));
    }
    text
}

/// Why a node is not known, as evidence shows it.
pub(crate) fn why_of(node: &Node) -> String {
    match &node.value {
        Value::Unknown(why) => show_why(why),
        Value::Pattern(_) | Value::Reference(_) => show(node),
        _ => format!("{} (malformed)", show(node)),
    }
}

pub(crate) fn show_why(why: &Why) -> String {
    match why {
        // Behind an action that was not refused stands why it failed.
        Why::Denied(action) if action.contains(" (") => format!("failed: {action}"),
        Why::Denied(action) => format!("denied: {action}"),
        Why::Unresolved(expression) => match &expression.kind {
            ExpressionKind::Parameter { .. } => {
                format!("{} (parameter without a value)", shortened(&expression.text))
            }
            _ => shortened(&expression.text),
        },
        Why::NotInCode => "only a running account can tell".to_owned(),
        Why::NotRead => "not read from the account".to_owned(),
        Why::Malformed(expected) => format!("not {expected}"),
    }
}

pub(crate) fn shortened(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let mut short: String = line.chars().take(SHOWN).collect();
    short.push('…');
    short
}

/// Why a place is not known, as evidence shows it.
pub(crate) fn why_of_place(at: &At<'_>) -> String {
    match at.found {
        Found::Node(node) | Found::Beyond(node) => why_of(node),
        Found::Missing => "unset".to_owned(),
        Found::NotInCode => show_why(&Why::NotInCode),
    }
}
