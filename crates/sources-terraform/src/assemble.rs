//! Makes resources of instances: gives them CloudFormation's names, and puts together what Terraform splits.

mod settle;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;
use model::{
    Builder, Expression, ExpressionKind, Medium, Node, Origin, Part, Presence, Reference, Resource, ResourceId, Value,
};

use self::settle::Homes;
use crate::awscc;
use crate::instance::{Configuration, Description, Instance};
use crate::mapping::{self, Mapping, Shape, argument, is_open};
use crate::resources::FAMILIES;
use crate::shape::as_text;

/// The mappings of every type of Terraform.
static BY_TYPE: LazyLock<HashMap<&'static str, Vec<&'static Mapping>>> = LazyLock::new(|| {
    let mut by_type: HashMap<_, Vec<_>> = HashMap::new();
    for mapping in FAMILIES.iter().copied().copied().flatten() {
        by_type.entry(mapping.terraform).or_default().push(mapping);
    }
    by_type
});

/// How many parts may be parts of parts.
const MAX_HOPS: usize = 8;

/// A resource in the making.
struct Draft {
    instance: usize,
    kind: String,
    /// What tells it from others of the same instance: `.route[0]`.
    suffix: String,
    name: Option<String>,
    origin: Origin,
    presence: Presence,
    properties: Node,
}

/// Adds what one configuration comes to.
pub(crate) fn assemble(configuration: Configuration, into: &mut Builder) {
    let Configuration { instances, suppressions, descriptions } = configuration;
    for Description { id, origin, properties } in descriptions {
        into.resource(Resource {
            kind: "Pilaster::Template".to_owned(),
            id,
            name: None,
            arn: None,
            account: None,
            region: None,
            origin,
            presence: Presence::Certain,
            medium: Medium::Code,
            properties,
            attributes: IndexMap::new(),
        });
    }
    let own = vec![None; instances.len()];
    let mut assembly = Assembly { instances, base: into.next().0, drafts: Vec::new(), own };
    for number in 0..assembly.instances.len() {
        assembly.declare(number);
    }
    assembly.join_parts();
    for (instance, mut suppression) in suppressions {
        let own = instance.and_then(|instance| assembly.own.get(instance).copied().flatten());
        suppression.resource = own.map(|draft| ResourceId(assembly.base + draft as u32));
        into.suppression(suppression);
    }
    assembly.finish(into);
}

/// The arguments that instances are told apart and found by, whatever else they have.
static IDENTIFYING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mappings = FAMILIES.iter().copied().copied().flatten();
    let named = mappings.flat_map(|mapping| {
        let by = match &mapping.shape {
            Shape::Part { by, .. } => *by,
            _ => "",
        };
        by.split(' ').chain(mapping.condition.map(|(name, _)| name))
    });
    named.chain(["id", "arn", "url"]).collect()
});

/// The mappings that count for an instance, or may.
fn mappings(instance: &Instance) -> impl Iterator<Item = &'static Mapping> {
    let mappings = BY_TYPE.get(instance.kind.as_str()).map_or(&[][..], Vec::as_slice);
    mappings.iter().copied().filter(|mapping| match mapping.condition {
        Some((name, wanted)) => match argument(&instance.values, name) {
            Some(node) => is_open(node) || as_text(node) == Some(wanted),
            None => false,
        },
        None => true,
    })
}

/// What decides whether a mapping counts for an instance, where that is not known.
fn doubt(mapping: &Mapping, instance: &Instance) -> Option<Presence> {
    let (name, wanted) = mapping.condition?;
    let node = argument(&instance.values, name).filter(|node| is_open(node))?;
    let written = node.expression().map_or(name, |expression| &expression.text);
    let text = format!("{written}, which may be {wanted}");
    Some(Presence::Possible(Arc::new(Expression::new(text, ExpressionKind::Choice))))
}

struct Assembly {
    instances: Vec<Instance>,
    /// The number of the first draft.
    base: u32,
    drafts: Vec<Draft>,
    /// By instance, the draft that it is itself.
    own: Vec<Option<usize>>,
}

