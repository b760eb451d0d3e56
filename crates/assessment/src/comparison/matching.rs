//! Which resource of one inventory is which of another.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use findings::identity_id;
use model::{Inventory, Node, Part, Reference, Resource, ResourceId, Value, Why};

use super::file;

/// Resources of two inventories, matched. Each has at most one counterpart.
pub(super) struct Pairs {
    after_of: Vec<Option<ResourceId>>,
    before_of: Vec<Option<ResourceId>>,
}

/// An inventory with what matching asks of it more than once.
struct Side<'a> {
    inventory: &'a Inventory,
    contents: Vec<Option<u64>>,
    counts: Counts,
}

/// Whether accounts and regions tell resources of code apart: both inventories have to know of any. That one run was
/// given `--region` makes no other resources.
#[derive(Clone, Copy)]
struct Counts {
    account: bool,
    region: bool,
}

impl Counts {
    fn of(before: &Inventory, after: &Inventory) -> Self {
        let tell = |has: fn(&Resource) -> bool| [before, after].iter().all(|one| one.resources.iter().any(has));
        Self { account: tell(|one| one.account.is_some()), region: tell(|one| one.region.is_some()) }
    }
}

impl Pairs {
    /// Matches first what its source says was called otherwise, then by identity: type, id, account and region,
    /// without positions in lists. Where several
    /// share one, the same file tells, then the same properties: the items of a reordered list trade their
    /// positions. What is left is matched by what a resource keeps when it is called otherwise: its ARN, its
    /// name, its file's new name, its properties, and last its own name within another module or stack.
    pub(super) fn between<'x>(before: &'x Inventory, after: &'x Inventory) -> Self {
        let mut pairs =
            Self { after_of: vec![None; before.resources.len()], before_of: vec![None; after.resources.len()] };
        let counts = Counts::of(before, after);
        let mut old = Side { inventory: before, contents: vec![None; before.resources.len()], counts };
        let mut new = Side { inventory: after, contents: vec![None; after.resources.len()], counts };
        pairs.by_former_id(&old, &new);
        pairs.by_identity(&mut old, &mut new);
        pairs.by(&mut old, &mut new, Twins::InOrder, |side, number| side.resource(number).arn.clone());
        pairs.by(&mut old, &mut new, Twins::InOrder, |side, number| {
            let name = side.resource(number).name.as_deref();
            name.map(|name| (side.place_of_kind(number), name))
        });
        pairs.by_file(&mut old, &mut new);
        pairs.by(&mut old, &mut new, Twins::InOrder, |side, number| {
            let telling = side.is_telling(number);
            telling.then(|| (side.place_of_kind(number), side.file(number).map(str::to_owned), side.content(number)))
        });
        pairs.by(&mut old, &mut new, Twins::InOrder, |side, number| {
            side.is_telling(number).then(|| (side.place_of_kind(number), side.content(number)))
        });
        pairs.by(&mut old, &mut new, Twins::Unmatched, |side, number| {
            let resource = side.resource(number);
            // In an account an id is all there is: another one is another resource.
            let own = own_name(&resource.id).filter(|_| resource.medium == model::Medium::Code);
            own.map(|own| (side.place_of_kind(number), own.to_owned()))
        });
        pairs
    }

    pub(super) fn after(&self, before: ResourceId) -> Option<ResourceId> {
        self.after_of.get(before.0 as usize).copied().flatten()
    }

    pub(super) fn before(&self, after: ResourceId) -> Option<ResourceId> {
        self.before_of.get(after.0 as usize).copied().flatten()
    }

    /// Those whose id is another now.
    pub(super) fn renamed(&self, before: &Inventory, after: &Inventory) -> Vec<(ResourceId, ResourceId)> {
        let pairs = self.after_of.iter().enumerate().filter_map(|(old, new)| Some((ResourceId(old as u32), (*new)?)));
        pairs.filter(|(old, new)| before.resource(*old).id != after.resource(*new).id).collect()
    }

    fn join(&mut self, before: usize, after: usize) {
        self.after_of[before] = Some(ResourceId(after as u32));
        self.before_of[after] = Some(ResourceId(before as u32));
    }

    /// What the later inventory says of former ids counts where the earlier one has such an id and does not have the
    /// new one: what is said of moves stays in code long after they were made.
    fn by_former_id<'x>(&mut self, old: &Side<'x>, new: &Side<'x>) {
        if new.inventory.formerly.is_empty() {
            return;
        }
        let mut numbers: HashMap<_, Vec<usize>> = HashMap::new();
        for number in 0..old.inventory.resources.len() {
            numbers.entry((old.id(number), old.place_of_kind(number))).or_default().push(number);
        }
        for (id, formerly) in &new.inventory.formerly {
            let number = id.0 as usize;
            let called = |id: &'x str| numbers.get(&(id, new.place_of_kind(number)));
            if called(new.id(number)).is_some() {
                continue;
            }
            // Several have one address where there are several root modules.
            if let Some([only]) = formerly.iter().find_map(|id| called(id)).map(Vec::as_slice)
                && self.after_of[*only].is_none()
            {
                self.join(*only, number);
            }
        }
    }

    fn by_identity<'x>(&mut self, old: &mut Side<'x>, new: &mut Side<'x>) {
        let mut groups: HashMap<_, (Vec<usize>, Vec<usize>)> = HashMap::new();
        let mut order = Vec::new();
        let (before, after): (Vec<usize>, Vec<usize>) =
            (self.left(&self.after_of).collect(), self.left(&self.before_of).collect());
        for number in before {
            let key = old.identity(number);
            let group = groups.entry(key.clone()).or_default();
            if group.0.is_empty() {
                order.push(key);
            }
            group.0.push(number);
        }
        for number in after {
            if let Some(group) = groups.get_mut(&new.identity(number)) {
                group.1.push(number);
            }
        }
        for key in order {
            let Some((before, after)) = groups.remove(&key) else { continue };
            if let ([one], [other]) = (before.as_slice(), after.as_slice())
                && old.resource(*one).id == new.resource(*other).id
            {
                self.join(*one, *other);
                continue;
            }
            let mut group = Group { pairs: self, before, after };
            group.by(old, new, |side, n| (side.id(n), side.file(n).map(str::to_owned), side.content(n)));
            group.by(old, new, |side, n| (side.file(n).map(str::to_owned), side.content(n)));
            group.by(old, new, |side, n| (side.id(n), side.file(n).map(str::to_owned)));
            group.by(old, new, |side, n| side.content(n));
            group.by(old, new, |side, n| side.id(n));
        }
    }

    /// What only Pilaster knows of a file, such as the template, is called like it: renamed files are told
    /// by the resources in them.
    fn by_file(&mut self, old: &mut Side<'_>, new: &mut Side<'_>) {
        let mut renamed: HashMap<String, String> = HashMap::new();
        for (before, after) in self.after_of.iter().enumerate() {
            let Some(after) = after else { continue };
            if let (Some(was), Some(is)) = (old.file(before), new.file(after.0 as usize)) {
                renamed.entry(was.to_owned()).or_insert_with(|| is.to_owned());
            }
        }
        let of_file = |side: &Side<'_>, number: usize| {
            let kind = &side.resource(number).kind;
            kind.starts_with("Pilaster::").then(|| (kind.clone(), side.file(number).map(str::to_owned)))
        };
        let before = self.left(&self.after_of).filter_map(|number| {
            let (kind, file) = of_file(old, number)?;
            Some(((kind, renamed.get(&file?)?.clone()), number))
        });
        let mut places: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (key, number) in before {
            places.entry(key).or_default().push(number);
        }
        let after: Vec<usize> = self.left(&self.before_of).collect();
        for number in after {
            let Some((kind, Some(file))) = of_file(new, number) else { continue };
            if let Some([only]) = places.remove(&(kind, file)).as_deref() {
                self.join(*only, number);
            }
        }
    }

    /// Matches those that have no counterpart and share a key.
    fn by<'x, K: Hash + Eq>(
        &mut self,
        old: &mut Side<'x>,
        new: &mut Side<'x>,
        twins: Twins,
        key: impl Fn(&mut Side<'x>, usize) -> Option<K>,
    ) {
        let before: Vec<usize> = self.left(&self.after_of).collect();
        let after: Vec<usize> = self.left(&self.before_of).collect();
        if before.is_empty() || after.is_empty() {
            return;
        }
        let mut groups: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for number in before {
            if let Some(key) = key(old, number) {
                groups.entry(key).or_default().0.push(number);
            }
        }
        for number in after {
            if let Some(group) = key(new, number).and_then(|key| groups.get_mut(&key)) {
                group.1.push(number);
            }
        }
        // Every resource has one key, so that the order of groups does not matter.
        for (before, after) in groups.into_values() {
            if twins == Twins::InOrder || before.len() == 1 && after.len() == 1 {
                before.into_iter().zip(after).for_each(|(before, after)| self.join(before, after));
            }
        }
    }

    fn left<'p>(&self, others: &'p [Option<ResourceId>]) -> impl Iterator<Item = usize> + use<'p> {
        others.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(number, _)| number)
    }
}

