//! What could not be read.

use serde::{Deserialize, Serialize};

/// Something that should have been read and was not. Shown at the top of every report: nothing that
/// is missing because of a gap is ever judged absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    /// The file, for a gap in code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The service, for a gap in an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The account, for a gap in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The call that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// Why, in lower case and without a full stop.
    pub reason: String,
    /// The IAM action that would close it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The types of resource of which some may be there and were not read because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hides: Vec<String>,
}

impl Gap {
    /// A gap in a file.
    pub fn in_file(file: impl Into<String>, line: Option<u32>, reason: impl Into<String>) -> Self {
        Self { file: Some(file.into()), line, reason: reason.into(), ..Self::default() }
    }

    /// Whether it may hide something in a region of an account; in all of its regions where none is named.
    pub(crate) fn is_about(&self, account: Option<&str>, region: Option<&str>) -> bool {
        let same = |own: &Option<String>, other: Option<&str>| match (own, other) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        same(&self.account, account) && same(&self.region, region)
    }
}

/// A file that was looked at and left out on purpose: not a template, a twin of one already read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// Why, in lower case and without a full stop.
    pub reason: String,
}