/// What one mapping makes of an instance, or of a block at a place in it.
fn drafts(number: usize, instance: &Instance, mapping: &Mapping, kind: &str, values: &Node, place: &str) -> Vec<Draft> {
    let is_known = !is_open(values);
    let several = mapping.split.filter(|_| is_known).map(|split| split(values));
    let several = several.as_deref().unwrap_or(std::slice::from_ref(values));
    let presence = doubt(mapping, instance).unwrap_or_else(|| instance.presence.clone());
    let draft = |(index, values): (usize, &Node)| {
        let mut properties = mapping::properties(mapping.rules, values);
        if !is_known {
            for target in mapping::targets(mapping.rules) {
                mapping::leave_open(&mut properties, target, values);
            }
        }
        let name = mapping.name.and_then(|name| argument(values, name)).and_then(as_text);
        let part = if several.len() > 1 { format!("#{}", index + 1) } else { String::new() };
        Draft {
            instance: number,
            kind: kind.to_owned(),
            suffix: format!("{place}{part}"),
            name: name.map(str::to_owned),
            origin: values.origin,
            presence: presence.clone(),
            properties,
        }
    };
    several.iter().enumerate().map(draft).collect()
}

/// The resources that a part belongs to.
enum Joined {
    /// These drafts.
    To(Vec<usize>),
    /// None of those that were read.
    Outside,
    /// It may be any: what it names is not known.
    Open,
}

impl Assembly {
    /// Drafts what an instance is itself.
    fn declare(&mut self, number: usize) {
        let counting: Vec<&'static Mapping> = mappings(&self.instances[number]).collect();
        let is_part = counting.iter().any(|mapping| matches!(mapping.shape, Shape::Part { .. }));
        for mapping in &counting {
            if let Shape::Own(kind) = &mapping.shape {
                let own = self.drafts.len();
                let instance = &self.instances[number];
                self.drafts.extend(drafts(number, instance, mapping, kind, &instance.values, ""));
                if self.drafts.len() > own {
                    self.own[number].get_or_insert(own);
                }
            }
        }
        if self.own[number].is_none() && !is_part {
            self.keep_as_it_is(number);
        }
        for mapping in &counting {
            let Shape::Each { block, kind, link } = &mapping.shape else { continue };
            let first = self.drafts.len();
            let instance = &self.instances[number];
            for (place, values) in blocks(&instance.values, block) {
                self.drafts.extend(drafts(number, instance, mapping, kind, values, &place));
            }
            if !link.is_empty() {
                let reference = Reference { target: ResourceId(number as u32), attribute: "id".into() };
                for draft in &mut self.drafts[first..] {
                    let node = Node::new(Value::Reference(reference.clone()), draft.origin);
                    mapping::put(&mut draft.properties, link, node);
                }
            }
        }
        // There may be very many, and most of what they hold is in the drafts now.
        if let (false, Value::Map(entries)) = (is_part, &mut self.instances[number].values.value) {
            entries.retain(|name, _| IDENTIFYING.contains(name.as_str()));
            entries.shrink_to_fit();
        }
    }

    /// What is named as in CloudFormation needs no mapping, and what has none keeps Terraform's names, so that nothing is
    /// lost.
    fn keep_as_it_is(&mut self, number: usize) {
        let instance = &self.instances[number];
        if !instance.kind.starts_with("aws") {
            return;
        }
        let named = awscc::resource(&instance.kind, &instance.values);
        let (kind, properties) = named.unwrap_or_else(|| (&instance.kind, instance.values.clone()));
        self.own[number] = Some(self.drafts.len());
        self.drafts.push(Draft {
            instance: number,
            kind: kind.to_owned(),
            suffix: String::new(),
            name: None,
            origin: instance.origin,
            presence: instance.presence.clone(),
            properties,
        });
    }