/// What becomes of several that share a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Twins {
    /// The first is the first: they have all in common that verdicts stand on.
    InOrder,
    /// Nobody knows which is which.
    Unmatched,
}

/// Resources of one identity.
struct Group<'p> {
    pairs: &'p mut Pairs,
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Group<'_> {
    fn by<'x, K: Hash + Eq>(
        &mut self,
        old: &mut Side<'x>,
        new: &mut Side<'x>,
        key: impl Fn(&mut Side<'x>, usize) -> K,
    ) {
        if self.before.is_empty() || self.after.is_empty() {
            return;
        }
        let mut places: HashMap<K, Vec<usize>> = HashMap::new();
        // From behind, so that the first is taken first.
        for number in self.after.iter().rev() {
            places.entry(key(new, *number)).or_default().push(*number);
        }
        for number in std::mem::take(&mut self.before) {
            match places.get_mut(&key(old, number)).and_then(Vec::pop) {
                Some(found) => self.pairs.join(number, found),
                None => self.before.push(number),
            }
        }
        let pairs = &self.pairs;
        self.after.retain(|number| pairs.before_of[*number].is_none());
    }
}

/// Type, account, region.
type PlaceOfKind<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// What a resource is called within its module or stack: `logs` of `module.store.aws_s3_bucket.logs`.
fn own_name(id: &str) -> Option<&str> {
    // A key of for_each may hold anything.
    let (address, _) = id.split_once('[').unwrap_or((id, ""));
    let start = address.rfind(['/', '.']).map_or(0, |position| position + 1);
    id.get(start..).filter(|name| !name.is_empty())
}

