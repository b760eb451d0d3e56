//! Everything that was read in one run.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::related::{Index, Places};
use crate::{Gap, Origin, Resource, ResourceId, Skipped, Suppression};

/// The number of a source in its [`Inventory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A file or a call that nodes were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A file of code.
    File {
        /// The path to show, with forward slashes.
        path: String,
        /// Its text, kept for excerpts and never written to an artefact: it may hold secrets.
        #[serde(skip)]
        text: Option<Arc<str>>,
    },
    /// A call to AWS.
    Call {
        /// Service and operation: `s3:GetBucketVersioning`.
        operation: String,
        /// The region it went to.
        region: String,
    },
}

/// Collects what sources read. [`Builder::build`] makes it an [`Inventory`].
#[derive(Debug, Default)]
pub struct Builder {
    sources: Vec<Source>,
    resources: Vec<Resource>,
    gaps: Vec<Gap>,
    skipped: Vec<Skipped>,
    suppressions: Vec<Suppression>,
    formerly: Formerly,
    listed: BTreeSet<String>,
    not_offered: NotOffered,
}

/// The ids that resources had before, the last first.
type Formerly = BTreeMap<ResourceId, Vec<String>>;

/// Of types of resource, the accounts and regions that do not have them.
type NotOffered = BTreeMap<String, BTreeSet<(String, String)>>;

impl Builder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; nodes name it by the id returned.
    pub fn file(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        self.source(Source::File { path: path.into(), text: Some(text.into()) })
    }

    /// Adds a source of any kind.
    pub fn source(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        SourceId((self.sources.len() - 1) as u32)
    }

    /// The id the next resource will get. References may point to it before it is added.
    pub fn next(&self) -> ResourceId {
        ResourceId(self.resources.len() as u32)
    }

    /// Adds a resource. Ids are given in the order of these calls, from 0.
    pub fn resource(&mut self, resource: Resource) -> ResourceId {
        let id = self.next();
        self.resources.push(resource);
        id
    }

    /// Notes that resources of this type have been asked for in accounts. Of a type that was not, none is
    /// known to be absent.
    pub fn listed(&mut self, kind: impl Into<String>) {
        self.listed.insert(kind.into());
    }

    /// Notes that a region of an account does not have resources of this type: the service is not there. That
    /// none was found in it says nothing about the account.
    pub fn not_offered(&mut self, kind: impl Into<String>, account: impl Into<String>, region: impl Into<String>) {
        self.not_offered.entry(kind.into()).or_default().insert((account.into(), region.into()));
    }

    /// Adds something that could not be read.
    pub fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    /// Reads something whose gaps do not count, because it only adds to what is known otherwise.
    pub fn without_gaps<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let (gaps, skipped) = (self.gaps.len(), self.skipped.len());
        let result = read(self);
        self.gaps.truncate(gaps);
        self.skipped.truncate(skipped);
        result
    }

    /// Adds a file that was left out on purpose.
    pub fn skip(&mut self, file: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Skipped { file: file.into(), reason: reason.into() });
    }

    /// Adds a suppression meant for another tool.
    pub fn suppression(&mut self, suppression: Suppression) {
        self.suppressions.push(suppression);
    }

    /// Notes what a resource was called before, the last name first.
    pub fn formerly(&mut self, resource: ResourceId, ids: Vec<String>) {
        if !ids.is_empty() {
            self.formerly.insert(resource, ids);
        }
    }

    /// The finished inventory. Gaps and skipped files are sorted; resources keep their order.
    pub fn build(mut self) -> Inventory {
        self.gaps.sort();
        self.gaps.dedup();
        self.skipped.sort();
        Inventory::from(Parts {
            sources: self.sources,
            resources: self.resources,
            gaps: self.gaps,
            skipped: self.skipped,
            suppressions: self.suppressions,
            formerly: self.formerly,
            listed: self.listed,
            not_offered: self.not_offered,
        })
    }
}

