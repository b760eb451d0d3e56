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

/// Which resources of some types are where.
#[derive(Debug, Default)]
pub(crate) struct Places {
    by_account: HashMap<Option<String>, Vec<ResourceId>>,
    by_region: HashMap<(Option<String>, Option<String>), Vec<ResourceId>>,
}

impl Places {
    fn new(inventory: &Inventory, kinds: &[&str]) -> Self {
        let mut places = Self::default();
        for id in kinds.iter().flat_map(|kind| inventory.of_kind(kind)) {
            let Resource { account, region, .. } = inventory.resource(id);
            places.by_account.entry(account.clone()).or_default().push(id);
            places.by_region.entry((account.clone(), region.clone())).or_default().push(id);
        }
        places
    }
}

/// How many pieces of evidence a search that found nothing shows. Of more than that, it says how many.
const SHOWN: usize = 4;

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
    /// The region they have to be in. None where any will do.
    region: Option<&'a str>,
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
        if let (true, Some(verdict)) = (self.certain.is_empty(), self.not_offered(expected)) {
            return verdict;
        }
        match certain.outcome {
            Outcome::NotApplicable => {
                let kinds = self.kinds.join(" or ");
                let observed = match self.certain.len() {
                    0 => format!("no {kinds} for it"),
                    count => format!("{count} {kinds}, none of which counts"),
                };
                self.to.verdict(Outcome::Fail, observed, expected.to_owned())
            }
            _ => certain,
        }
    }

    /// As [`Related::any`], where they may be many: if none passes, it is said how many there are rather than what
    /// each of them lacks.
    pub fn any_of_many(self, expected: &str, judge: impl Fn(&V) -> Verdict) -> Verdict {
        let to = self.to.clone();
        let observed = format!("{} {}, none of which will do", self.certain.len(), self.kinds.join(" or "));
        let verdict = self.any(expected, judge);
        match verdict.outcome {
            Outcome::Fail if verdict.evidence.len() > SHOWN => to.verdict(Outcome::Fail, observed, expected.to_owned()),
            Outcome::Unknown if verdict.evidence.len() > SHOWN => {
                Verdict { evidence: verdict.evidence.into_iter().take(SHOWN).collect(), ..verdict }
            }
            _ => verdict,
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
        let mut gaps = self.kinds.iter().flat_map(|kind| self.around.gaps_hiding(kind));
        let gap = gaps.find(|gap| gap.is_about(to.account.as_deref(), self.region))?;
        let observed = match &gap.action {
            Some(action) => format!("{}: {action}", gap.reason),
            None => gap.reason.clone(),
        };
        Some(self.to.verdict(Outcome::Unknown, observed, expected.to_owned()))
    }

    /// The verdict where the service is not there, so that none can be: in a region the question does not arise. Of
    /// an account it is not known, because it says nothing about the other regions.
    fn not_offered(&self, expected: &str) -> Option<Verdict> {
        let account = self.to.resource().account.as_deref()?;
        let mut without = None;
        for kind in self.kinds.iter().filter(|kind| self.around.listed.contains(**kind)) {
            let regions = self.around.not_offered.get(*kind)?;
            let mut regions = regions.iter().filter(|(a, _)| a == account).map(|(_, region)| region.as_str());
            without = Some(regions.find(|region| self.region.is_none_or(|own| own == *region))?);
        }
        let region = without?;
        Some(match self.region {
            Some(_) => Verdict::not_applicable(),
            None => {
                let observed = format!("not available in {region}");
                self.to.verdict(Outcome::Unknown, observed, expected.to_owned())
            }
        })
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

    /// Those that point here for certain, for what need not be complete: an estimate, but no verdict.
    pub fn known(&self) -> &[V] {
        &self.certain
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
        let expected = format!("at most {most}");
        match self.hidden(&expected) {
            Some(hidden) if outcome == Outcome::Pass => hidden,
            _ => self.to.verdict(outcome, format!("{certain} {}", self.kinds.join(" or ")), expected),
        }
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
        let expected = format!("at least {least}");
        match self.hidden(&expected) {
            Some(hidden) if outcome == Outcome::Fail => hidden,
            _ => self.to.verdict(outcome, format!("{certain} {}", self.kinds.join(" or ")), expected),
        }
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
            Outcome::Fail => self.hidden(what).unwrap_or(verdict),
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
            region: to.resource().region.as_deref(),
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
            region: at.resource().region.as_deref(),
            open: vec![index],
        }
    }

    /// As [`Inventory::holding`], in any region of the account.
    pub fn holding_in_account<'a, V: View<'a>>(
        &'a self,
        path: &'static str,
        text: &str,
        at: &At<'a>,
    ) -> Related<'a, V> {
        let index = self.join(V::KINDS, path);
        let near = |id: &&ResourceId| self.resource(**id).account == at.resource().account;
        let certain = index.by_text.get(text).into_iter().flatten().filter(near);
        Related {
            to: at.clone(),
            kinds: V::KINDS,
            certain: certain.map(|id| V::from_at(self.at(*id))).collect(),
            around: self,
            region: None,
            open: vec![index],
        }
    }

    /// The resources of a view's types in the same account and region as `at`. Evidence of there being none
    /// stands at `at`.
    pub fn beside<'a, V: View<'a> + 'a>(&'a self, at: &At<'a>) -> Related<'a, V> {
        let Resource { account, region, .. } = at.resource();
        let places = self.places(V::KINDS);
        let near = places.by_region.get(&(account.clone(), region.clone()));
        self.around(at, near, region.as_deref())
    }

    /// The resources of a view's types in the same account as `at`, in any region. Evidence of there being
    /// none stands at `at`.
    pub fn in_account<'a, V: View<'a> + 'a>(&'a self, at: &At<'a>) -> Related<'a, V> {
        let places = self.places(V::KINDS);
        self.around(at, places.by_account.get(&at.resource().account), None)
    }

    fn around<'a, V: View<'a> + 'a>(
        &'a self,
        at: &At<'a>,
        near: Option<&Vec<ResourceId>>,
        region: Option<&'a str>,
    ) -> Related<'a, V> {
        let certain = near.into_iter().flatten().map(|id| V::from_at(self.at(*id))).collect();
        Related { to: at.clone(), kinds: V::KINDS, certain, around: self, region, open: Vec::new() }
    }

    /// Where the resources of some types are.
    fn places(&self, kinds: &'static [&'static str]) -> Arc<Places> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.entry(kinds).or_insert_with(|| Arc::new(Places::new(self, kinds))).clone()
    }

    /// A verdict on what an account or a region has to have one of.
    ///
    /// Where `at` is the `Pilaster::Account` or the `Pilaster::Region` it stands for, one of its resources of the
    /// view's types has to pass, and a resource of these types is not judged a second time by itself. Where nobody
    /// asked for any of these types, because the service was left out, there is nothing to judge. In code, which is
    /// no account, those are judged that the code has.
    pub fn one_of<'a, V: View<'a> + 'a>(
        &'a self,
        at: &At<'a>,
        expected: &str,
        judge: impl Fn(&V) -> Verdict,
    ) -> Verdict {
        let Resource { kind, medium, .. } = at.resource();
        let was_asked_for = V::KINDS.iter().any(|kind| self.listed.contains(*kind));
        match (kind.as_str(), medium) {
            ("Pilaster::Region" | "Pilaster::Account", _) if !was_asked_for => Verdict::not_applicable(),
            ("Pilaster::Region", _) => self.beside::<V>(at).any_of_many(expected, judge),
            ("Pilaster::Account", _) => self.in_account::<V>(at).any_of_many(expected, judge),
            (_, Medium::Account) => Verdict::not_applicable(),
            (_, Medium::Code) => judge(&V::from_at(at.clone())),
        }
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
