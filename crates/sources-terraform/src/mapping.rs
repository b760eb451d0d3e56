//! How the resources of Terraform become those of CloudFormation, as data.
//!
//! A family of resources is a file of [`Mapping`]s under `resources/`. A mapping names a type of
//! Terraform, what it becomes, and by which [`Rule`]s its arguments become properties. Whatever is not
//! known stays so on the way. Empty text counts as unset, as the provider counts it.

use model::{Node, Value};

/// What one type of Terraform becomes. A type may have several: a route table and the routes in it.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// The type: `aws_sqs_queue`.
    pub(crate) terraform: &'static str,
    pub(crate) shape: Shape,
    pub(crate) rules: &'static [Rule],
    /// The argument that is the name AWS knows it by, where it has one of its own.
    pub(crate) name: Option<&'static str>,
    /// It counts only where this argument has this value.
    pub(crate) condition: Option<(&'static str, &'static str)>,
    /// Makes of one instance (or block) as many as it stands for: of a rule for two ranges, two.
    pub(crate) split: Option<fn(&Node) -> Vec<Node>>,
}

/// What an instance becomes.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A resource of this type.
    Own(&'static str),
    /// Properties of other resources: those of the CloudFormation types `of` that the argument `by` names.
    Part { of: &'static [&'static str], by: &'static str },
    /// For every nested block `block` of it (the path to it), a resource of the type `kind` whose property `link`
    /// points to the resource the block stands in. Without a `link` nothing does.
    Each { block: &'static str, kind: &'static str, link: &'static str },
}

/// How an argument becomes a property.
///
/// A property is named by a path: `BucketEncryption.ServerSideEncryptionConfiguration`. `[]` at its end
/// adds to a list: `ManagedPolicyArns[]`. In a rule for blocks an empty path means the map the rule is in.
#[derive(Debug)]
pub(crate) enum Rule {
    /// The argument as it is.
    Take(&'static str, &'static str),
    /// The argument, made into something else. What is not known is passed on as it is and never seen.
    /// `None` leaves the property unset.
    With(&'static str, &'static str, fn(Node) -> Option<Node>),
    /// A block that stands once at most, as a map.
    One(&'static str, &'static str, &'static [Rule]),
    /// Blocks, as a list of maps.
    List(&'static str, &'static str, &'static [Rule]),
    /// A property that the type alone decides.
    Is(&'static str, &'static str),
    /// Several arguments that make one property. It sees the map they stand in, and any of them may not
    /// be known.
    From(
        #[allow(dead_code, reason = "a test holds what is read here to the provider's schema")]
        &'static [&'static str],
        &'static str,
        fn(&Node) -> Option<Node>,
    ),
    /// Rules for an argument that Terraform's older provider knew by another name count only where the
    /// first argument is not set.
    Unless(&'static str, &'static Rule),
}

pub(crate) use Rule::{From, Is, List, One, Take, Unless, With};

impl Mapping {
    const fn new(terraform: &'static str, shape: Shape, rules: &'static [Rule]) -> Self {
        Self { terraform, shape, rules, name: None, condition: None, split: None }
    }

    /// A resource of its own.
    pub(crate) const fn own(terraform: &'static str, kind: &'static str, rules: &'static [Rule]) -> Self {
        Self::new(terraform, Shape::Own(kind), rules)
    }

    /// Properties of the resources of the types `of` that the argument `by` names.
    pub(crate) const fn part(
        terraform: &'static str,
        of: &'static [&'static str],
        by: &'static str,
        rules: &'static [Rule],
    ) -> Self {
        Self::new(terraform, Shape::Part { of, by }, rules)
    }

    /// A resource of the type `kind` for every block, with a property that points to the one around it.
    pub(crate) const fn each(
        terraform: &'static str,
        block: &'static str,
        kind: &'static str,
        link: &'static str,
        rules: &'static [Rule],
    ) -> Self {
        Self::new(terraform, Shape::Each { block, kind, link }, rules)
    }

    /// The argument that is its name.
    pub(crate) const fn named(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Only where an argument has this value.
    pub(crate) const fn when(mut self, argument: &'static str, value: &'static str) -> Self {
        self.condition = Some((argument, value));
        self
    }

    /// As many as `split` makes of one.
    pub(crate) const fn split(mut self, split: fn(&Node) -> Vec<Node>) -> Self {
        self.split = Some(split);
        self
    }
}

/// An argument that is set. The one without a name is the whole: of a list of text, an item.
pub(crate) fn argument<'n>(values: &'n Node, name: &str) -> Option<&'n Node> {
    let node = if name.is_empty() { Some(values) } else { values.get(name) };
    node.filter(|node| !is_unset(node))
}

/// Whether the provider takes it for unset.
pub(crate) fn is_unset(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether nothing can be made of it, because it is not known.
pub(crate) fn is_open(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_))
}

/// The properties that rules make of a map of arguments.
pub(crate) fn properties(rules: &[Rule], values: &Node) -> Node {
    let mut made = Node::new(Value::Map(indexmap::IndexMap::new()), values.origin);
    apply(rules, values, &mut made);
    made
}