/// Everything that was read in one run, and the relations within it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "Parts")]
pub struct Inventory {
    /// Files and calls.
    pub sources: Vec<Source>,
    /// Resources, by [`ResourceId`].
    pub resources: Vec<Resource>,
    /// What could not be read, sorted.
    pub gaps: Vec<Gap>,
    /// What was left out on purpose, sorted.
    pub skipped: Vec<Skipped>,
    /// Suppressions of other tools.
    pub suppressions: Vec<Suppression>,
    /// The ids that resources had before, the last first, where their source tells.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub formerly: Formerly,
    /// The types of resource that accounts were asked for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub listed: BTreeSet<String>,
    /// Of types of resource, the accounts and regions that do not have them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub not_offered: NotOffered,
    #[serde(skip)]
    by_kind: HashMap<String, Vec<ResourceId>>,
    /// Physical names, where a source tells them: the other way two resources can be joined.
    #[serde(skip)]
    by_name: HashMap<(String, String), Vec<ResourceId>>,
    /// The gaps that hide resources of a type.
    #[serde(skip)]
    hiding: HashMap<String, Vec<usize>>,
    #[serde(skip)]
    pub(crate) places: Mutex<HashMap<&'static [&'static str], Arc<Places>>>,
    #[serde(skip)]
    pub(crate) joins: Mutex<HashMap<Join, Arc<Index>>>,
    #[serde(skip)]
    pub(crate) selections: Mutex<HashMap<Selection, Arc<[ResourceId]>>>,
}

/// The types of the resources that point, and the property they point with.
pub(crate) type Join = (&'static [&'static str], &'static str);

/// The types of the resources that were asked, and what they were asked.
pub(crate) type Selection = (&'static [&'static str], String);

/// What of an inventory is stored; the rest is derived.
#[derive(Deserialize)]
struct Parts {
    sources: Vec<Source>,
    resources: Vec<Resource>,
    gaps: Vec<Gap>,
    skipped: Vec<Skipped>,
    suppressions: Vec<Suppression>,
    #[serde(default)]
    formerly: Formerly,
    #[serde(default)]
    listed: BTreeSet<String>,
    #[serde(default)]
    not_offered: NotOffered,
}

impl From<Parts> for Inventory {
    fn from(parts: Parts) -> Self {
        let mut by_kind: HashMap<String, Vec<ResourceId>> = HashMap::new();
        let mut by_name: HashMap<(String, String), Vec<ResourceId>> = HashMap::new();
        for (number, resource) in parts.resources.iter().enumerate() {
            let id = ResourceId(number as u32);
            match by_kind.get_mut(&resource.kind) {
                Some(ids) => ids.push(id),
                None => {
                    by_kind.insert(resource.kind.clone(), vec![id]);
                }
            }
            for name in [&resource.name, &resource.arn].into_iter().flatten() {
                by_name.entry((resource.kind.clone(), name.clone())).or_default().push(id);
            }
        }
        let mut hiding: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, gap) in parts.gaps.iter().enumerate() {
            for kind in &gap.hides {
                hiding.entry(kind.clone()).or_default().push(number);
            }
        }
        Self {
            sources: parts.sources,
            resources: parts.resources,
            gaps: parts.gaps,
            skipped: parts.skipped,
            suppressions: parts.suppressions,
            formerly: parts.formerly,
            listed: parts.listed,
            not_offered: parts.not_offered,
            by_kind,
            by_name,
            hiding,
            places: Mutex::default(),
            joins: Mutex::default(),
            selections: Mutex::default(),
        }
    }
}

impl Inventory {
    /// The resource with this id.
    ///
    /// # Panics
    /// When the id is of another inventory.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0 as usize]
    }

    /// Resources of a type, in order.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = ResourceId> + '_ {
        self.by_kind.get(kind).into_iter().flatten().copied()
    }

    /// The gaps that may hide resources of a type.
    pub(crate) fn gaps_hiding(&self, kind: &str) -> impl Iterator<Item = &Gap> {
        self.hiding.get(kind).into_iter().flatten().filter_map(|number| self.gaps.get(*number))
    }

    /// The resource of this type that `from` means by a physical name or ARN: names count within an
    /// account and a region.
    pub fn named(&self, kind: &str, name: &str, from: &Resource) -> Option<ResourceId> {
        let named = self.by_name.get(&(kind.to_owned(), name.to_owned()))?;
        named.iter().copied().find(|id| self.resource(*id).is_meant_by(name, from))
    }

    /// An origin as people read it: `path:line` or `s3:GetBucketVersioning (eu-west-1)`.
    pub fn place(&self, origin: Origin) -> String {
        match self.sources.get(origin.source.0 as usize) {
            Some(Source::File { path, .. }) if origin.line > 0 => format!("{path}:{}", origin.line),
            Some(Source::File { path, .. }) => path.clone(),
            Some(Source::Call { operation, region }) => format!("{operation} ({region})"),
            None => String::new(),
        }
    }
}
