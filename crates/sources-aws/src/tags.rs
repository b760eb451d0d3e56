//! The tags of many things at once, for services that themselves tell those of one.

use std::collections::HashMap;

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::Run;
use crate::shape::{part, text};

static TAGGING: Service = Service {
    endpoint: "tagging",
    signing: "tagging",
    variable: "RESOURCE_GROUPS_TAGGING_API",
    protocol: Protocol::Json { target: "ResourceGroupsTaggingAPI_20170126", version: "1.1" },
    scope: Scope::Regional,
};

/// Every collector that reads [`Tags`] declares it. What has no tags is not among its answers.
pub(crate) static TAGS: Call = Call {
    service: &TAGGING,
    operation: "GetResources",
    path: "",
    action: "tag:GetResources",
    pages: Pages::Token { answer: "PaginationToken", parameter: "PaginationToken" },
    yields: &[],
    unset: &[],
};

/// Tags, by the ARN of what has them.
#[derive(Debug)]
pub(crate) enum Tags {
    Read(HashMap<String, Node>),
    /// They could not be read: those of nothing are known.
    Unknown(Node),
}

impl Tags {
    /// Reads the tags of what is of these types, a hundred at a time: `logs:log-group`.
    pub(crate) async fn read(run: &Run, types: &[&str]) -> Self {
        let asked = json!({ "ResourceTypeFilters": types, "ResourcesPerPage": 100 });
        match run.get_list(&TAGS, asked, "ResourceTagMappingList").await {
            Some(Node { value: Value::List(found), .. }) => {
                let tagged = |found: &Node| Some((bare(text(found, "ResourceARN")?).to_owned(), part(found, "Tags")?));
                Self::Read(found.iter().filter_map(tagged).collect())
            }
            Some(unknown) => Self::Unknown(unknown),
            None => Self::Read(HashMap::new()),
        }
    }

    /// The tags of what has an ARN.
    pub(crate) fn of(&self, arn: &str) -> Option<Node> {
        match self {
            Self::Read(tags) => tags.get(bare(arn)).cloned(),
            Self::Unknown(node) => Some(node.clone()),
        }
    }
}

/// CloudWatch Logs writes the ARN of a group in two ways.
fn bare(arn: &str) -> &str {
    arn.strip_suffix(":*").unwrap_or(arn)
}