fn apply(rules: &[Rule], values: &Node, into: &mut Node) {
    for rule in rules {
        apply_one(rule, values, into);
    }
}

fn apply_one(rule: &Rule, values: &Node, into: &mut Node) {
    match rule {
        Take(from, to) => {
            if let Some(node) = argument(values, from) {
                put(into, to, node.clone());
            }
        }
        With(from, to, make) => {
            let Some(node) = argument(values, from) else { return };
            let made = if is_open(node) { Some(node.clone()) } else { make(node.clone()) };
            if let Some(mut made) = made {
                made.origin = node.origin;
                made.written = made.written.or_else(|| node.written.clone());
                put(into, to, made);
            }
        }
        One(from, to, rules) => {
            let Some(node) = argument(values, from) else { return };
            match &node.value {
                Value::List(items) => {
                    if let Some(first) = items.first() {
                        block(rules, first, to, into);
                    }
                }
                _ => block(rules, node, to, into),
            }
        }
        List(from, to, rules) => {
            let Some(node) = argument(values, from) else { return };
            let one = |item: &Node| if is_open(item) { item.clone() } else { properties(rules, item) };
            let items = match &node.value {
                Value::List(items) if items.is_empty() => return,
                Value::List(items) => items.iter().map(one).collect(),
                Value::Map(_) => vec![properties(rules, node)],
                _ => return put(into, to, node.clone()),
            };
            let mut list = Node::new(Value::List(items), node.origin);
            list.written.clone_from(&node.written);
            put(into, to, list);
        }
        Is(to, value) => put(into, to, Node::new(Value::Text((*value).into()), values.origin)),
        From(_, to, make) => {
            if let Some(node) = make(values) {
                put(into, to, node);
            }
        }
        Unless(argument_name, rule) => {
            if argument(values, argument_name).is_none() {
                apply_one(rule, values, into);
            }
        }
    }
}

/// Puts one block where it belongs. Of a block that is not known, no property is.
fn block(rules: &[Rule], node: &Node, to: &str, into: &mut Node) {
    match (&node.value, to) {
        (Value::Map(_), "") => apply(rules, node, into),
        (Value::Map(_), _) => put(into, to, properties(rules, node)),
        (_, "") => targets(rules).for_each(|to| leave_open(into, to, node)),
        _ => put(into, to, node.clone()),
    }
}

/// The top properties that rules set.
pub(crate) fn targets(rules: &'_ [Rule]) -> impl Iterator<Item = &'static str> + '_ {
    let mut found = Vec::new();
    collect(rules, &mut found);
    found.into_iter()
}

fn collect(rules: &[Rule], found: &mut Vec<&'static str>) {
    for rule in rules {
        match rule {
            One(_, "", inner) | List(_, "", inner) => collect(inner, found),
            Unless(_, inner) => collect(std::slice::from_ref(inner), found),
            Take(_, to) | With(_, to, _) | One(_, to, _) | List(_, to, _) | Is(to, _) | From(_, to, _) => {
                found.push(to)
            }
        }
    }
}

/// Puts a node at a path, making the maps on the way. Maps are merged, `[]` adds to a list, and what is not
/// known is not written over: something in it is.
pub(crate) fn put(into: &mut Node, path: &str, node: Node) {
    let Value::Map(entries) = &mut into.value else { return };
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    if let Some(rest) = rest {
        let origin = node.origin;
        let inner =
            entries.entry(key.to_owned()).or_insert_with(|| Node::new(Value::Map(indexmap::IndexMap::new()), origin));
        return put(inner, rest, node);
    }
    let (key, node) = match key.strip_suffix("[]") {
        Some(key) if is_list(&node) => (key, node),
        Some(key) => (key, Node::new(Value::List(vec![node.clone()]), node.origin)),
        None => (key, node),
    };
    match entries.get_mut(key) {
        Some(known) => merge(known, node),
        None => {
            entries.insert(key.to_owned(), node);
        }
    }
}

/// Notes that something which is not known may set a property, and with it what the property stands in. What is set for
/// certain stays, and a list that may grow gets an item that may be there.
pub(crate) fn leave_open(into: &mut Node, path: &str, unknown: &Node) {
    let Value::Map(entries) = &mut into.value else { return };
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let name = key.trim_end_matches("[]");
    match (entries.get_mut(name), rest) {
        (Some(inner), Some(rest)) if !is_unset(inner) => leave_open(inner, rest, unknown),
        (Some(Node { value: Value::List(items), .. }), None) if name != key => items.push(unknown.clone()),
        (Some(known), None) if !is_unset(known) => {}
        _ => {
            entries.insert(name.to_owned(), unknown.clone());
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// Adds to what is known already: maps and lists grow, anything else is replaced.
pub(crate) fn merge(known: &mut Node, node: Node) {
    match (&mut known.value, node.value) {
        (Value::Map(entries), Value::Map(more)) => {
            for (key, node) in more {
                match entries.get_mut(&key) {
                    Some(known) => merge(known, node),
                    None => {
                        entries.insert(key, node);
                    }
                }
            }
        }
        (Value::List(items), Value::List(more)) => items.extend(more),
        (_, value) => {
            known.value = value;
            known.origin = node.origin;
            known.written = node.written;
        }
    }
}
