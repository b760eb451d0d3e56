//! Relations between resources: who points to whom.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use crate::at::Found;
use crate::node::Part;
use crate::{At, Fact, Inventory, Medium, Node, Outcome, Presence, Resource, ResourceId, Text, Value, Verdict, View};

/// Which resources of some types point where, by one property.
#[derive(Debug, Default)]
pub(crate) struct Index {
    by_target: HashMap<ResourceId, Vec<ResourceId>>,
    by_text: HashMap<String, Vec<ResourceId>>,
    /// They may point anywhere.
    unresolved: Vec<ResourceId>,
}

impl Index {
    fn new(inventory: &Inventory, kinds: &[&str], path: &str) -> Self {
        let mut index = Self::default();
        for kind in kinds {
            for id in inventory.of_kind(kind) {
                index.add(id, inventory.resource(id), path);
            }
        }
        index
    }

    fn add(&mut self, id: ResourceId, resource: &Resource, path: &str) {
        let mut nodes = vec![&resource.properties];
        for step in path.split('.') {
            let mut next = Vec::new();
            for node in nodes {
                match &node.value {
                    Value::Map(entries) => next.extend(entries.get(step)),
                    Value::Unknown(_) => self.unresolved.push(id),
                    // `*` steps into a list; a single value stands for a list of one.
                    Value::List(items) if step == "*" => next.extend(items),
                    _ if step == "*" => next.push(node),
                    _ => {}
                }
            }
            nodes = next;
        }
        for node in nodes {
            match &node.value {
                Value::Reference(reference) => self.by_target.entry(reference.target).or_default().push(id),
                Value::Text(text) => self.by_text.entry(text.to_string()).or_default().push(id),
                Value::Pattern(parts) => {
                    // Text that names several resources speaks of each: `service/${Cluster}/${Service.Name}`.
                    let mut named = false;
                    for part in parts {
                        if let Part::Reference(reference) = part {
                            self.by_target.entry(reference.target).or_default().push(id);
                            named = true;
                        }
                    }
                    if !named {
                        self.unresolved.push(id);
                    }
                }
                Value::Unknown(_) => self.unresolved.push(id),
                _ => {}
            }
        }
    }
}

/// How many resources that may point to another are weighed for it. Where there are more, the answer is
/// unknown, and cost stays linear.
const WEIGHED: usize = 100;

/// Resources that point to another.
#[derive(Debug)]
pub struct Related<'a, V> {
    to: At<'a>,
    kinds: &'static [&'static str],
    certain: Vec<V>,
    around: &'a Inventory,
    /// Where those are whose target cannot be resolved, so that they may point here. They may be many,
    /// the same ones for every resource, and are read only when it comes to them.
    open: Vec<Arc<Index>>,
}

