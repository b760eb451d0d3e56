//! What other tools were told to overlook.

use serde::{Deserialize, Serialize};

use crate::{Origin, Remark, ResourceId, SourceId};

/// A suppression written for another tool. It is reported and has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The tool: `checkov`, `cfn-guard`, `cfn_nag`, `cdk_nag`, `cfn-lint`, `trivy`, `tfsec`.
    pub tool: String,
    /// The rules it names.
    pub rules: Vec<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// The resource it stands in, when it stands in one.
    pub resource: Option<ResourceId>,
    /// Where it stands.
    pub origin: Origin,
}

/// The words that begin a suppression in a comment, and whose they are.
const IN_COMMENTS: [(&str, &str); 3] =
    [("checkov:skip=", "checkov"), ("trivy:ignore:", "trivy"), ("tfsec:ignore:", "tfsec")];

impl Suppression {
    /// The words that begin a suppression in a comment.
    pub const WORDS: [&'static str; 3] = [IN_COMMENTS[0].0, IN_COMMENTS[1].0, IN_COMMENTS[2].0];

    /// The suppression that a comment holds. The resource is left to who knows it.
    pub fn in_comment(remark: &Remark<'_>, source: SourceId) -> Option<Self> {
        let (_, tool) = IN_COMMENTS.iter().find(|(word, _)| *word == remark.word)?;
        let ends = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '-';
        let (rule, rest) = remark.rest.split_at(remark.rest.find(ends).unwrap_or(remark.rest.len()));
        if rule.is_empty() {
            return None;
        }
        let reason = match *tool {
            "checkov" => rest.strip_prefix(':').map(|reason| reason.trim().to_owned()),
            _ => None,
        };
        Some(Self {
            tool: (*tool).to_owned(),
            rules: vec![rule.to_owned()],
            reason: reason.filter(|reason| !reason.is_empty()),
            resource: None,
            origin: Origin::new(source, remark.line, remark.column),
        })
    }
}