    /// Adds what configures others to those.
    fn join_parts(&mut self) {
        let names = self.names();
        // Of parts that may belong to any: by type, the properties that they may set.
        let mut open: BTreeMap<(&'static str, &'static str), (Arc<Expression>, Origin)> = BTreeMap::new();
        for number in 0..self.instances.len() {
            let instance = &self.instances[number];
            let joined: Vec<(&'static Mapping, Joined)> = mappings(instance)
                .filter_map(|mapping| match &mapping.shape {
                    Shape::Part { of, by } => Some((mapping, self.joined(instance, of, by, &names, 0))),
                    _ => None,
                })
                .collect();
            let is_part = !joined.is_empty();
            for (mapping, joined) in joined {
                match joined {
                    Joined::To(drafts) => {
                        // Who speaks of a part means what it belongs to.
                        self.own[number] = self.own[number].or(drafts.first().copied());
                        for draft in drafts {
                            self.add(draft, mapping, number);
                        }
                    }
                    Joined::Outside => {}
                    Joined::Open => {
                        let part = &self.instances[number];
                        let text = format!("{}, which may belong to it", part.address);
                        let expression = Arc::new(Expression::new(text, ExpressionKind::Choice));
                        let Shape::Part { of, .. } = &mapping.shape else { continue };
                        for kind in *of {
                            for target in mapping::targets(mapping.rules) {
                                let entry = (Arc::clone(&expression), part.origin);
                                open.entry((*kind, target)).or_insert(entry);
                            }
                        }
                    }
                }
            }
            if is_part && self.own[number].is_none() {
                self.keep_as_it_is(number);
            }
        }
        if open.is_empty() {
            return;
        }
        for draft in &mut self.drafts {
            for ((_, target), (expression, origin)) in open.iter().filter(|((kind, _), _)| *kind == draft.kind) {
                mapping::leave_open(&mut draft.properties, target, &unknown(expression, *origin));
            }
        }
    }

    /// Adds a part's properties to a draft. Those of a part that exists only perhaps are not known.
    fn add(&mut self, draft: usize, mapping: &Mapping, part: usize) {
        let part = &self.instances[part];
        let whole = &self.instances[self.drafts[draft].instance];
        let into = &mut self.drafts[draft].properties;
        match &part.presence {
            Presence::Possible(condition) if part.presence != whole.presence => {
                for target in mapping::targets(mapping.rules) {
                    mapping::leave_open(into, target, &unknown(condition, part.origin));
                }
            }
            _ => mapping::merge(into, mapping::properties(mapping.rules, &part.values)),
        }
    }

    /// The drafts by type and by what others may call them.
    fn names(&self) -> Names {
        let mut names = Names::default();
        for (number, draft) in self.drafts.iter().enumerate() {
            let instance = &self.instances[draft.instance];
            let known = ["id", "arn", "url"].into_iter().filter_map(|key| instance.values.get(key).and_then(as_text));
            for name in draft.name.as_deref().into_iter().chain(known) {
                names.by_name.entry(draft.kind.clone()).or_default().entry(name.to_owned()).or_insert(number);
            }
        }
        let parts = self.instances.iter().flat_map(mappings).filter_map(|mapping| match &mapping.shape {
            Shape::Part { of, by } if by.contains(' ') => Some((*of, *by)),
            _ => None,
        });
        for (of, by) in parts.collect::<BTreeSet<_>>() {
            for (number, draft) in self.drafts.iter().enumerate() {
                let Some(kind) = of.iter().find(|kind| **kind == draft.kind) else { continue };
                if let Some(key) = key(&self.instances[draft.instance], by) {
                    names.by_key.entry((*kind, by)).or_default().entry(key).or_insert(number);
                }
            }
        }
        names
    }

    /// The drafts of the types `of` that the argument `by` of an instance names; where `by` is several arguments with a
    /// space between, those that have the same ones.
    fn joined(&self, instance: &Instance, of: &[&str], by: &str, names: &Names, hops: usize) -> Joined {
        if by.contains(' ') {
            return self.alike(instance, of, by, names, hops);
        }
        let Some(node) = argument(&instance.values, by) else { return Joined::Outside };
        let nodes = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut found = Vec::new();
        let mut is_open = false;
        for node in nodes {
            match self.named(node, of, names, hops) {
                Joined::To(drafts) => found.extend(drafts),
                Joined::Outside => {}
                Joined::Open => is_open = true,
            }
        }
        match (found.is_empty(), is_open) {
            (false, _) => Joined::To(found),
            (true, true) => Joined::Open,
            (true, false) => Joined::Outside,
        }
    }

    /// The drafts of some types that a value names.
    fn named(&self, node: &Node, of: &[&str], names: &Names, hops: usize) -> Joined {
        let targets: Vec<ResourceId> = match &node.value {
            Value::Text(text) => {
                let found = of.iter().find_map(|kind| names.by_name.get(*kind)?.get(&**text));
                return found.map_or(Joined::Outside, |draft| Joined::To(vec![*draft]));
            }
            Value::Reference(reference) => return self.home(reference.target, of, names, hops),
            Value::Pattern(parts) => parts.iter().filter_map(target).collect(),
            _ => Vec::new(),
        };
        let homes = targets.into_iter().filter_map(|target| match self.home(target, of, names, hops) {
            Joined::To(drafts) => Some(drafts),
            _ => None,
        });
        let found: Vec<usize> = homes.flatten().collect();
        if found.is_empty() { Joined::Open } else { Joined::To(found) }
    }

    /// The drafts of some types that several arguments of an instance name together: one of them leads there, or all of
    /// them are the same.
    fn alike(&self, instance: &Instance, of: &[&str], by: &str, names: &Names, hops: usize) -> Joined {
        for name in by.split(' ') {
            let reference = argument(&instance.values, name).filter(|node| matches!(node.value, Value::Reference(_)));
            if let Some(Joined::To(found)) = reference.map(|node| self.named(node, of, names, hops)) {
                return Joined::To(found);
            }
        }
        let Some(key) = key(instance, by) else { return Joined::Open };
        match of.iter().find_map(|kind| names.by_key.get(&(*kind, by))?.get(&key)) {
            Some(draft) => Joined::To(vec![*draft]),
            None => Joined::Outside,
        }
    }

    /// The drafts of some types that stand for an instance: itself, or what it is a part of.
    fn home(&self, instance: ResourceId, of: &[&str], names: &Names, hops: usize) -> Joined {
        let number = instance.0 as usize;
        let Some(instance) = self.instances.get(number).filter(|_| hops < MAX_HOPS) else { return Joined::Outside };
        let own = self.own[number].filter(|own| of.contains(&self.drafts[*own].kind.as_str()));
        if let Some(own) = own {
            return Joined::To(vec![own]);
        }
        let parts = mappings(instance).filter_map(|mapping| match &mapping.shape {
            Shape::Part { of: whole, by } if whole.iter().any(|kind| of.contains(kind)) => Some(by),
            _ => None,
        });
        let mut homes = parts.map(|by| self.joined(instance, of, by, names, hops + 1));
        homes.next().unwrap_or(Joined::Outside)
    }

    /// Adds the finished resources, in the order of their numbers.
    fn finish(self, into: &mut Builder) {
        let Self { instances, base, drafts, own } = self;
        let homes = Homes { instances, base, kinds: drafts.iter().map(|draft| draft.kind.clone()).collect(), own };
        for draft in drafts {
            let formerly = homes.instances.get(draft.instance).map_or(&[][..], |instance| &instance.formerly);
            let formerly = formerly.iter().map(|address| format!("{address}{}", draft.suffix)).collect();
            let id = into.resource(homes.finish(draft));
            into.formerly(id, formerly);
        }
    }
}

/// How drafts are found, by type.
#[derive(Default)]
struct Names {
    by_name: HashMap<String, HashMap<String, usize>>,
    /// By several arguments together.
    by_key: HashMap<(&'static str, &'static str), HashMap<Vec<String>, usize>>,
}

/// What several arguments of an instance come to, where all are known.
fn key(instance: &Instance, by: &str) -> Option<Vec<String>> {
    let part = |name| match &argument(&instance.values, name)?.value {
        Value::Text(text) => Some(text.to_string()),
        Value::Reference(reference) => Some(format!("#{}.{}", reference.target.0, reference.attribute)),
        _ => None,
    };
    by.split(' ').map(part).collect()
}

fn target(part: &Part) -> Option<ResourceId> {
    match part {
        Part::Reference(reference) => Some(reference.target),
        _ => None,
    }
}

/// The blocks at a path, each with its place: `.rule[0]`. Blocks that are not known are one that is not.
fn blocks<'n>(values: &'n Node, path: &str) -> Vec<(String, &'n Node)> {
    let mut found = vec![(String::new(), values)];
    for step in path.split('.') {
        let mut next = Vec::new();
        for (place, node) in found {
            let Some(inner) = argument(node, step) else { continue };
            match &inner.value {
                Value::List(items) => {
                    let items = items.iter().enumerate();
                    next.extend(items.map(|(number, item)| (format!("{place}.{step}[{number}]"), item)));
                }
                _ => next.push((format!("{place}.{step}"), inner)),
            }
        }
        found = next;
    }
    found
}

/// What may be set, and may be left out.
fn unknown(why: &Expression, origin: Origin) -> Node {
    Node::unresolved(Expression::new(why.text.clone(), ExpressionKind::Choice), origin)
}