impl<'a, V: View<'a>> Related<'a, V> {
    fn possible(&self) -> impl Iterator<Item = V> {
        let ids = self.open.iter().flat_map(|index| index.unresolved.iter());
        ids.take(WEIGHED).map(|id| V::from_at(self.around.at(*id)))
    }

    /// How many may point here.
    fn possibilities(&self) -> usize {
        self.open.iter().map(|index| index.unresolved.len()).sum()
    }

    /// The verdict where more may point here than are weighed: it cannot be known.
    fn crowded(&self, expected: &str) -> Option<Verdict> {
        let possibilities = self.possibilities();
        let observed = || format!("{possibilities} {} may belong to it", self.kinds.join(" or "));
        (possibilities > WEIGHED).then(|| self.to.verdict(Outcome::Unknown, observed(), expected.to_owned()))
    }

    /// At least one passes. `expected` says what is wanted: `a flow log`.
    ///
    /// In code, what is created by it has only the companions that the code gives it: none is a
    /// failure. A companion that exists only perhaps, or whose target cannot be resolved, makes it
    /// unknown.
    pub fn any(self, expected: &str, judge: impl Fn(&V) -> Verdict) -> Verdict {
        let certain = crate::any(self.certain.iter().map(|v| v.at().as_one_of_several(judge(v))));
        if certain.outcome == Outcome::Pass {
            return certain;
        }
        let open = self.possible().find(|v| matches!(judge(v).outcome, Outcome::Pass | Outcome::Unknown));
        if let (Some(open), Outcome::Fail | Outcome::NotApplicable) = (open, certain.outcome) {
            let observed = format!("{} may belong to it", open.at().resource().id);
            return self.to.verdict(Outcome::Unknown, observed, expected.to_owned());
        }
        if let Some(verdict) = self.crowded(expected) {
            return verdict;
        }
        if let Some(verdict) = self.hidden(expected) {
            return verdict;
        }
        match certain.outcome {
            Outcome::NotApplicable => {
                let observed = format!("no {} for it", self.kinds.join(" or "));
                self.to.verdict(Outcome::Fail, observed, expected.to_owned())
            }
            _ => certain,
        }
    }

    /// The verdict where a gap may hide one of them: what was not read is not absent.
    fn hidden(&self, expected: &str) -> Option<Verdict> {
        let to = self.to.resource();
        if to.medium == Medium::Account {
            // Of types that say the same thing in different ways, an account has one.
            if !self.kinds.iter().any(|kind| self.around.listed.contains(*kind)) {
                let observed = format!("{} was not read from the account", self.kinds.join(" or "));
                return Some(self.to.verdict(Outcome::Unknown, observed, expected.to_owned()));
            }
        }
        let region = to.region.as_deref();
        let gap = self.around.gaps.iter().find(|gap| {
            let elsewhere = gap.account.is_some() && to.account.is_some() && gap.account != to.account;
            let here = gap.region.is_none() || region.is_none() || gap.region.as_deref() == region;
            here && !elsewhere && gap.hides.iter().any(|kind| self.kinds.contains(&kind.as_str()))
        })?;
        let observed = match &gap.action {
            Some(action) => format!("{}: {action}", gap.reason),
            None => gap.reason.clone(),
        };
        Some(self.to.verdict(Outcome::Unknown, observed, expected.to_owned()))
    }

    /// Every one passes; none at all is a pass.
    pub fn all(self, judge: impl Fn(&V) -> Verdict) -> Verdict {
        let certain = crate::all(self.certain.iter().map(|v| {
            let verdict = judge(v);
            if verdict.outcome == Outcome::Fail { v.at().limited_by_presence(verdict) } else { verdict }
        }));
        let possible = crate::all(self.possible().map(|v| match judge(&v) {
            verdict if verdict.outcome == Outcome::Fail => verdict.weakened(),
            _ => Verdict::not_applicable(),
        }));
        let expected = "none to the contrary";
        let crowded = self.crowded(expected).or_else(|| self.hidden(expected)).unwrap_or_else(Verdict::not_applicable);
        match certain.and(possible).and(crowded) {
            verdict if verdict.outcome == Outcome::NotApplicable => self.to.verdict(
                Outcome::Pass,
                format!("no {} for it", self.kinds.join(" or ")),
                "none to the contrary".to_owned(),
            ),
            verdict => verdict,
        }
    }

    /// Without those whose target cannot be resolved: for what is judged by itself then.
    pub fn certainly(mut self) -> Self {
        self.open.clear();
        self
    }

    /// Together with those that point to the same by another property.
    pub fn with(mut self, others: Self) -> Self {
        let known: HashSet<ResourceId> = self.certain.iter().map(|v| v.at().id()).collect();
        self.certain.extend(others.certain.into_iter().filter(|v| !known.contains(&v.at().id())));
        self.open.extend(others.open);
        self
    }

    /// At most `most` of them exist.
    pub fn must_number_at_most(self, most: usize) -> Verdict {
        let certain = self.certain.iter().filter(|v| v.at().resource().presence == Presence::Certain).count();
        let possible = self.certain.len() + self.possibilities();
        let outcome = match certain > most {
            true => Outcome::Fail,
            false if possible > most => Outcome::Unknown,
            false => Outcome::Pass,
        };
        self.to.verdict(outcome, format!("{certain} {}", self.kinds.join(" or ")), format!("at most {most}"))
    }

    /// At least `least` of them exist.
    pub fn must_number_at_least(self, least: usize) -> Verdict {
        let certain = self.certain.iter().filter(|v| v.at().resource().presence == Presence::Certain).count();
        let possible = self.certain.len() + self.possibilities();
        let outcome = match certain >= least {
            true => Outcome::Pass,
            false if possible < least => Outcome::Fail,
            false => Outcome::Unknown,
        };
        self.to.verdict(outcome, format!("{certain} {}", self.kinds.join(" or ")), format!("at least {least}"))
    }

    /// A property of them has at least `least` different values; `what` says what they are: `zones`.
    /// The question does not arise where there are none.
    pub fn must_have_distinct(self, least: usize, what: &str, property: impl Fn(&V) -> Fact<'a, Text<'a>>) -> Verdict {
        if self.certain.is_empty() {
            return Verdict::not_applicable();
        }
        let verdict = crate::at_least_distinct(&self.to, self.certain.iter().map(&property), least, what);
        let uncertain = self.certain.iter().any(|v| v.at().resource().presence != Presence::Certain);
        match verdict.outcome {
            Outcome::Pass if uncertain => {
                let sure = self.certain.iter().filter(|v| v.at().resource().presence == Presence::Certain);
                let sure = crate::at_least_distinct(&self.to, sure.map(&property), least, what);
                if sure.outcome == Outcome::Fail { sure.weakened() } else { sure }
            }
            Outcome::Fail if self.possibilities() > 0 => verdict.weakened(),
            _ => verdict,
        }
    }

    /// There is one.
    pub fn must_exist(self, expected: &str) -> Verdict {
        self.any(expected, |v| {
            let at = v.at();
            at.verdict(Outcome::Pass, at.resource().id.clone(), expected.to_owned())
        })
    }
}

