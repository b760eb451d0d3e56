//! What a check is.

use framework::{BestPractice, Severity};
use model::{At, Inventory, Medium, Verdict};
use serde::{Deserialize, Serialize};

use crate::{Doc, Limit, Saving, Settings};

/// A check: what it claims, what it bears on, and the function that judges.
///
/// Made by `#[check]`; see `macros`.
#[derive(Debug)]
pub struct Check {
    /// The name: `s3_bucket_versioning`.
    pub id: &'static str,
    /// The module it is defined in.
    pub module: &'static str,
    /// Its documentation, in Markdown.
    pub doc: &'static str,
    /// The best practices it gives evidence for, the main one first.
    pub practices: &'static [BestPractice],
    /// How much a failure matters, where it is not the risk of the practice.
    pub severity: Option<Severity>,
    /// How much work the fix is.
    pub effort: Effort,
    /// What the fix takes beside work.
    pub needs: &'static [Need],
    /// Controls of the AWS Foundational Security Best Practices standard and others of Security Hub.
    pub fsbp: &'static [&'static str],
    /// Recommendations of the CIS AWS Foundations Benchmark: `v5.0.0:2.1.1`.
    pub cis: &'static [&'static str],
    /// Which sources can decide it.
    pub decided_by: DecidedBy,
    /// What a configuration may change, with the defaults.
    pub thresholds: &'static [(&'static str, Limit)],
    /// The types of resource it judges.
    pub kinds: &'static [&'static str],
    /// Judges one resource.
    pub judge: for<'a> fn(At<'a>, &'a Inventory, &'a Settings) -> Verdict,
    /// Tells what ending a failure would save, of checks that can. Asked only of resources that fail.
    pub saves: Option<Saves>,
}

/// Tells what ending the failure of a resource would save; nothing where a fact or a price that it takes is not known.
pub type Saves = for<'a> fn(At<'a>, &'a Inventory, &'a Settings) -> Option<Saving>;

impl Check {
    /// How much a failure matters, unless configured otherwise.
    pub fn severity(&self) -> Severity {
        self.severity.or_else(|| self.practices.first().map(|p| p.severity())).unwrap_or(Severity::Medium)
    }

    /// The folder it stands in: `s3`.
    pub fn service(&self) -> &'static str {
        self.module.rsplit("::").nth(1).unwrap_or_default()
    }

    /// Its documentation, taken apart.
    pub fn doc(&self) -> Doc<'static> {
        Doc::parse(self.doc)
    }
}

/// How much work a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// A property or two.
    Small,
    /// A new resource, or a change that others have to follow.
    Medium,
    /// A change of the architecture, or a migration.
    Large,
}

impl Effort {
    /// Its name in reports.
    pub fn id(self) -> &'static str {
        match self {
            Effort::Small => "small",
            Effort::Medium => "medium",
            Effort::Large => "large",
        }
    }
}

/// What a fix takes beside work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// An interruption, or the replacement of the resource.
    Downtime,
    /// Higher cost.
    Money,
    /// Tests, because behaviour may change.
    Testing,
}

/// How far each source can decide a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedBy {
    /// A running account.
    pub live: Level,
    /// A CloudFormation template.
    pub cloudformation: Level,
    /// A Terraform plan.
    pub plan: Level,
    /// A Terraform directory.
    pub directory: Level,
}

impl DecidedBy {
    /// Whether any source of this kind decides it, fully or in part.
    pub fn decides(&self, medium: Medium) -> bool {
        match medium {
            Medium::Account => self.live != Level::Never,
            Medium::Code => [self.cloudformation, self.plan, self.directory].iter().any(|level| *level != Level::Never),
        }
    }

    /// The sources by name.
    pub fn by_source(&self) -> [(&'static str, Level); 4] {
        [
            ("live", self.live),
            ("cloudformation", self.cloudformation),
            ("plan", self.plan),
            ("directory", self.directory),
        ]
    }
}

/// How far a source can decide a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Whatever the values are, if they are known.
    Fully,
    /// Only where what it relates to was read, too, or as evidence that something is there.
    Partly,
    /// Not at all.
    Never,
}