impl<'a> Side<'a> {
    fn resource(&self, number: usize) -> &'a Resource {
        &self.inventory.resources[number]
    }

    fn id(&self, number: usize) -> &'a str {
        &self.resource(number).id
    }

    fn file(&self, number: usize) -> Option<&'a str> {
        file(self.inventory, self.resource(number))
    }

    /// Id without positions in lists, and what has to be the same besides.
    fn identity(&self, number: usize) -> (Cow<'a, str>, PlaceOfKind<'a>) {
        (identity_id(self.id(number)), self.place_of_kind(number))
    }

    /// What has to be the same however a resource is called.
    fn place_of_kind(&self, number: usize) -> PlaceOfKind<'a> {
        let Resource { kind, account, region, medium, .. } = self.resource(number);
        let is_live = *medium == model::Medium::Account;
        let account = account.as_deref().filter(|_| is_live || self.counts.account);
        let region = region.as_deref().filter(|_| is_live || self.counts.region);
        (kind, account, region)
    }

    /// Whether properties can tell a resource from another: none at all are no likeness. In an account
    /// the id is the resource, whatever it is like.
    fn is_telling(&self, number: usize) -> bool {
        let Resource { properties, medium, kind, .. } = self.resource(number);
        let is_empty = matches!(&properties.value, Value::Map(entries) if entries.is_empty());
        *medium == model::Medium::Code && !is_empty && !kind.starts_with("Pilaster::")
    }

    /// A digest of the properties, wherever they are written.
    fn content(&mut self, number: usize) -> u64 {
        let inventory = self.inventory;
        let resource = self.resource(number);
        *self.contents[number].get_or_insert_with(|| {
            let mut hasher = DefaultHasher::new();
            digest(inventory, &resource.properties, &mut hasher);
            hasher.finish()
        })
    }
}

fn digest(inventory: &Inventory, node: &Node, hasher: &mut DefaultHasher) {
    std::mem::discriminant(&node.value).hash(hasher);
    match &node.value {
        Value::Null => {}
        Value::Bool(value) => value.hash(hasher),
        Value::Number(text) | Value::Text(text) => text.hash(hasher),
        Value::Pattern(parts) => {
            for part in parts {
                match part {
                    Part::Text(text) => text.hash(hasher),
                    Part::Reference(reference) => pointer(inventory, reference, hasher),
                    Part::Unknown(expression) => expression.text.hash(hasher),
                }
            }
        }
        Value::List(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| digest(inventory, item, hasher));
        }
        Value::Map(entries) => {
            // The order of keys says nothing.
            let mut sum = 0_u64;
            for (key, entry) in entries {
                let mut own = DefaultHasher::new();
                key.hash(&mut own);
                digest(inventory, entry, &mut own);
                sum = sum.wrapping_add(own.finish());
            }
            (entries.len(), sum).hash(hasher);
        }
        Value::Reference(reference) => pointer(inventory, reference, hasher),
        Value::Unknown(Why::Denied(action)) => action.hash(hasher),
        Value::Unknown(Why::Unresolved(expression)) => expression.text.hash(hasher),
        Value::Unknown(_) => {}
    }
}

/// What is pointed to may itself be called otherwise; its type is not.
fn pointer(inventory: &Inventory, reference: &Reference, hasher: &mut DefaultHasher) {
    inventory.resources.get(reference.target.0 as usize).map(|target| &target.kind).hash(hasher);
    reference.attribute.hash(hasher);
}