/// The resource a fact points to.
#[derive(Debug)]
pub enum Linked<'a, V> {
    /// It was read, too.
    Found(V),
    /// It is named, but is not among what was read.
    Outside(At<'a>),
    /// Nothing is named.
    Unset(At<'a>),
    /// What is named cannot be resolved.
    Unknown(At<'a>),
}

impl<'a, V: View<'a>> Linked<'a, V> {
    /// Goes on with the resource. Outside of what was read is unknown; the question does not arise
    /// where nothing is named.
    pub fn and_then(self, then: impl FnOnce(V) -> Verdict) -> Verdict {
        match self {
            Linked::Found(view) => {
                let at = view.at().clone();
                at.limited_by_presence(then(view))
            }
            Linked::Unset(_) => Verdict::not_applicable(),
            Linked::Outside(at) | Linked::Unknown(at) => {
                let observed = match at.found() {
                    Found::Node(node) => crate::at::show(node),
                    _ => crate::at::why_of_place(&at),
                };
                at.verdict(Outcome::Unknown, observed, format!("a {} among what was read", V::KINDS.join(" or ")))
            }
        }
    }
}

impl Inventory {
    /// The place of a resource's properties.
    pub fn at(&self, id: ResourceId) -> At<'_> {
        At::root(id, self.resource(id))
    }

    /// Every resource of a view's types.
    pub fn all<'a, V: View<'a> + 'a>(&'a self) -> impl Iterator<Item = V> + 'a {
        V::KINDS.iter().flat_map(|kind| self.of_kind(kind)).map(|id| V::from_at(self.at(id)))
    }

    /// The resources of a view's types whose property `path` points to `to`: by reference, by name or
    /// by ARN. `*` in the path steps into a list: `SecurityGroupIds.*`.
    pub fn referring<'a, V: View<'a>>(&'a self, path: &'static str, to: &At<'a>) -> Related<'a, V> {
        self.referring_as(path, to, "")
    }

    /// As [`Inventory::referring`], where the property may also hold the name of `to` behind `prefix`:
    /// `table/orders`.
    pub fn referring_as<'a, V: View<'a>>(&'a self, path: &'static str, to: &At<'a>, prefix: &str) -> Related<'a, V> {
        let index = self.join(V::KINDS, path);
        let mut certain: Vec<ResourceId> = index.by_target.get(&to.id()).cloned().unwrap_or_default();
        let Resource { name, arn, .. } = to.resource();
        let prefixed = name.as_ref().filter(|_| !prefix.is_empty()).map(|name| format!("{prefix}{name}"));
        for text in [name, arn, &prefixed].into_iter().flatten() {
            let referring = index.by_text.get(text).into_iter().flatten();
            certain.extend(referring.filter(|id| to.resource().is_meant_by(text, self.resource(**id))));
        }
        certain.sort_unstable();
        certain.dedup();
        let view = |id: ResourceId| V::from_at(self.at(id));
        Related {
            to: At::root(to.id(), to.resource()),
            kinds: V::KINDS,
            certain: certain.into_iter().map(view).collect(),
            around: self,
            open: vec![index],
        }
    }

    /// The resources of a view's types whose property `path` is `text`, and those where that cannot be
    /// known; evidence of there being none stands at `at`.
    pub fn holding<'a, V: View<'a>>(&'a self, path: &'static str, text: &str, at: &At<'a>) -> Related<'a, V> {
        let index = self.join(V::KINDS, path);
        let beside = |id: &&ResourceId| self.resource(**id).is_beside(at.resource());
        let certain = index.by_text.get(text).into_iter().flatten().filter(beside);
        Related {
            to: at.clone(),
            kinds: V::KINDS,
            certain: certain.map(|id| V::from_at(self.at(*id))).collect(),
            around: self,
            open: vec![index],
        }
    }

    /// The resources of a view's types in the same account and region as `at`. Evidence of there being none
    /// stands at `at`.
    pub fn beside<'a, V: View<'a> + 'a>(&'a self, at: &At<'a>) -> Related<'a, V> {
        self.around(at, |resource| resource.is_beside(at.resource()))
    }

    /// The resources of a view's types in the same account as `at`, in any region. Evidence of there being
    /// none stands at `at`.
    pub fn in_account<'a, V: View<'a> + 'a>(&'a self, at: &At<'a>) -> Related<'a, V> {
        self.around(at, |resource| resource.account == at.resource().account)
    }

    fn around<'a, V: View<'a> + 'a>(&'a self, at: &At<'a>, is_near: impl Fn(&Resource) -> bool) -> Related<'a, V> {
        let near = self.all::<V>().filter(|v| is_near(v.at().resource()));
        Related { to: at.clone(), kinds: V::KINDS, certain: near.collect(), around: self, open: Vec::new() }
    }

    /// The resources of a view's types, in the same account and region as `at`, that `judge` does not rule
    /// out.
    ///
    /// They are asked once in a run, under `question`: what every resource of one type would otherwise ask
    /// every resource of another costs no more than asking each once.
    pub fn such<'a, V: View<'a> + 'a>(
        &'a self,
        at: &At<'a>,
        question: &str,
        judge: impl Fn(&V) -> Verdict,
    ) -> impl Iterator<Item = V> + 'a {
        let beside = at.resource();
        let key = (V::KINDS, question.to_owned());
        let known = self.selections.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let selected = known.unwrap_or_else(|| {
            // Not while holding the lock: `judge` may ask the inventory, too.
            let selected = self.all::<V>().filter(|v| judge(v).outcome != Outcome::Fail).map(|v| v.at().id());
            let selected: Arc<[ResourceId]> = selected.collect();
            self.selections.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&selected));
            selected
        });
        let here = (0..selected.len()).map(move |number| selected[number]);
        here.filter(move |id| self.resource(*id).is_beside(beside)).map(|id| V::from_at(self.at(id)))
    }

    /// The resource a fact points to: by reference, by name or by ARN.
    pub fn linked<'a, V: View<'a>>(&'a self, fact: &Fact<'a, Text<'a>>) -> Linked<'a, V> {
        let at = fact.at().clone();
        let node = match at.found() {
            Found::Missing | Found::Node(Node { value: Value::Null, .. }) => return Linked::Unset(at),
            Found::Beyond(_) | Found::NotInCode => return Linked::Unknown(at),
            Found::Node(node) => node,
        };
        let target = match &node.value {
            Value::Text(text) => V::KINDS.iter().find_map(|kind| self.named(kind, text, at.resource())),
            Value::Reference(reference) => Some(reference.target),
            Value::Pattern(parts) => self.target_of(parts, V::KINDS),
            _ => return Linked::Unknown(at),
        };
        match target {
            Some(id) if V::KINDS.contains(&self.resource(id).kind.as_str()) => Linked::Found(V::from_at(self.at(id))),
            _ => Linked::Outside(at),
        }
    }

    /// The one resource of some types that text is put around: the service of
    /// `service/${Cluster}/${Service.Name}`.
    fn target_of(&self, parts: &[Part], kinds: &[&str]) -> Option<ResourceId> {
        let mut targets = parts.iter().filter_map(|part| match part {
            Part::Reference(reference) if kinds.contains(&self.resource(reference.target).kind.as_str()) => {
                Some(reference.target)
            }
            _ => None,
        });
        let first = targets.next()?;
        targets.all(|target| target == first).then_some(first)
    }

    fn join(&self, kinds: &'static [&'static str], path: &'static str) -> Arc<Index> {
        let mut joins = self.joins.lock().unwrap_or_else(PoisonError::into_inner);
        joins.entry((kinds, path)).or_insert_with(|| Arc::new(Index::new(self, kinds, path))).clone()
    }
}
