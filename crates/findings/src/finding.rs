//! One check's verdict on one resource.

use std::borrow::Cow;
use std::fmt;

use framework::Severity;
use model::{Evidence, Outcome, Resource, ResourceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Saving;

/// One check's verdict on one resource. Check, resource and waiver are indices; whoever renders a
/// finding joins the texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable name: the same for the same check on the same resource, whatever moves around it.
    pub id: String,
    /// Index of the check among those of the run.
    pub check: u32,
    /// The resource judged.
    pub resource: ResourceId,
    /// What the check came to.
    pub outcome: Outcome,
    /// How much it matters.
    pub severity: Severity,
    /// What it stands on. Empty for a pass whose evidence was not asked for.
    pub evidence: Vec<Evidence>,
    /// Index of the waiver that covers it, among those of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<u32>,
    /// The baseline has it already.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
    /// What ending it would save, where it fails and that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saving: Option<Saving>,
}

impl Finding {
    /// Its status: the outcome, or waived.
    pub fn status(&self) -> Status {
        match (self.outcome, self.waiver) {
            (Outcome::Fail | Outcome::Unknown, Some(_)) => Status::Waived,
            (Outcome::Pass, _) => Status::Pass,
            (Outcome::Fail, None) => Status::Fail,
            (Outcome::Unknown, None) => Status::Unknown,
            (Outcome::NotApplicable, _) => Status::NotApplicable,
        }
    }

    /// Whether it is shown as something to look at: it is not in the baseline.
    pub fn is_new(&self) -> bool {
        !self.known
    }
}

/// What a finding comes to, waivers considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The claim does not hold.
    Fail,
    /// Whether it holds cannot be known.
    Unknown,
    /// It fails or cannot be known, and that is accepted with a reason.
    Waived,
    /// The claim holds.
    Pass,
    /// The claim does not apply to this resource.
    NotApplicable,
}

impl Status {
    /// Its name in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Status::Fail => "fail",
            Status::Unknown => "unknown",
            Status::Waived => "waived",
            Status::Pass => "pass",
            Status::NotApplicable => "not_applicable",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A property path without the positions in lists: `Ingress[3].CidrIp` becomes `Ingress[].CidrIp`, so
/// that a reordered list is the same list.
pub fn identity_path(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            c if inside && c.is_ascii_digit() => continue,
            _ => {}
        }
        result.push(character);
    }
    result
}

/// The id of a resource without its positions in lists: `aws_sqs_queue.orders[2]` becomes
/// `aws_sqs_queue.orders[]`. Keys that are no positions stay: `["eu-west-1"]` says which.
pub fn identity_id(id: &str) -> Cow<'_, str> {
    if !id.contains('[') {
        return Cow::Borrowed(id);
    }
    let mut parts = id.split_inclusive('[').peekable();
    let mut result = String::with_capacity(id.len());
    while let Some(part) = parts.next() {
        result.push_str(part);
        if let (true, Some(next)) = (part.ends_with('['), parts.peek_mut())
            && let Some((position, _)) = next.split_once(']')
            && !position.is_empty()
            && position.bytes().all(|byte| byte.is_ascii_digit())
        {
            *next = next.get(position.len()..).unwrap_or_default();
        }
    }
    Cow::Owned(result)
}

/// The stable name of a finding. `twin` counts resources that share an identity: the same logical id
/// in two files.
pub(crate) fn fingerprint(check: &str, resource: &Resource, twin: usize) -> String {
    let mut hash = Sha256::new();
    let account = resource.account.as_deref().unwrap_or_default();
    let region = resource.region.as_deref().unwrap_or_default();
    for part in [check, &resource.kind, &resource.id, account, region, &twin.to_string()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}
